"""Corridor ranges: one quantity of all ways between two places, as a dot on a low–high line."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import Palette
from entente.style.theme import SMALL, blank_figure, empty_figure, literal

LABEL_SHIFT = 13
HEADROOM = 0.75


def corridor_ranges(
    *,
    corridors: pd.DataFrame,
    quantity: str,
    unit: str,
    picked: str | None,
    palette: Palette,
) -> go.Figure:
    """Typical figure and range of each corridor, published figures beside the computed.

    Args:
        corridors: One row a corridor, from the top of the figure to its foot: `corridor_id`,
            `number`, `short_label`, `identity`, `condition` (`open`, `partial`, `cut`,
            `not-built`), `<quantity>_low`, `_typical`, `_high`, and `published_<quantity>_low`,
            `_typical`, `_high`, missing where nothing is published for these ends.
        quantity: Stem of those columns.
        unit: Its unit in words.
        picked: The corridor to put forward; None for none.
        palette: The appearance to draw in.
    """
    key = f"ranges-{quantity}"
    if corridors.empty:
        return empty_figure(palette, key=key, text="No corridor joins these places.")
    figure = blank_figure(palette, key=key)
    for place, row in enumerate(corridors.to_dict("records")):
        is_picked = row["corridor_id"] == picked
        figure.add_traces(
            _computed(row, place, quantity, unit, is_picked=is_picked, palette=palette)
        )
        figure.add_traces(_published(row, place, quantity, unit, palette))
        figure.add_annotation(**_label(row, place, is_picked, palette))
    figure.update_xaxes(**_axis(unit, palette))
    figure.update_yaxes(visible=False, range=[len(corridors) - 0.6, -HEADROOM], fixedrange=True)
    figure.update_layout(
        margin={"l": 4, "r": 10, "t": 4, "b": 44}, hovermode="closest", dragmode=False
    )
    return figure


def corridor_ranges_alt(
    *, corridors: pd.DataFrame, quantity: str, unit: str, picked: str | None
) -> str:
    """What :func:`corridor_ranges` shows, in words."""
    if corridors.empty:
        return "An empty chart: no corridor joins these places."
    parts = [
        f"{row['short_label']} {spread(row, quantity)}"
        + (" (put forward)" if row["corridor_id"] == picked else "")
        for row in corridors.to_dict("records")
    ]
    return f"Dots on lines: {unit} of {len(parts)} corridors. " + "; ".join(parts) + "."


def spread(row: dict[str, Any], quantity: str) -> str:
    """Typical figure and range of a corridor in words: "25 (14 to 43)"."""
    low, typical, high = (row[f"{quantity}_{bound}"] for bound in ("low", "typical", "high"))
    return f"{typical:,.0f} ({low:,.0f} to {high:,.0f})"


def _computed(
    row: dict[str, Any], place: int, quantity: str, unit: str, *, is_picked: bool, palette: Palette
) -> list[go.Scatter]:
    usable = row["condition"] in ("open", "partial")
    hue = palette.accent if is_picked else palette.ink if usable else palette.muted
    low, typical, high = (row[f"{quantity}_{bound}"] for bound in ("low", "typical", "high"))
    state = "" if usable else "<br>As if it were open"
    text = f"<b>{literal(row['short_label'])}</b><br>{spread(row, quantity)} {unit}{state}"
    shared = {"hovertext": text, "hoverinfo": "text", "name": str(row["corridor_id"])}
    line = {"color": hue, "width": 3 if is_picked else 2, "dash": "solid" if usable else "dot"}
    dot = {"color": hue if usable else palette.paper, "size": 11 if is_picked else 9}
    outline = {"color": hue, "width": 2}
    return [
        go.Scatter(
            x=[round(low, 2), round(high, 2)],
            y=[place, place],
            mode="lines",
            line=line,
            opacity=0.75,
            customdata=[row["identity"]] * 2,
            **shared,
        ),
        go.Scatter(
            x=[round(typical, 2)],
            y=[place],
            mode="markers",
            marker={**dot, "line": outline, "opacity": 1},
            customdata=[row["identity"]],
            **shared,
        ),
    ]


def _published(
    row: dict[str, Any], place: int, quantity: str, unit: str, palette: Palette
) -> list[go.Scatter]:
    names = {bound: f"published_{quantity}_{bound}" for bound in ("low", "typical", "high")}
    found = {b: row[name] for b, name in names.items() if name in row and pd.notna(row[name])}
    if not found:
        return []
    values = list(dict.fromkeys(found.values()))
    texts = [
        f"Published for {literal(row['short_label'])}: {value:,.0f} {unit}" for value in values
    ]
    return [
        go.Scatter(
            x=values,
            y=[place + 0.24] * len(values),
            mode="markers",
            marker={
                "symbol": "diamond-open",
                "size": 8,
                "color": palette.muted,
                "line": {"width": 1.4, "color": palette.muted},
            },
            hovertext=texts,
            hoverinfo="text",
            name=f"{row['corridor_id']} published",
            customdata=[row["identity"]] * len(values),
        )
    ]


def _label(row: dict[str, Any], place: int, is_picked: bool, palette: Palette) -> dict[str, Any]:
    name = f"{row['number']}  {literal(row['short_label'])}"
    return {
        "x": 0,
        "xshift": 4,
        "xref": "paper",
        "y": place,
        "yshift": LABEL_SHIFT,
        "text": f"<b>{name}</b>" if is_picked else name,
        "showarrow": False,
        "xanchor": "left",
        "font": {"size": SMALL + 1, "color": palette.accent if is_picked else palette.ink},
    }


def _axis(unit: str, palette: Palette) -> dict[str, Any]:
    return {
        "rangemode": "tozero",
        "fixedrange": True,
        "gridcolor": palette.rule,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "tickfont": {"color": palette.muted, "size": SMALL + 1},
        "title": {"text": unit, "font": {"size": SMALL + 1, "color": palette.muted}},
        "tickformat": ",d",
        "nticks": 6,
        "ticks": "",
    }
