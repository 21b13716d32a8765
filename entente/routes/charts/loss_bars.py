"""Bars of what actors cost a route: the middle draw with its range, or hatched for a cut.

A row has `actor_id` (ids joined by a blank), `label`, `identity`, `place` from the top, `is_cut`,
and `p10`, `p50` and `p90` of the loss.
"""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from entente.content import BarRow
from entente.style.basemap import blend
from entente.style.palette import Palette
from entente.style.theme import escape

RANGE_WIDTH, CAP_WIDTH = 1.5, 5


def draw_loss_bar(
    row: Mapping[str, Any], *, most: float, words: str, width: float, palette: Palette
) -> go.Bar:
    """One bar from nothing to the middle loss, with a line from P10 to P90.

    Where both are the same the line is a stroke, so that nothing lost is seen, too.

    Args:
        row: What is lost; what lies beyond `most` ends there.
        most: The end of the axis, which a cut fills.
        words: What is lost, for the hover.
        width: Of the bar, as a part of the distance of two rows.
        palette: The appearance to draw in.
    """
    p10, p50, p90 = (min(row[name], most) for name in ("p10", "p50", "p90"))
    return go.Bar(
        orientation="h",
        base=[0.0],
        x=[round(most if row["is_cut"] else p50, 3)],
        y=[row["place"]],
        width=width,
        marker=_choose_fill(row, palette),
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(p90 - p50, 3)],
            "arrayminus": [round(p50 - p10, 3)],
            "color": palette.ink,
            "thickness": RANGE_WIDTH,
            "width": CAP_WIDTH,
            "visible": not row["is_cut"],
        },
        hovertext=[f"<b>{escape(row['label'])}</b><br>{words}"],
        hoverinfo="text",
        name=str(row["actor_id"]),
        customdata=[row["identity"]],
    )


def describe_loss_bar(
    row: Mapping[str, Any], *, value: float, text: str, palette: Palette, note: str = ""
) -> BarRow:
    """One bar as other programs can draw it."""
    fill = _choose_fill(row, palette)
    return BarRow(
        name=str(row["label"]),
        value=value,
        text=text,
        note=note,
        colour=fill["color"],
        pattern=fill["pattern"]["shape"],
        pattern_colour=fill["pattern"].get("fgcolor", ""),
    )


def _choose_fill(row: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    """The fill as a marker has it: the actor's hue, ink for several, hatched for a cut."""
    closed, actor_id = palette.statuses["closed"], str(row["actor_id"])
    hue = palette.ink if " " in actor_id else palette.actor(actor_id)
    pattern = {"shape": "x", "fgcolor": closed, "size": 7, "solidity": 0.25}
    return {
        "color": blend(closed, palette.paper, share=0.12) if row["is_cut"] else hue,
        "line": {"width": 0},
        "pattern": pattern if row["is_cut"] else {"shape": ""},
    }
