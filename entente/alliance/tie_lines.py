"""The marks of ties on the map: lines, the symbols in their middle, and rings around them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.alliance import tie_marks
from entente.alliance.arcs import Arc, headings
from entente.style.palette import Palette

ARROW_AT, BARS_AT = -3, (5, -6)
END_SIZE = 14


def tie_line(
    tie: Any, arc: Arc, text: str, *, palette: Palette, opacity: float, middle: float
) -> go.Scattergeo:
    """The line of a tie. Its points are marks that are not seen, so that it can be chosen."""
    symbols, sizes, seen = _points_along(tie, len(arc.lon))
    return go.Scattergeo(
        lon=arc.lon,
        lat=arc.lat,
        mode="lines+markers",
        line=tie_marks.line(tie, palette),
        marker={
            "symbol": symbols,
            "size": sizes,
            "opacity": seen,
            "angle": headings(arc, middle=middle),
            "color": tie_marks.hue(tie, palette),
            "line": {"width": 1.6, "color": tie_marks.hue(tie, palette)},
        },
        opacity=opacity,
        unselected={"marker": {"opacity": 0}},
        hovertext=text,
        hoverinfo="text",
        customdata=[tie_marks.identity(tie)] * len(arc.lon),
        name=tie.tie_id,
    )


def _points_along(tie: Any, length: int) -> tuple[list[str], list[int], list[int]]:
    """Symbol, size and opacity of each point: an arrow for one way, bars for ill will."""
    symbols, sizes, seen = ["circle"] * length, [7] * length, [0] * length
    # Of marks upon one another the smaller is chosen: at its ends a tie gives way to the actor.
    sizes[0] = sizes[-1] = END_SIZE
    if tie.change_code == "ended":
        return symbols, sizes, seen
    bars = {"rivalry": BARS_AT, "ambivalent": BARS_AT[:1]}.get(tie.valence_code, ())
    for place in bars:
        symbols[place], sizes[place], seen[place] = "line-ew", 8, 1
    if tie.direction_code == "one-way":
        symbols[ARROW_AT], sizes[ARROW_AT], seen[ARROW_AT] = "arrow", 12, 1
    return symbols, sizes, seen


def tie_knots(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """The symbol in the middle of each line: filled when on record, hollow when not."""
    rows = list(ties.itertuples())
    hues = [tie_marks.hue(tie, palette) for tie in rows]
    hollow = [tie_marks.is_hollow(tie) for tie in rows]
    lon, lat = _middles(ties, arcs)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="markers",
        marker={
            "symbol": [tie_marks.symbol(tie) for tie in rows],
            "size": [14 if tie.change_code == "ended" else 8 for tie in rows],
            "color": [
                palette.paper if is_hollow and tie.change_code != "ended" else colour
                for tie, is_hollow, colour in zip(rows, hollow, hues, strict=True)
            ],
            "opacity": [seen[tie.tie_id] for tie in rows],
            "line": {
                "width": 1.2,
                "color": [
                    colour if is_hollow else palette.paper
                    for is_hollow, colour in zip(hollow, hues, strict=True)
                ],
            },
        },
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        customdata=[tie_marks.identity(tie) for tie in rows],
        name="knots",
    )


def change_rings(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """A shape around the symbol of each tie that is new or stronger, on a disc of paper."""
    changed = ties[ties["change_code"].isin(list(tie_marks.CHANGE_RINGS))]
    lon, lat = _middles(changed, arcs)
    rings = [tie_marks.CHANGE_RINGS[code] for code in changed["change_code"]]
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="markers",
        marker={
            "symbol": [symbol.removesuffix("-open") for symbol, _ in rings],
            "size": [size for _, size in rings],
            "color": palette.paper,
            "opacity": [seen[tie_id] for tie_id in changed["tie_id"]],
            "line": {"width": 1.6, "color": palette.ink},
        },
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        customdata=[tie_marks.identity(tie) for tie in changed.itertuples()],
        name="changes",
    )


def _middles(ties: pd.DataFrame, arcs: Mapping[str, Arc]) -> tuple[list[float], list[float]]:
    own = [arcs[tie_id] for tie_id in ties["tie_id"]]
    return [arc.lon[arc.knot] for arc in own], [arc.lat[arc.knot] for arc in own]
