"""One panel of a scene in the native form that suits it: map, chart, table or a sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from entente.content import Panel
from entente.export.deck.bars import draw_bars
from entente.export.deck.box import Box
from entente.export.deck.map import map_shapes
from entente.export.deck.matrix import draw_matrix
from entente.export.deck.rows import kept_rows
from entente.export.deck.shapes import place, text_box
from entente.export.deck.table import draw_table
from entente.export.deck.text import Run, text_of
from entente.export.deck.type import text_body
from entente.export.deck.xy import draw_xy
from entente.style.palette import Palette

MAPS = ("scattergeo", "choropleth")
EMPTY_PT = 18
MORE_ROWS = "{} more rows in the app"


def draw_panel(slide: Any, panel: Panel, box: Box, *, ids: Iterator[int], palette: Palette) -> str:
    """Draw a panel in a box; returns what was left out, in words, or empty text."""
    options: dict[str, Any] = {
        "ids": ids,
        "palette": palette,
        "name": panel.key,
        "descr": panel.alt,
    }
    figure = plain_figure(panel)
    kind = kind_of(figure)
    if kind == "map":
        place(slide.shapes._spTree, map_shapes(figure, box, **options))
        return ""
    if kind == "empty":
        place(slide.shapes._spTree, _sentence(figure, panel, box, ids, palette))
        return ""
    if kind == "bars":
        draw_bars(slide, figure, box, **options)
        return ""
    if kind == "matrix":
        return _more(draw_matrix(slide, figure, box, **options))
    if kind == "points":
        shorter, left_out = kept_rows(figure)
        draw_xy(slide, shorter, box, **options)
        return _more(left_out)
    return _more(draw_table(slide, panel.table, box, **options)) if len(panel.table.columns) else ""


def plain_figure(panel: Panel) -> dict[str, Any]:
    """The figure as plain data; without traces where there is none."""
    if panel.figure is None:
        return {"data": [], "layout": {}}
    content: dict[str, Any] = panel.figure.to_plotly_json()
    return content


def kind_of(figure: Mapping[str, Any]) -> str:
    """The form for a figure: map, bars, matrix, points, empty (a sentence) or table."""
    kinds = {trace.get("type") or "scatter" for trace in figure["data"]}
    if not kinds:
        return "empty" if figure["layout"].get("annotations") else "table"
    if kinds & set(MAPS):
        return "map" if kinds <= set(MAPS) else "table"
    if "bar" in kinds:
        return "bars" if kinds <= {"bar", "scatter"} and _is_plain(figure) else "table"
    if kinds == {"heatmap", "scatter"}:
        return "matrix"
    return "points" if kinds == {"scatter"} else "table"


def _is_plain(figure: Mapping[str, Any]) -> bool:
    """Whether bars lie flat, or stand on one axis without a base of their own."""
    bars = [trace for trace in figure["data"] if trace.get("type") == "bar"]
    return all(
        bar.get("orientation") == "h" or (bar.get("base") is None and not bar.get("yaxis"))
        for bar in bars
    )


def _sentence(
    figure: Mapping[str, Any], panel: Panel, box: Box, ids: Iterator[int], palette: Palette
) -> str:
    """What the figure says in place of marks."""
    said = " ".join(text_of(words.get("text")) for words in figure["layout"]["annotations"])
    body = text_body(
        [(Run(text=said),)], size=EMPTY_PT, colour=palette.muted, align="ctr", is_wrapped=True
    )
    return text_box(ids, panel.key, box, body)


def _more(count: int) -> str:
    return MORE_ROWS.format(count) if count > 0 else ""
