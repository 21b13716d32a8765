"""Words, rules and tinted grounds that a scatter figure has beside its traces."""

from dataclasses import dataclass, field
from typing import Any

from entente.content import IN_FIGURE
from entente.export.deck.charts import Label
from entente.export.deck.figures import PT, Plot, to_number, to_type_size
from entente.export.deck.shapes import (
    NO_FILL,
    Box,
    Point,
    colour_xml,
    fill_xml,
    freeform,
    line_xml,
    preset,
    text_body,
    text_box,
)
from entente.export.deck.text import LEADING, Run, read_markup, strip_markup, text_width
from entente.style.palette import LIGHT

# Side of a point, by Plotly's anchor of the text.
SIDES = {"left": "r", "right": "l", "center": "ctr", "auto": "ctr"}
TALL_SHARE = 0.88  # text of three lines and more is set smaller
INSIDE = 0.001  # a label on the very edge may be taken to lie outside, and be dropped


@dataclass(frozen=True, kw_only=True)
class Annotations:
    """What one chart has beside its traces.

    Attributes:
        labels: x, y, and what stands there.
        rules: Both ends as x and y, and the line as DrawingML.
        grounds: Shapes behind the chart.
        texts: Text boxes upon it, at places of the frame and not at values.
    """

    labels: list[tuple[float, float, Label]] = field(default_factory=list)
    rules: list[tuple[Point, Point, str]] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_annotations(
    layout: Any, plot: Plot, *, name: str, whole: Box, is_first: bool
) -> Annotations:
    """The annotations, shapes, bands and ticks with words of one chart.

    Args:
        layout: The layout of the figure.
        plot: The chart.
        name: Begins the names of shapes.
        whole: Where all charts of the figure draw values.
        is_first: Whether words that belong to the whole figure stand in this chart.
    """
    ground_name, own = f"{name} ground", (plot.name, f"{plot.name} domain", "paper")
    found = Annotations(labels=_tick_labels(plot), grounds=_bands(plot, ground_name))
    for words in layout.annotations:
        reference = words.xref or "x"
        is_on_paper = reference == "paper"
        if not strip_markup(words.text).strip() or words.name == IN_FIGURE:
            continue
        if reference not in own or (is_on_paper and not is_first):
            continue
        if (is_on_paper and (words.x or 0) > 0) or words.yref == "paper":
            found.texts.append(_text_box(words, plot, whole))
        else:
            found.labels.append(_label(words, plot))
    for shape in layout.shapes:
        if (shape.xref or "x") not in own:
            continue
        (x0, x1), (y0, y1) = (_ends(shape, axis, plot, whole) for axis in ("x", "y"))
        line = shape.line
        if shape.type == "line":
            start, end = ((plot.x.value(x), plot.y.value(y)) for x, y in ((x0, y0), (x1, y1)))
            rule = line_xml(line.color, PT * (line.width or 1), dash=line.dash or "solid")
            found.rules.append((start, end, rule))
        elif abs(x1 - x0) > 1e-9:
            inner = plot.inner
            left, right = sorted(inner.left + share * inner.width for share in (x0, x1))
            top, bottom = sorted(inner.bottom - share * inner.height for share in (y0, y1))
            ink = colour_xml(shape.fillcolor, opacity=shape.opacity or 1)
            ground = preset(
                ground_name,
                "rect",
                Box(left, top, right - left, bottom - top),
                fill=f"<a:solidFill>{ink}</a:solidFill>" if shape.fillcolor else NO_FILL,
                line=line_xml(line.color if line.width != 0 else None, PT * (line.width or 1)),
            )
            found.grounds.append(ground)
    return found


def _tick_labels(plot: Plot) -> list[tuple[float, float, Label]]:
    """Ticks with words of their own, as labels at the edge."""
    found, size, is_top = [], to_type_size(12), plot.x.is_on_top
    edge, side = plot.y.value(1 - INSIDE if is_top else INSIDE), "t" if is_top else "b"
    for spot, text in plot.x.ticks if plot.x.is_shown else ():
        lines = tuple((Run(text=line),) for line in text.split("\n"))
        found.append((spot, edge, Label(lines=lines, side=side, size=size, colour=LIGHT.muted)))
    for spot, text in plot.y.ticks if plot.y.is_shown else ():
        lines = tuple((Run(text=line),) for line in text.split("\n"))
        label = Label(lines=lines, side="l", size=size, colour=LIGHT.ink)
        found.append((plot.x.value(INSIDE), spot, label))
    return found


def _words(words: Any, side: str) -> Label:
    lines = read_markup(words.text)
    return Label(
        lines=lines,
        side=side,
        size=to_type_size(words.font.size) * (TALL_SHARE if len(lines) > 2 else 1),
        colour=words.font.color or LIGHT.ink,
        fill=words.bgcolor,
        border=words.bordercolor,
        turn=words.textangle or 0,
    )


def _label(words: Any, plot: Plot) -> tuple[float, float, Label]:
    """Words at a value, moved by as many pixels as the figure moves them."""
    across = plot.x.share(to_number(words.x) or 0.0) if words.xref != "paper" else 0.0
    up = plot.y.share(to_number(words.y) or 0.0)
    side = SIDES[words.xanchor or "auto"]
    if side == "ctr":
        side = {"top": "b", "bottom": "t"}.get(words.yanchor, side)
    shift = words.xshift or 0
    # A chart keeps a label clear of its point by itself; one that starts at the edge stays there.
    shift += {"r": 2, "l": -2}.get(side, 0) if shift else {"r": -4, "l": 4}.get(side, 0)
    across += PT * shift / plot.inner.width
    up += PT * (words.yshift or 0) / plot.inner.height
    return plot.x.value(max(across, INSIDE)), plot.y.value(up), _words(words, side)


def _text_box(words: Any, plot: Plot, whole: Box) -> str:
    """Words that belong to the frame and not to a value."""
    label = _words(words, "r")
    lines = ["".join(run.text for run in line) for line in label.lines]
    wide = max(text_width(line, label.size, em=0.53) for line in lines) + 4
    high = label.size * LEADING * len(lines)
    x = whole.left + (words.x or 0) * whole.width + PT * (words.xshift or 0)
    up = words.y or 0 if words.yref == "paper" else plot.y.share(to_number(words.y) or 0.0)
    y = whole.top + (1 - up) * whole.height - PT * (words.yshift or 0)
    y = min(max(y, plot.outer.top), plot.outer.bottom)
    align, left = {"left": ("l", x), "right": ("r", x - wide)}.get(
        words.xanchor, ("ctr", x - wide / 2)
    )
    anchor, top = {"top": ("t", y), "bottom": ("b", y - high)}.get(
        words.yanchor, ("ctr", y - high / 2)
    )
    body = text_body(label.lines, size=label.size, colour=label.colour, align=align, anchor=anchor)
    return text_box(lines[0], Box(left, top, wide, high), body, fill=fill_xml(label.fill))


def _ends(shape: Any, axis: str, plot: Plot, whole: Box) -> list[float]:
    """Where a shape begins and ends along an axis, as shares of the chart."""
    scale, reference = plot.x if axis == "x" else plot.y, shape[f"{axis}ref"] or axis
    ends = [to_number(shape[f"{axis}{end}"]) or 0.0 for end in (0, 1)]
    if reference == "paper" and axis == "x":
        spots = [whole.left + end * whole.width for end in ends]
        return [min(max((x - plot.inner.left) / plot.inner.width, 0.0), 1.0) for x in spots]
    if reference == "paper" or reference.endswith("domain"):
        return ends
    return [scale.share(end) for end in ends]


def _bands(plot: Plot, name: str) -> list[str]:
    """Traces that enclose an area."""
    return [
        freeform(
            name,
            [[plot.spot(mark.x, mark.y) for mark in marks if not mark.is_gap]],
            fill=fill_xml(trace.fillcolor or LIGHT.rule),
            is_closed=True,
        )
        for trace, marks in plot.traces
        if trace.fill == "toself"
    ]
