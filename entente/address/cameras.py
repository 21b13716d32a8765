"""The camera: what part of a map or of a time axis a reader has moved to, as text in an address.

Of a map: by how much it is enlarged, and the longitude and latitude of its middle, `2.5_48.1_40.2`.
Of a time axis: its first and last day, `2024-11-01_2025-03-31`.
"""

import datetime as dt
import re

LARGEST = 16.0
NUMBER = r"-?\d{1,3}(?:\.\d{1,2})?"
MAP_CAMERA = re.compile(rf"({NUMBER})_({NUMBER})_({NUMBER})")
SHORTEST, AROUND = dt.timedelta(days=7), dt.timedelta(days=10 * 365)


def read_map_camera(text: str) -> str | None:
    """The camera as it is written; None when it is nonsense or not on the earth.

    >>> read_map_camera("2.50_48.1_40.2")
    '2.5_48.1_40.2'
    """
    found = MAP_CAMERA.fullmatch(text)
    if not found:
        return None
    scale, lon, lat = (float(part) for part in found.groups())
    if not (1 <= scale <= LARGEST and -180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return "_".join(f"{part:g}" for part in (scale, lon, lat))


def read_time_camera(text: str, *, earliest: dt.date, latest: dt.date) -> str | None:
    """The camera as it is written; None when it is nonsense, too short, or far from the record.

    Args:
        text: What an address has.
        earliest: The first day on record.
        latest: The last one.
    """
    try:
        first, last = (dt.date.fromisoformat(part) for part in text.split("_"))
        is_sound = last - first >= SHORTEST and first < latest and last > earliest
        is_near = earliest - first <= AROUND and last - latest <= AROUND
    except (ValueError, OverflowError):
        return None
    return f"{first}_{last}" if is_sound and is_near else None
