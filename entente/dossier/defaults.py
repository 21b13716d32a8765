"""What stands in for the parts of `document/` that a dossier leaves out."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

SENTENCES = Path(__file__).with_name("default_texts.toml")
# A window of the map: at least so high, in degrees, with so much room around its points, and as
# wide as the map on a desk is for its height.
LEAST_HEIGHT_DEG = 12.0
ROOM_SHARE = 0.45
ASPECT = 1.575
MOST_LAT, MOST_LON = 75.0, 180.0
Range = tuple[float, float]


@cache
def read_sentences() -> Mapping[str, str]:
    """Where a sentence stands, to the sentence, with all its braces."""
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def make_window(points: Iterable[tuple[float, float]]) -> tuple[Range, Range]:
    """The window of a map that shows some points, with room around them.

    Args:
        points: Longitude and latitude of each; without any, the window is the whole earth.

    Returns:
        Western and eastern edge, and southern and northern edge, in degrees.
    """
    places = list(points)
    if not places:
        return (-MOST_LON, MOST_LON), (-MOST_LAT, MOST_LAT)
    lons, lats = zip(*places, strict=True)
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = max(math.cos(math.radians(lat)), 0.2)  # of a degree of longitude
    high = max((max(lats) - min(lats)) * (1 + ROOM_SHARE), LEAST_HEIGHT_DEG)
    wide = max((max(lons) - min(lons)) * (1 + ROOM_SHARE), high * ASPECT / squeeze)
    high = max(high, wide * squeeze / ASPECT)
    return _clip(lon, wide, MOST_LON), _clip(lat, high, MOST_LAT)


def _clip(middle: float, length: float, most: float) -> Range:
    """A range around a middle, within the earth."""
    first, last = middle - length / 2, middle + length / 2
    return round(max(first, -most), 2), round(min(last, most), 2)
