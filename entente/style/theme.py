"""What all figures share: type, colours, spacing, hover, and names and words from data in text."""

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.style.palette import SANS, SERIF, Palette

# Handed to the browser with every figure: outlines come from our own host, nothing is sent away.
CONFIG = {
    "topojsonURL": "/assets/topojson/",
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    # Never seen (the style sheet hides it); the button below draws the pictures that are taken.
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "scrollZoom": False,
    "responsive": True,
    "doubleClick": "reset",
}
SMALL, REGULAR, LARGE = 12, 14, 17


def blank_figure(palette: Palette, *, key: str) -> go.Figure:
    """An empty figure in the house style.

    Args:
        palette: The appearance to draw in.
        key: Kept as `uirevision`, so that pan and zoom survive a redraw of the same figure.
    """
    figure = go.Figure()
    figure.update_layout(
        template=None,
        font={"family": SANS, "size": REGULAR, "color": palette.ink},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        uirevision=key,
        dragmode="pan",
        hoverlabel={
            "bgcolor": palette.raised,
            "bordercolor": palette.rule,
            "font": {"family": SANS, "size": REGULAR, "color": palette.ink},
            "align": "left",
            "namelength": 0,
        },
    )
    return figure


def empty_figure(palette: Palette, *, key: str, text: str) -> go.Figure:
    """A valid figure that says why there is nothing to draw."""
    figure = blank_figure(palette, key=key)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=literal(text),
        showarrow=False,
        font={"family": SERIF, "size": LARGE, "color": palette.muted},
    )
    return figure


def enlarged(figure: go.Figure, *, by: float) -> go.Figure:
    """A copy of a figure with all type `by` times as large, for a room."""
    return go.Figure(_with_larger_type(figure.to_plotly_json(), by))


def _with_larger_type(part: Any, by: float, *, is_font: bool = False) -> Any:
    if isinstance(part, dict):
        return {
            name: value * by
            if is_font and name == "size" and isinstance(value, int | float)
            else _with_larger_type(value, by, is_font=name.endswith("font"))
            for name, value in part.items()
        }
    if isinstance(part, list | tuple) and not is_font:
        return [_with_larger_type(item, by) for item in part]
    return part


def literal(text: object) -> str:
    """Text from data for a label or hover: Plotly reads tags in strings, so none may be left."""
    if text is None or (isinstance(text, float) and pd.isna(text)):
        return ""
    return html.escape(str(text), quote=False)


def wrapped(text: object, *, width: int = 46) -> str:
    """Literal text broken into lines of about `width` characters for a hover label."""
    lines: list[str] = []
    for word in str(text).split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(literal(line) for line in lines)


WITH_ARTICLE = ("United ", "Asian Development ", "International ", "Islamic Development ", "self-")


def spoken(label: str) -> str:
    """A name of an actor as it stands within a sentence: "the United States"."""
    return f"the {label}" if label.startswith(WITH_ARTICLE) else label


def plain(name: str) -> str:
    """A name without its article, to sort by."""
    return name.removeprefix("the ")


def capitalised(text: str) -> str:
    """A name as it begins a sentence: "The United States"."""
    return f"{text[:1].upper()}{text[1:]}"


def listed(parts: Sequence[str]) -> str:
    """A list in words."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
