"""Annotations and shapes of a scatter figure, sorted into labels, rules, grounds and free words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from entente.export.deck.box import Box
from entente.export.deck.chart import Label
from entente.export.deck.drawingml import PT
from entente.export.deck.plot import Area, Plot, list_of, number_of, type_size
from entente.export.deck.text import lines_of, text_of
from entente.style.palette import LIGHT

ANCHORS = {"left": "r", "right": "l", "center": "ctr", "auto": "ctr"}
Part = Mapping[str, Any]
TALL_SHARE = 0.88  # what stands in three lines and more is set smaller
INSIDE = 0.001  # a label on the very edge may be taken to lie outside, and be dropped


def with_words(plot: Plot, layout: Part, *, name: str, whole: Box, is_first: bool) -> Plot:
    """The plot with all that its figure writes or marks upon it.

    Args:
        plot: One chart of the figure.
        layout: The layout of the figure.
        name: The axis across of this chart, as Plotly has it.
        whole: Where all charts of the figure plot.
        is_first: Whether words that belong to the whole figure stand in this chart.
    """
    labels, free = list(_tick_labels(plot)), []
    is_numbered = any(str(t.get("name") or "").startswith("number ") for t in plot.traces)
    for words in layout.get("annotations") or ():
        if not text_of(words.get("text")).strip():
            continue
        if is_numbered and words.get("xref") == "paper" and "<br>" in str(words.get("text")):
            continue  # the names of the numbers: the key of the slide has them
        if (words.get("xref") or "x") not in (name, f"{name} domain", "paper"):
            continue
        if words.get("xref") == "paper" and not is_first:
            continue
        if words.get("yref") == "paper" or (
            words.get("xref") == "paper" and float(words.get("x") or 0) > 0
        ):
            free.append(_free(words, plot, whole))
        else:
            labels.append(_label(words, plot))
    rules, areas = [], _bands(plot)
    for shape in layout.get("shapes") or ():
        reference = str(shape.get("xref") or "x")
        if reference not in (name, f"{name} domain", "paper"):
            continue
        if shape.get("type") == "line":
            rules.append(_rule(shape, plot, whole))
        elif (area := _area(shape, plot, whole)) is not None:
            areas.append(area)
    return replace(
        plot,
        labels=tuple(labels),
        rules=tuple(rules),
        areas=tuple(areas),
        free=tuple(free),
    )


def _tick_labels(plot: Plot) -> list[tuple[float, float, Label]]:
    """Ticks with words of their own, as labels at the edge."""
    found = []
    size = type_size(12)
    if plot.x.axis.is_shown:
        is_top = plot.x.side == "top"
        edge = plot.y.value(1 - INSIDE if is_top else INSIDE)
        for spot, text in plot.x.ticks:
            side = "t" if is_top else "b"
            label = Label(lines=lines_of(text), side=side, size=size, colour=LIGHT.muted)
            found.append((spot, edge, label))
    if plot.y.axis.is_shown:
        for spot, text in plot.y.ticks:
            label = Label(lines=lines_of(text), side="l", size=size, colour=LIGHT.ink)
            found.append((plot.x.value(INSIDE), spot, label))
    return found


def _style(words: Part) -> dict[str, Any]:
    font = words.get("font") or {}
    lines = lines_of(words.get("text"))
    return {
        "lines": lines,
        "size": type_size(font.get("size")) * (TALL_SHARE if len(lines) > 2 else 1),
        "colour": str(font.get("color") or LIGHT.ink),
        "fill": words.get("bgcolor"),
        "border": words.get("bordercolor"),
        "turn": float(words.get("textangle") or 0),
    }


def _label(words: Part, plot: Plot) -> tuple[float, float, Label]:
    """Words at a value, moved by as many pixels as the figure moves them."""
    across = plot.x.share(number_of(words.get("x")) or 0.0) if words.get("xref") != "paper" else 0.0
    up = plot.y.share(number_of(words.get("y")) or 0.0)
    side = ANCHORS[str(words.get("xanchor") or "auto")]
    if side == "ctr" and words.get("yanchor") in ("top", "bottom"):
        side = {"top": "b", "bottom": "t"}[words["yanchor"]]
    shift = float(words.get("xshift") or 0)
    # A label keeps clear of its point by itself; one that starts at the edge is to start there.
    shift += {"r": 2, "l": -2}.get(side, 0) if shift else {"r": -4, "l": 4}.get(side, 0)
    across += PT * shift / plot.inner.width
    up += PT * float(words.get("yshift") or 0) / plot.inner.height
    style = _style(words)
    return plot.x.value(max(across, INSIDE)), plot.y.value(up), Label(side=side, **style)


def _free(words: Part, plot: Plot, whole: Box) -> tuple[Label, tuple[float, float, str, str]]:
    """Words at a place of the frame."""
    x = float(words.get("x") or 0)
    left = whole.left + x * whole.width + PT * float(words.get("xshift") or 0)
    if words.get("yref") == "paper":
        down = 1 - float(words.get("y") or 0)
    else:
        down = 1 - plot.y.share(number_of(words.get("y")) or 0.0)
    top = whole.top + down * whole.height - PT * float(words.get("yshift") or 0)
    align = {"left": "l", "right": "r"}.get(str(words.get("xanchor")), "ctr")
    anchor = {"top": "t", "bottom": "b"}.get(str(words.get("yanchor")), "ctr")
    top = min(max(top, plot.outer.top), plot.outer.bottom)
    return Label(side="r", **_style(words)), (left, top, align, anchor)


def _ends(shape: Part, plot: Plot, whole: Box) -> tuple[float, float, float, float]:
    """Both corners of a shape as shares of the plot: from the left, and from the start of y."""
    found = []
    for name, scale in (("x", plot.x), ("y", plot.y)):
        reference = str(shape.get(f"{name}ref") or name)
        for end in ("0", "1"):
            value = shape.get(f"{name}{end}")
            if reference == "paper" and name == "x":
                at = whole.left + float(value or 0) * whole.width
                found.append(min(max((at - plot.inner.left) / plot.inner.width, 0.0), 1.0))
            elif reference == "paper" or reference.endswith("domain"):
                found.append(float(value or 0))
            else:
                found.append(scale.share(number_of(value) or 0.0))
    return found[0], found[1], found[2], found[3]


def _rule(
    shape: Part, plot: Plot, whole: Box
) -> tuple[float, float, float, float, Mapping[str, Any]]:
    x0, x1, y0, y1 = _ends(shape, plot, whole)
    line = shape.get("line") or {}
    return plot.x.value(x0), plot.x.value(x1), plot.y.value(y0), plot.y.value(y1), line


def _area(shape: Part, plot: Plot, whole: Box) -> Area | None:
    x0, x1, y0, y1 = _ends(shape, plot, whole)
    if abs(x1 - x0) < 1e-9:
        return None
    inner, line = plot.inner, shape.get("line") or {}
    left, right = sorted((inner.left + x0 * inner.width, inner.left + x1 * inner.width))
    top, bottom = sorted((inner.bottom - y0 * inner.height, inner.bottom - y1 * inner.height))
    width = line.get("width")
    return Area(
        fill=shape.get("fillcolor"),
        opacity=float(shape.get("opacity") or 1),
        border=line.get("color") if width != 0 else None,
        width=PT * float(width or 1),
        box=Box(left, top, right - left, bottom - top),
    )


def _bands(plot: Plot) -> list[Area]:
    """Traces that enclose an area."""
    found = []
    for trace in plot.traces:
        if trace.get("fill") != "toself":
            continue
        pairs = zip(list_of(trace.get("x")), list_of(trace.get("y")), strict=True)
        points = []
        for x, y in pairs:
            across, up = number_of(x), number_of(y)
            if across is not None and up is not None:
                points.append(
                    (
                        plot.inner.left + plot.x.share(across) * plot.inner.width,
                        plot.inner.bottom - plot.y.share(up) * plot.inner.height,
                    )
                )
        colour = str(trace.get("fillcolor") or LIGHT.rule)
        found.append(Area(fill=colour, opacity=1, border=None, width=0, points=points))
    return found
