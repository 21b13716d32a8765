"""Series of a native XY chart out of the traces of a figure: one series a look."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from entente.export.deck.drawingml import LINE, PT, under
from entente.export.deck.plot import Plot, list_of, number_of
from entente.export.deck.series_style import Mark, Series, label_of, look_of, ring_of
from entente.style.palette import Palette
from entente.timeline.labels import NAMES_NARROW


def series_of(plot: Plot, palette: Palette) -> list[Series]:
    """All series of a chart in the order of the file; `order` says which lies upon which.

    PowerPoint draws by `order`, the highest on top. LibreOffice draws the first in the file on top,
    and loses points of every series before the longest one; so words, which are seen in any case,
    come first, with empty cells at their end, and the others from the top to the bottom.
    """
    found = [*_grid(plot, palette), *_rules(plot)]
    for trace in plot.traces:
        if is_drawn(trace):
            found += _trace(trace, palette)
    words = _words(plot)
    missing = max((len(series.x) for series in found), default=0) - len(words.x)
    if missing > 0:
        empty: list[float | None] = [None] * missing
        words = replace(words, x=[*words.x, *empty], y=[*words.y, *empty])
    lowest_first = [*found, words] if words.x else found
    ordered = [replace(series, order=place) for place, series in enumerate(lowest_first)]
    return ordered[::-1]


def is_drawn(trace: Mapping[str, Any]) -> bool:
    """Whether a slide shows a trace; names that stand in for others on a phone are left out."""
    family = str(under(trace, "textfont", "family", default=""))
    is_points = (trace.get("type") or "scatter") == "scatter"
    return is_points and trace.get("visible") is not False and not family.startswith(NAMES_NARROW)


def _trace(trace: Mapping[str, Any], palette: Palette) -> list[Series]:
    mode = str(trace.get("mode") or "lines")
    values = [
        (place, number_of(x), number_of(y))
        for place, (x, y) in enumerate(
            zip(list_of(trace.get("x")), list_of(trace.get("y")), strict=True)
        )
    ]
    lines = _line_series(trace, values, palette) if "lines" in mode else []
    marks = _mark_series(trace, values, palette) if mode != "lines" else []
    return lines + marks


Values = Sequence[tuple[int, float | None, float | None]]


def _line_series(trace: Mapping[str, Any], values: Values, palette: Palette) -> list[Series]:
    """The line of a trace; a gap keeps its place across, so that only the line breaks."""
    width = float(under(trace, "line", "width", default=2))
    colour = under(trace, "line", "color", default=palette.ink)
    if width == 0:  # the edge of a band: drawn as thin as can be, so that its values are there
        colour, width = trace.get("fillcolor"), 0.7
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, x, y in values:
        if x is None or y is None:
            if xs and ys[-1] is not None:
                xs, ys = [*xs, xs[-1]], [*ys, None]
        else:
            xs, ys = [*xs, x], [*ys, y]
    if ys and ys[-1] is None:
        xs, ys = xs[:-1], ys[:-1]
    ink = (
        colour,
        LINE * width,
        under(trace, "line", "dash", default="solid"),
        float(trace.get("opacity") or 1),
    )
    has_head = "arrow" in list_of(under(trace, "marker", "symbol"))
    if not xs:
        return []
    return [Series(name=_name(trace, "line"), x=xs, y=ys, line=ink, has_head=has_head)]


def _mark_series(trace: Mapping[str, Any], values: Values, palette: Palette) -> list[Series]:
    """Markers and texts of a trace, a series for each look that they have."""
    looks: dict[Mark | None, Series] = {}
    for place, x, y in values:
        if x is None or y is None:
            continue
        look, label = look_of(trace, place, palette.paper), label_of(trace, place, palette)
        if look is None and label is None:
            continue
        name = _name(trace, str(look[0]) if look else "text")
        if look is not None and look[2] == palette.paper and look[4]:
            ring, look = ring_of(look)
            under_it = looks.setdefault(ring, Series(name=f"{name} ring", x=[], y=[], marker=ring))
            under_it.x.append(x)
            under_it.y.append(y)
        series = looks.setdefault(look, Series(name=name, x=[], y=[], marker=look))
        series.x.append(x)
        series.y.append(y)
        if label is not None:
            series.labels[len(series.x) - 1] = label
    return list(looks.values())


def _name(trace: Mapping[str, Any], kind: str) -> str:
    """The name of a trace, or the ids that it carries when it has but one, or what it draws."""
    if trace.get("name"):
        return str(trace["name"])
    custom = list_of(trace.get("customdata"))
    kinds = {str(item[0]) for item in custom if isinstance(item, list | tuple) and item}
    return f"{kinds.pop()} {kind}" if len(kinds) == 1 else kind


def _grid(plot: Plot, palette: Palette) -> list[Series]:
    """Lines at ticks that have words of their own; other grids are the chart's."""
    if not plot.x.ticks or not plot.x.has_tick_grid:
        return []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for spot, _ in plot.x.ticks:
        xs += [spot, spot, spot]
        ys += [plot.y.start, plot.y.end, None]
    ink = (palette.rule, 0.5, "solid", 1.0)
    return [Series(name="grid", x=xs[:-1], y=ys[:-1], line=ink)]


def _rules(plot: Plot) -> list[Series]:
    return [
        Series(
            name="rule",
            x=[x0, x1],
            y=[y0, y1],
            line=(
                line.get("color"),
                PT * float(line.get("width") or 1),
                line.get("dash") or "solid",
                1.0,
            ),
        )
        for x0, x1, y0, y1, line in plot.rules
    ]


def _words(plot: Plot) -> Series:
    """What stands at values as words, on points that are not seen."""
    return Series(
        name="words",
        x=[x for x, _, _ in plot.labels],
        y=[y for _, y, _ in plot.labels],
        labels={place: label for place, (_, _, label) in enumerate(plot.labels)},
    )
