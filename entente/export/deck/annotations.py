"""Words, rules and tinted grounds that a scatter figure has beside its traces."""

from collections.abc import Iterator
from typing import Any

from entente.content import IN_FIGURE
from entente.export.deck.charts import Label
from entente.export.deck.figures import PT, Plot, to_number, to_type_size
from entente.export.deck.shapes import (
    NO_FILL,
    NO_LINE,
    Point,
    colour_xml,
    fill_xml,
    freeform_xml,
    line_xml,
    preset_xml,
    text_body_xml,
    text_box_xml,
)
from entente.export.deck.text import (
    LEADING,
    Run,
    estimate_width,
    join_runs,
    read_markup,
    strip_markup,
)
from entente.style.palette import LIGHT
from entente.style.text import Box

# Side of a point, by Plotly's anchor of the text.
SIDES = {"left": "r", "right": "l", "center": "ctr", "auto": "ctr"}
TALL_SHARE = 0.88  # text of three lines and more is set smaller
INSIDE = 0.001  # a label on the very edge may be taken to lie outside, and be dropped


def list_labels(layout: Any, plot: Plot) -> list[tuple[float, float, Label]]:
    """What stands at values of a chart, as x, y and text: ticks with words, then annotations."""
    found, is_top = [], plot.x.is_on_top
    edge, side = plot.y.value(1 - INSIDE if is_top else INSIDE), "t" if is_top else "b"
    for spot, text in plot.x.ticks if plot.x.is_shown else ():
        found.append((spot, edge, _label_tick(text, side, LIGHT.muted)))
    for spot, text in plot.y.ticks if plot.y.is_shown else ():
        found.append((plot.x.value(INSIDE), spot, _label_tick(text, "l", LIGHT.ink)))
    for words, is_at_value in _list_annotations(layout, plot):
        if is_at_value:
            found.append(_place_label(words, plot))
    return found


def list_rules(layout: Any, plot: Plot) -> list[tuple[Point, Point, str]]:
    """Lines across a chart: both ends as x and y, and the line as DrawingML."""
    rules = []
    for shape, (x0, x1), (y0, y1) in _list_shapes(layout, plot):
        if shape.type == "line":
            start, end = ((plot.x.value(x), plot.y.value(y)) for x, y in ((x0, y0), (x1, y1)))
            rules.append((start, end, _rule_xml(shape)))
    return rules


def draw_grounds(layout: Any, plot: Plot, *, name: str) -> list[str]:
    """Shapes behind a chart: bands that traces enclose, and tinted rectangles."""
    grounds = [
        freeform_xml(
            name,
            [[plot.spot(mark.x, mark.y) for mark in marks if not mark.is_gap]],
            fill=fill_xml(trace.fillcolor or LIGHT.rule),
            is_closed=True,
        )
        for trace, marks in plot.traces
        if trace.fill == "toself"
    ]
    inner = plot.inner
    for shape, across, up in _list_shapes(layout, plot):
        if shape.type == "line" or abs(across[1] - across[0]) < 1e-9:
            continue
        left, right = sorted(inner.left + share * inner.width for share in across)
        top, bottom = sorted(inner.bottom - share * inner.height for share in up)
        ink = colour_xml(shape.fillcolor, opacity=shape.opacity or 1)
        fill = f"<a:solidFill>{ink}</a:solidFill>" if shape.fillcolor else NO_FILL
        box = Box(left, top, right - left, bottom - top)
        line = _rule_xml(shape) if shape.line.width != 0 else NO_LINE
        grounds.append(preset_xml(name, "rect", box, fill=fill, line=line))
    return grounds


def draw_texts(layout: Any, plot: Plot) -> list[str]:
    """Text boxes upon a chart, for words at places of the frame and not at values."""
    found = _list_annotations(layout, plot)
    return [_text_box(words, plot) for words, is_at_value in found if not is_at_value]


def _list_annotations(layout: Any, plot: Plot) -> Iterator[tuple[Any, bool]]:
    """The annotations of a chart, and whether each stands at a value.

    What refers to the whole figure across belongs to its first chart.
    """
    for words in layout.annotations:
        is_on_paper = words.xref == "paper"
        is_own = plot.is_first if is_on_paper else _is_across(words, plot)
        if is_own and strip_markup(words.text).strip() and words.name != IN_FIGURE:
            is_free = (is_on_paper and (words.x or 0) > 0) or words.yref == "paper"
            if words.xref != plot.name or plot.shows(to_number(words.x) or 0.0):
                yield words, not is_free


def _list_shapes(layout: Any, plot: Plot) -> Iterator[tuple[Any, list[float], list[float]]]:
    """The shapes of a chart, with both ends of each across and upwards as shares of the chart.

    What lies beside it is left out, and what reaches beyond its sides is cut off there.
    """
    for shape in layout.shapes:
        if shape.xref == "paper" or _is_across(shape, plot):
            across = _find_ends(shape, "x", plot)
            if min(across) <= 1 and max(across) >= 0:
                cut = [min(max(end, 0.0), 1.0) for end in across]
                yield shape, cut, _find_ends(shape, "y", plot)


def _is_across(item: Any, plot: Plot) -> bool:
    """Whether a shape or annotation refers to a chart's own axis across."""
    return (item.xref or "x") in (plot.name, f"{plot.name} domain")


def _find_ends(shape: Any, axis: str, plot: Plot) -> list[float]:
    """Where a shape begins and ends along an axis, as shares of the chart."""
    scale, reference = plot.x if axis == "x" else plot.y, shape[f"{axis}ref"] or axis
    ends = [to_number(shape[f"{axis}{end}"]) or 0.0 for end in (0, 1)]
    if reference == "paper" and axis == "x":
        spots = [plot.whole.left + end * plot.whole.width for end in ends]
        return [min(max((x - plot.inner.left) / plot.inner.width, 0.0), 1.0) for x in spots]
    if reference == "paper" or reference.endswith("domain"):
        return ends
    return [scale.share(end) for end in ends]


def _rule_xml(shape: Any) -> str:
    line = shape.line
    return line_xml(line.color, PT * (line.width or 1), dash=line.dash or "solid")


def _label_tick(text: str, side: str, colour: str) -> Label:
    lines = tuple((Run(text=line),) for line in text.split("\n"))
    return Label(lines=lines, side=side, size=to_type_size(12), colour=colour)


def _read_label(words: Any, side: str) -> Label:
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


def _place_label(words: Any, plot: Plot) -> tuple[float, float, Label]:
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
    return plot.x.value(max(across, INSIDE)), plot.y.value(up), _read_label(words, side)


def _text_box(words: Any, plot: Plot) -> str:
    label, whole = _read_label(words, "r"), plot.whole
    lines = [join_runs(line) for line in label.lines]
    wide = max(estimate_width(line, label.size, em=0.53) for line in lines) + 4
    high = label.size * LEADING * len(lines)
    x = whole.left + (words.x or 0) * whole.width + PT * (words.xshift or 0)
    up = words.y or 0 if words.yref == "paper" else plot.y.share(to_number(words.y) or 0.0)
    y = whole.top + (1 - up) * whole.height - PT * (words.yshift or 0)
    y = min(max(y, plot.outer.top), plot.outer.bottom)
    aligns = {"left": ("l", x), "right": ("r", x - wide)}
    align, left = aligns.get(words.xanchor, ("ctr", x - wide / 2))
    anchors = {"top": ("t", y), "bottom": ("b", y - high)}
    anchor, top = anchors.get(words.yanchor, ("ctr", y - high / 2))
    body = text_body_xml(
        label.lines, size=label.size, colour=label.colour, align=align, anchor=anchor
    )
    return text_box_xml(lines[0], Box(left, top, wide, high), body, fill=fill_xml(label.fill))
