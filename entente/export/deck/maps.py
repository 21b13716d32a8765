"""Maps as native shapes: a Plotly figure with a `geo`, grouped, each shape named by its id."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from entente.export.deck.figures import LINE_PT, PT, Mark, read_marks, read_stroke
from entente.export.deck.projection import (
    Plane,
    cut_countries,
    cut_lakes,
    cut_line,
    cut_sea,
    fit_projection,
)
from entente.export.deck.shapes import (
    ARMED_SYMBOLS,
    NO_FILL,
    Point,
    fill_xml,
    find_symbol,
    freeform_xml,
    group_xml,
    is_open,
    line_xml,
    place_shape,
    preset_xml,
    text_body_xml,
    text_box_xml,
)
from entente.export.deck.text import LEADING, Line, estimate_width, join_runs, read_markup, shorten
from entente.style.palette import LIGHT
from entente.style.text import Box, touch_any
from entente.style.theme import is_phone_only

NAME_PT, LEAST_NAME_PT = 1.15 * PT, 10.0  # names stand a little larger than on a page
NAME_EM = 0.54
LONGEST_NAME = 60
BADGE_PT = 14 * PT  # markers of this size and more hold their text
NARROW = {"line-ew": (1.0, 0.22), "line-ns": (0.22, 1.0), "arrow": (0.75, 1.0)}
# Sides of a point in the order in which they are tried after the one that is asked for.
SIDES = (
    *("middle right", "middle left", "top right", "bottom right"),
    *("top left", "bottom left", "top center", "bottom center"),
)
ALIGNMENTS = {"right": "l", "left": "r", "center": "ctr"}


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name to be set beside a point of a map; all measures are in points."""

    lines: Sequence[Line]
    point: Point
    side: str  # where the figure has the name, such as "bottom left"
    gap: float
    size: float
    colour: str
    is_needed: bool  # it is set even where it meets another


def draw_map(slide: Any, figure: Any, box: Box, *, name: str, descr: str) -> None:
    """Draw a figure of choropleths and scattergeos in a box, as one group with alternative text.

    Within it are groups of sea, countries, lakes, lines, marks and names, in this order.
    """
    geo = figure.layout.geo
    plane = fit_projection(geo, box)
    drawn = [t for t in figure.data if t.type == "scattergeo" and not is_phone_only(t.meta)]
    traces = [(trace, read_marks(trace)) for trace in drawn]
    seen = [(t, *pair) for t, marks in traces for pair in _list_seen(plane, marks)]
    sea, lake = fill_xml(geo.bgcolor or LIGHT.sea), fill_xml(geo.lakecolor or LIGHT.sea)
    layers = {
        "sea": [freeform_xml("sea", cut_sea(plane), fill=sea, is_closed=True)],
        "countries": _draw_countries(plane, figure),
        "lakes": [freeform_xml("lakes", cut_lakes(plane), fill=lake, is_closed=True)],
        "lines": [shape for trace, marks in traces for shape in _draw_lines(plane, trace, marks)],
        "marks": [_draw_mark(_identify(trace, mark), mark, point) for trace, mark, point in seen],
        "names": _draw_names([(mark, point) for _, mark, point in seen], plane.box),
    }
    groups = [group_xml(f"{name} {layer}", shapes, box) for layer, shapes in layers.items()]
    place_shape(slide, group_xml(name, groups, box, descr))


def place_names(
    names: Sequence[Name], *, taken: Sequence[Box], frame: Box
) -> list[tuple[Name, Box, str]]:
    """Names with their boxes and alignment, the needed and the largest first.

    A name without room at any side of its point is left out, unless it is needed.
    """
    held, found = list(taken), []
    for name in sorted(names, key=lambda name: (not name.is_needed, -name.size)):
        sides = [(_find_box(name, side), side) for side in (name.side, *SIDES)]
        inside = [(box, side) for box, side in sides if box.lies_in(frame)]
        free = [pair for pair in inside if not touch_any(pair[0], held)]
        if free or name.is_needed:
            moved = (_move_inside(sides[0][0], frame), name.side)
            box, side = [*free, *inside, moved][0]
            held.append(box)
            found.append((name, box, ALIGNMENTS[side.split()[-1]]))
    return found


def _list_seen(plane: Plane, marks: Sequence[Mark]) -> list[tuple[Mark, Point]]:
    """The points of a trace that lie in the frame, and where they stand on the slide."""
    known = [mark for mark in marks if not mark.is_gap]
    points = plane.project([mark.x for mark in known], [mark.y for mark in known])
    box = plane.box
    return [
        (mark, (float(x), float(y)))
        for mark, (x, y) in zip(known, points, strict=True)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    ]


def _draw_countries(plane: Plane, figure: Any) -> list[str]:
    """Every country in the frame, filled as the figure fills it."""
    geo = figure.layout.geo
    fills = {
        code: trace.colorscale[-1][1]
        for trace in figure.data
        if trace.type == "choropleth"
        for code in trace.locations
    }
    border = line_xml(geo.countrycolor or LIGHT.border, PT * (geo.countrywidth or 0.6))
    return [
        freeform_xml(
            f"country {code}",
            rings,
            fill=fill_xml(fills.get(code, geo.landcolor or LIGHT.land)),
            line=border,
            is_closed=True,
        )
        for code, rings in cut_countries(plane).items()
    ]


def _draw_lines(plane: Plane, trace: Any, marks: Sequence[Mark]) -> list[str]:
    """The lines of a trace: one shape for each thing that it draws, named by its id."""
    if "lines" not in (trace.mode or "lines"):
        return []
    things: dict[str, list[list[Mark]]] = defaultdict(list)
    for name, part in groupby(marks, lambda m: None if m.is_gap else _identify(trace, m)):
        if name is not None:
            things[name].append(list(part))
    is_area, opacity = trace.fill == "toself", trace.opacity or 1
    colour, width, dash = read_stroke(trace)
    line = line_xml(colour, LINE_PT * width, dash=dash, opacity=opacity)
    fill = fill_xml(trace.fillcolor if is_area else None, opacity=opacity)
    shapes = []
    for name, parts in things.items():
        ends = [([mark.x for mark in part], [mark.y for mark in part]) for part in parts]
        paths = [path for lon, lat in ends for path in cut_line(plane, lon, lat)]
        shapes.append(freeform_xml(name, paths, fill=fill, line=line, is_closed=is_area))
    return shapes


def _draw_mark(name: str, mark: Mark, point: Point) -> str:
    if not mark.is_seen:
        return ""
    size, fill, outline = mark.size, fill_xml(mark.colour, opacity=mark.opacity), mark.outline
    if is_open(mark.symbol):
        outline, fill = mark.colour, NO_FILL
    if mark.symbol in ARMED_SYMBOLS:
        size, outline = size * 1.5, None if outline == LIGHT.paper else outline
    wide, high = (size * share for share in NARROW.get(mark.symbol, (1.0, 1.0)))
    text = ""
    if _holds_text(mark):
        lines = read_markup(mark.text)
        text = text_body_xml(lines, size=max(size * 0.66, 8), colour=mark.ink, align="ctr")
    return preset_xml(
        name,
        find_symbol(mark.symbol).preset,
        Box(point[0] - wide / 2, point[1] - high / 2, wide, high),
        fill=fill,
        line=line_xml(outline, mark.width, opacity=mark.opacity),
        turn=mark.angle,
        text=text,
    )


def _draw_names(marks: Sequence[tuple[Mark, Point]], frame: Box) -> list[str]:
    """Names of points as text boxes, none upon another or upon the point of an actor."""
    taken = [
        Box(x - mark.size / 2, y - mark.size / 2, mark.size, mark.size)
        for mark, (x, y) in marks
        if mark.is_seen and (mark.text or list(mark.custom[:1]) == ["actor"])
    ]
    named = [(mark, point) for mark, point in marks if mark.text and not _holds_text(mark)]
    names = [_read_name(mark, point) for mark, point in named]
    return [
        text_box_xml(
            " ".join(join_runs(line) for line in name.lines),
            box,
            text_body_xml(
                name.lines, size=name.size, colour=name.colour, align=align, glow=LIGHT.paper
            ),
        )
        for name, box, align in place_names(names, taken=taken, frame=frame)
    ]


def _read_name(mark: Mark, point: Point) -> Name:
    lines = read_markup(mark.text)
    return Name(
        lines=[
            tuple(replace(run, text=shorten(run.text, LONGEST_NAME)) for run in runs)
            for runs in lines
        ],
        point=point,
        side=mark.position or "middle right",
        gap=mark.size / 2 + 2,
        size=max(mark.text_size * NAME_PT, LEAST_NAME_PT),
        colour=mark.ink,
        is_needed=any(run.is_bold for runs in lines for run in runs),
    )


def _holds_text(mark: Mark) -> bool:
    """Whether the text of a point stands within its marker."""
    return bool(mark.text) and mark.size >= BADGE_PT and mark.position == "middle center"


def _identify(trace: Any, mark: Mark) -> str:
    """Kind and id of what a point belongs to; the name of the trace where it has none."""
    return " ".join(map(str, mark.custom[:2])) if len(mark.custom) > 1 else trace.name or "line"


def _find_box(name: Name, side: str) -> Box:
    """The ground that a name takes at one side of its point."""
    height, across = side.split()
    texts = [join_runs(line) for line in name.lines]
    wide = max(estimate_width(text, name.size, em=NAME_EM) for text in texts)
    high = name.size * LEADING * len(texts)
    x, y = name.point
    left = {"right": x + name.gap, "left": x - name.gap - wide, "center": x - wide / 2}[across]
    away = name.gap * (1.0 if across == "center" else 0.4)
    top = {"top": y - high - away, "middle": y - high / 2, "bottom": y + away}[height]
    return Box(left, top, wide, high)


def _move_inside(box: Box, frame: Box) -> Box:
    left = max(min(box.left, frame.right - box.width), frame.left)
    top = max(min(box.top, frame.bottom - box.height), frame.top)
    return Box(left, top, box.width, box.height)
