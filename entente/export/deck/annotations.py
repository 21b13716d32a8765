"""Words, rules and tinted grounds that a scatter figure has beside its traces."""

from dataclasses import dataclass, field
from typing import Any

from entente.content import IN_FIGURE
from entente.export.deck.charts import Label
from entente.export.deck.drawingml import Box, Point
from entente.export.deck.plotly_fields import PT, Part, read_points, to_number, to_type_size
from entente.export.deck.plots import Plot, Scale
from entente.export.deck.text import Line, Run, read_markup, strip_markup
from entente.style.palette import LIGHT

SIDES = {
    "left": "r",
    "right": "l",
    "center": "ctr",
    "auto": "ctr",
}  # of a point, by Plotly's anchor
TALL_SHARE = 0.88  # text of three lines and more is set smaller
INSIDE = 0.001  # a label on the very edge may be taken to lie outside, and be dropped


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A tinted rectangle or band behind a chart.

    Attributes:
        fill: Its colour; None for an outline only.
        box: The rectangle; None for a band.
        points: Corners of the band on the slide.
        opacity: From 0 to 1.
        border: Colour of its outline; None for none.
        width: Of the outline, in points.
    """

    fill: str | None
    box: Box | None = None
    points: tuple[Point, ...] = ()
    opacity: float = 1.0
    border: str | None = None
    width: float = 0.0


@dataclass(frozen=True, kw_only=True)
class FreeText:
    """Words at a place of the frame, not at a value: `align` and `anchor` as DrawingML has them."""

    label: Label
    spot: Point
    align: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Annotations:
    """What one chart has beside its traces.

    Attributes:
        labels: x, y, and what stands there.
        rules: Both ends as x and y, and Plotly's settings of the line.
        grounds: What lies behind the chart.
        texts: What lies upon it.
    """

    labels: list[tuple[float, float, Label]] = field(default_factory=list)
    rules: list[tuple[Point, Point, Part]] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    texts: list[FreeText] = field(default_factory=list)


def read_annotations(
    layout: Part, plot: Plot, *, name: str, whole: Box, is_first: bool
) -> Annotations:
    """The annotations, shapes, bands and ticks with words of one chart.

    Args:
        layout: The layout of the figure.
        plot: The chart.
        name: Its axis across, as Plotly's references have it: `x`, `x2`.
        whole: Where all charts of the figure draw values.
        is_first: Whether words that belong to the whole figure stand in this chart.
    """
    found = Annotations(labels=_tick_labels(plot), grounds=_bands(plot))
    own = (name, f"{name} domain", "paper")
    for words in layout.get("annotations") or ():
        reference = words.get("xref") or "x"
        is_on_paper = reference == "paper"
        if not strip_markup(words.get("text")).strip() or words.get("name") == IN_FIGURE:
            continue
        if reference not in own or (is_on_paper and not is_first):
            continue
        is_free = is_on_paper and float(words.get("x") or 0) > 0
        if is_free or words.get("yref") == "paper":
            found.texts.append(_free_text(words, plot, whole))
        else:
            found.labels.append(_label(words, plot))
    for shape in layout.get("shapes") or ():
        if str(shape.get("xref") or "x") not in own:
            continue
        (x0, x1), (y0, y1) = (_ends(shape, axis, plot, whole) for axis in ("x", "y"))
        if shape.get("type") == "line":
            ends = [(plot.x.value(x), plot.y.value(y)) for x, y in ((x0, y0), (x1, y1))]
            found.rules.append((ends[0], ends[1], shape.get("line") or {}))
        elif abs(x1 - x0) > 1e-9:
            found.grounds.append(_ground(shape, plot, (x0, x1), (y0, y1)))
    return found


def _tick_labels(plot: Plot) -> list[tuple[float, float, Label]]:
    """Ticks with words of their own, as labels at the edge."""
    found = []
    size, is_top = to_type_size(12), plot.x.side == "top"
    edge, side = plot.y.value(1 - INSIDE if is_top else INSIDE), "t" if is_top else "b"
    for spot, text in plot.x.ticks if plot.x.axis.is_shown else ():
        label = Label(lines=_plain_lines(text), side=side, size=size, colour=LIGHT.muted)
        found.append((spot, edge, label))
    for spot, text in plot.y.ticks if plot.y.axis.is_shown else ():
        label = Label(lines=_plain_lines(text), side="l", size=size, colour=LIGHT.ink)
        found.append((plot.x.value(INSIDE), spot, label))
    return found


def _plain_lines(text: str) -> tuple[Line, ...]:
    return tuple((Run(text=line),) for line in text.split("\n"))


def _words(words: Part, side: str) -> Label:
    font, lines = words.get("font") or {}, read_markup(words.get("text"))
    return Label(
        lines=lines,
        side=side,
        size=to_type_size(font.get("size")) * (TALL_SHARE if len(lines) > 2 else 1),
        colour=str(font.get("color") or LIGHT.ink),
        fill=words.get("bgcolor"),
        border=words.get("bordercolor"),
        turn=float(words.get("textangle") or 0),
    )


def _label(words: Part, plot: Plot) -> tuple[float, float, Label]:
    """Words at a value, moved by as many pixels as the figure moves them."""
    across = plot.x.share(to_number(words.get("x")) or 0.0) if words.get("xref") != "paper" else 0.0
    up = plot.y.share(to_number(words.get("y")) or 0.0)
    side = SIDES[str(words.get("xanchor") or "auto")]
    if side == "ctr" and words.get("yanchor") in ("top", "bottom"):
        side = {"top": "b", "bottom": "t"}[words["yanchor"]]
    shift = float(words.get("xshift") or 0)
    # A chart keeps a label clear of its point by itself; one that starts at the edge stays there.
    shift += {"r": 2, "l": -2}.get(side, 0) if shift else {"r": -4, "l": 4}.get(side, 0)
    across += PT * shift / plot.inner.width
    up += PT * float(words.get("yshift") or 0) / plot.inner.height
    return plot.x.value(max(across, INSIDE)), plot.y.value(up), _words(words, side)


def _free_text(words: Part, plot: Plot, whole: Box) -> FreeText:
    left = whole.left + float(words.get("x") or 0) * whole.width
    up = (
        float(words.get("y") or 0)
        if words.get("yref") == "paper"
        else plot.y.share(to_number(words.get("y")) or 0.0)
    )
    top = whole.top + (1 - up) * whole.height - PT * float(words.get("yshift") or 0)
    return FreeText(
        label=_words(words, "r"),
        spot=(
            left + PT * float(words.get("xshift") or 0),
            min(max(top, plot.outer.top), plot.outer.bottom),
        ),
        align={"left": "l", "right": "r"}.get(str(words.get("xanchor")), "ctr"),
        anchor={"top": "t", "bottom": "b"}.get(str(words.get("yanchor")), "ctr"),
    )


def _ends(shape: Part, axis: str, plot: Plot, whole: Box) -> list[float]:
    """Where a shape begins and ends along an axis, as shares of the chart."""
    scale: Scale = plot.x if axis == "x" else plot.y
    reference = str(shape.get(f"{axis}ref") or axis)
    found = []
    for value in (shape.get(f"{axis}0"), shape.get(f"{axis}1")):
        if reference == "paper" and axis == "x":
            spot = whole.left + float(value or 0) * whole.width
            found.append(min(max((spot - plot.inner.left) / plot.inner.width, 0.0), 1.0))
        elif reference == "paper" or reference.endswith("domain"):
            found.append(float(value or 0))
        else:
            found.append(scale.share(to_number(value) or 0.0))
    return found


def _ground(shape: Part, plot: Plot, across: Any, up: Any) -> Ground:
    line = shape.get("line") or {}
    width = line.get("width")
    inner = plot.inner
    left, right = sorted(inner.left + share * inner.width for share in across)
    top, bottom = sorted(inner.bottom - share * inner.height for share in up)
    return Ground(
        fill=shape.get("fillcolor"),
        box=Box(left, top, right - left, bottom - top),
        opacity=float(shape.get("opacity") or 1),
        border=line.get("color") if width != 0 else None,
        width=PT * float(width or 1),
    )


def _bands(plot: Plot) -> list[Ground]:
    """Traces that enclose an area."""
    return [
        Ground(
            fill=str(trace.get("fillcolor") or LIGHT.rule),
            points=tuple(
                plot.spot(x, y) for _, x, y in read_points(trace) if x is not None and y is not None
            ),
        )
        for trace in plot.traces
        if trace.get("fill") == "toself"
    ]
