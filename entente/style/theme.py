"""What a mark carries of what it stands for, and how something says that it stands for nothing.

Every point of every trace carries `[kind, id, ids behind it]` as `customdata`: the id is what a
click picks; several are joined by blanks. A trace that stands for nothing in the dataset (a key, a
ground, an outline) says so in its `meta`, and a shape in its `name`. Annotations are words beside
marks, and carry nothing. A figure whose drawing order is no order to read in says another in the
`meta` of its layout.
"""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

from entente.style.palette import SANS, SERIF, Palette

SCAFFOLD = "scaffold"
ONLY_ON = "only_on"
READING_ORDER = "order"  # in a layout's `meta`


def identity(kind: str, ids: str | Iterable[str], *behind: str | Iterable[str]) -> list[str]:
    """The `customdata` of one mark.

    Args:
        kind: What it stands for, such as `event`; tests know the kinds that there are.
        ids: The id of it, or several.
        behind: Ids of the claims, events, legs and the like on which it rests; blanks part them.
    """
    return [kind, _joined([ids]), _joined(behind)]


def set_reading_order(figure: go.Figure, marks: Iterable[Sequence[str]]) -> go.Figure:
    """Say in what order keys and screen readers go through the marks of a figure; return it.

    Marks that are left out come last, as they are drawn; repeats count for nothing.

    Args:
        figure: The figure, which is changed.
        marks: Kind and id of its marks in order, or their whole `customdata` where that tells apart
            marks that share an id.
    """
    order = list(dict.fromkeys(" ".join(mark) for mark in marks))
    return figure.update_layout(meta={READING_ORDER: order})


def scaffold(what: str) -> dict[str, str]:
    """The `meta` of a trace that stands for nothing in the dataset."""
    return {SCAFFOLD: what}


def phone_only() -> dict[str, str]:
    """The `meta` of a trace that takes the place of another on a narrow screen."""
    return {ONLY_ON: "phone"}


def is_phone_only(meta: object) -> bool:
    """Whether a trace with that `meta` is drawn on a narrow screen alone."""
    return isinstance(meta, Mapping) and meta.get(ONLY_ON) == "phone"


def scaffold_name(what: str) -> str:
    """The `name` of a shape that stands for nothing."""
    return f"{SCAFFOLD}: {what}"


def identity_name(mark: Iterable[str]) -> str:
    """The `name` of a shape that stands for something: its identity in a line."""
    return " ".join(part for part in mark if part)


def _joined(parts: Iterable[str | Iterable[str]]) -> str:
    """Ids, each once, in the order in which they come."""
    lists = [part.split() if isinstance(part, str) else list(part) for part in parts]
    return " ".join(dict.fromkeys(one for found in lists for one in found))


# Handed to the browser with every figure: outlines come from our own host, nothing is sent away.
CONFIG = {
    "topojsonURL": "/assets/topojson/",
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "responsive": False,  # the element looks at the size of its place itself
    "doubleClick": "reset",
}
SMALL, REGULAR, LARGE = 14, 15, 18


def blank_figure(palette: Palette, *, key: str) -> go.Figure:
    """An empty figure in the house style.

    Args:
        palette: The appearance to draw in.
        key: Kept as `uirevision`, so that pan and zoom survive a redraw of the same figure.
    """
    figure = go.Figure()
    figure.update_layout(
        overwrite=True,  # nothing is there to merge with, which would take three times as long
        template=None,
        font={"family": SANS, "size": REGULAR, "color": palette.ink},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        uirevision=key,
        dragmode=False,  # the element moves maps and the axis of days itself
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
        text=escape(text),
        showarrow=False,
        font={"family": SERIF, "size": LARGE, "color": palette.muted},
    )
    return figure


def set_row_axes(
    figure: go.Figure,
    *,
    across: Sequence[float],
    down: Sequence[float],
    title: str,
    palette: Palette,
) -> None:
    """Set an axis of amounts at the bottom, and one of rows whose names stand in the figure.

    Args:
        figure: The figure, which is changed; nothing in it can be dragged.
        across: The amounts at both ends.
        down: The places of rows at both ends, that at the bottom first.
        title: What the amounts are.
        palette: The appearance to draw in.
    """
    font = {"color": palette.muted, "size": REGULAR}
    figure.update_xaxes(
        range=across,
        fixedrange=True,
        zeroline=False,
        gridcolor=palette.rule,
        nticks=6,
        tickfont=font,
        title={"text": title, "font": font, "standoff": 2},
    )
    figure.update_yaxes(visible=False, range=down, fixedrange=True)


def write_figure(figure: go.Figure | None) -> str:
    """A figure as JSON with its data, layout and configuration, for a browser to draw."""
    if figure is None:
        return "null"
    whole = {**figure.to_plotly_json(), "config": CONFIG}
    return json.dumps(whole, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def aim(figure: go.Figure, camera: str) -> go.Figure:
    """A figure that looks there; one without a map or an axis of days looks as before.

    Args:
        figure: Maps look at a place on earth, axes of days at some of them.
        camera: What an address has, found sound by :mod:`entente.address.codec`: enlargement,
            longitude and latitude of the middle; or the first and the last day.
    """
    parts = camera.split("_")
    if len(parts) == 2:
        turned = go.Figure(figure)
        for axis in turned.select_xaxes({"type": "date"}):
            axis.range = parts
        return turned
    if not any(trace.type in ("scattergeo", "choropleth") for trace in figure.data):
        return figure
    scale, lon, lat = map(float, parts)
    geo = {"projection": {"scale": scale}, "center": {"lon": lon, "lat": lat}}
    return go.Figure(figure).update_layout(geo=geo)


GROWN = (("font", "size"), ("marker", "size"), ("line", "width"))  # of a part, what `enlarge` grows


def enlarge(figure: go.Figure, *, by: float, least: float = 0) -> go.Figure:
    """A copy of a figure with larger type, marks and lines, for a room.

    Args:
        figure: What is drawn for a desk.
        by: How many times as large they become.
        least: The smallest type in the copy, in pixels.
    """
    return go.Figure(_with_larger_parts(figure.to_plotly_json(), by, least))


def _with_larger_parts(part: Any, by: float, least: float, *, within: str = "") -> Any:
    is_font = within.endswith("font")
    if isinstance(part, dict):
        return {
            name: _grow(value, by, least if is_font else 0)
            if ("font" if is_font else within, name) in GROWN
            else _with_larger_parts(value, by, least, within=name)
            for name, value in part.items()
        }
    if isinstance(part, list | tuple) and not is_font:
        return [_with_larger_parts(item, by, least) for item in part]
    return part


def _grow(size: Any, by: float, least: float) -> Any:
    """A size, or one for each of several words or marks."""
    if isinstance(size, int | float):
        return max(size * by, least)
    return [_grow(one, by, least) for one in size] if isinstance(size, list | tuple) else size


def escape(text: object) -> str:
    """Text from data for a label or hover: Plotly reads tags in strings, so none may be left."""
    if text is None or (isinstance(text, float) and pd.isna(text)):
        return ""
    return html.escape(str(text), quote=False)


def wrap_text(text: object, *, width: int = 46) -> str:
    """Literal text broken into lines of about `width` characters for a hover label."""
    plain_text = " ".join(str(text).split())
    lines = wrap(plain_text, width, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(escape(line) for line in lines)


WITH_ARTICLE = ("United ", "Asian Development ", "International ", "Islamic Development ", "self-")


def add_article(label: str) -> str:
    """A name of an actor as it stands within a sentence: "the United States"."""
    return f"the {label}" if label.startswith(WITH_ARTICLE) else label


def drop_article(name: str) -> str:
    """A name without its article, to sort by."""
    return name.removeprefix("the ")


def capitalise(text: str) -> str:
    """A name as it begins a sentence: "The United States"."""
    return f"{text[:1].upper()}{text[1:]}"


def count_noun(number: int, noun: str) -> str:
    """A number with its noun: "1 tie", "3 rivalries", "0 days"."""
    if number == 1:
        return f"1 {noun}"
    is_y = noun.endswith("y") and noun[-2:-1] not in "aeiou"
    return f"{number} {noun[:-1]}ies" if is_y else f"{number} {noun}s"


def join_words(parts: Sequence[str]) -> str:
    """A list in words: "one, two and three"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
