"""Bars of what actors cost a route: the middle draw with its range, or hatched for a cut."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from entente.style.basemap import blend
from entente.style.palette import Palette

RANGE_WIDTH, CAP_WIDTH = 1.5, 5


def choose_fill(hue: str, palette: Palette, *, is_cut: bool) -> dict[str, Any]:
    """The fill of a bar, as a marker has it; that of a cut is hatched, whatever the hue."""
    closed = palette.statuses["closed"]
    pattern = {"shape": "x", "fgcolor": closed, "size": 7, "solidity": 0.25}
    return {
        "color": blend(closed, palette.paper, share=0.12) if is_cut else hue,
        "line": {"width": 0},
        "pattern": pattern if is_cut else {"shape": ""},
    }


def draw_loss_bar(
    row: Mapping[str, Any],
    *,
    place: float,
    most: float,
    is_cut: bool,
    fill: dict[str, Any],
    palette: Palette,
    **more: Any,
) -> go.Bar:
    """One bar from nothing to the middle loss, with a line from P10 to P90.

    Where both are the same the line is a stroke, so that nothing lost is seen, too.

    Args:
        row: `p10`, `p50` and `p90` of the loss; what lies beyond `most` ends there.
        place: Where it lies from the top.
        most: The end of the axis, which a cut fills.
        is_cut: Whether the route is lost.
        fill: As `choose_fill` gives it.
        palette: The appearance to draw in.
        more: Anything else of the trace: `name`, `hovertext`, `customdata`, `width`.
    """
    p10, p50, p90 = (min(row[name], most) for name in ("p10", "p50", "p90"))
    return go.Bar(
        orientation="h",
        base=[0.0],
        x=[round(most if is_cut else p50, 3)],
        y=[place],
        marker=fill,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(p90 - p50, 3)],
            "arrayminus": [round(p50 - p10, 3)],
            "color": palette.ink,
            "thickness": RANGE_WIDTH,
            "width": CAP_WIDTH,
            "visible": not is_cut,
        },
        hoverinfo="text",
        **more,
    )
