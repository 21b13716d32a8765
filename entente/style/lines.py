"""Lines on a plate as Plotly takes them: longitudes and latitudes, parts kept apart by None."""

from collections.abc import Iterable, Sequence
from typing import Any

DECIMALS = 2


def coordinates(shapes: Iterable[Any]) -> tuple[list[float | None], list[float | None]]:
    """Longitudes and latitudes of lines and outlines, parts kept apart by None."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for shape in shapes:
        for part in _parts(shape):
            lon += [*(round(x, DECIMALS) for x, *_ in part), None]
            lat += [*(round(y, DECIMALS) for _, y, *_ in part), None]
    return lon[:-1], lat[:-1]


def _parts(shape: Any) -> list[Sequence[tuple[float, ...]]]:
    if hasattr(shape, "geoms"):
        return [part for geometry in shape.geoms for part in _parts(geometry)]
    if hasattr(shape, "exterior"):
        return [list(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    return [list(shape.coords)]
