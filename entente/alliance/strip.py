"""The strip above the neatline, in which actors stand that lie beyond the frame of the map."""

from collections.abc import Iterator, Sequence

import numpy as np
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.projection import Plane
from entente.style.theme import scaffold

# How far the ground of the strip reaches over the edges of the map, as a share of it: other
# programs show more of the earth than the browser does.
OVER = 0.3
STEPS = 40  # points along an edge: straight lines on the map are none on the globe


def draw_strip(plane: Plane, height: float, *, palette: Palette) -> Iterator[go.Scattergeo]:
    """The ground of the strip and the neatline around what is left of the map.

    Args:
        plane: The projection of the map.
        height: Of the strip, as a share of the map; nothing is drawn when it is 0.
        palette: The appearance to draw in.
    """
    if not height:
        return
    ground = _trace_edges([(-OVER, -OVER), (1 + OVER, -OVER), (1 + OVER, height), (-OVER, height)])
    yield _draw(plane, ground, what="ground of the strip", fill=palette.paper)
    neatline = _trace_edges([(0.0, height), (1.0, height), (1.0, 1.0), (0.0, 1.0)])
    yield _draw(plane, neatline, what="neatline", line=palette.border)


def _trace_edges(corners: Sequence[tuple[float, float]]) -> np.ndarray:
    """Points along the edges of a rectangle, back to the first."""
    share = np.linspace(0, 1, STEPS)[:, None]
    points = np.asarray(corners, float)
    ends = np.roll(points, -1, axis=0)
    return np.concatenate([a + share * (b - a) for a, b in zip(points, ends, strict=True)])


def _draw(
    plane: Plane, shares: np.ndarray, *, what: str, fill: str = "", line: str = ""
) -> go.Scattergeo:
    places = plane.locate(shares)
    places = places[np.isfinite(places).all(axis=1)].round(3)
    return go.Scattergeo(
        lon=places[:, 0].tolist(),
        lat=places[:, 1].tolist(),
        mode="lines",
        line={"width": 1 if line else 0, "color": line or fill},
        fill="toself" if fill else "none",
        fillcolor=fill or None,
        hoverinfo="skip",
        meta=scaffold(what),
        name=what,
    )
