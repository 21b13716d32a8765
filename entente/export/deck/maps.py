"""Maps as native shapes: a Plotly figure with a `geo`, grouped, each shape named by its id."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from entente.export.deck.drawingml import (
    ARMED_SYMBOLS,
    Box,
    Point,
    fill_xml,
    find_preset,
    freeform,
    group,
    is_open,
    line_xml,
    place,
    preset,
    text_body,
    text_box,
)
from entente.export.deck.label_collision import Name, place_names
from entente.export.deck.plotly_fields import LINE_PT, PT, Part, entry, nested
from entente.export.deck.projection import (
    Plane,
    cut_countries,
    cut_lakes,
    cut_line,
    cut_sea,
    fit_projection,
)
from entente.export.deck.text import read_markup, shorten
from entente.style.palette import LIGHT

NAME_PT, LEAST_NAME_PT = 1.15 * PT, 10.0  # names stand a little larger than on a page
LONGEST_NAME = 60
BADGE_PX = 14  # markers of this size and more hold their text
NARROW = {"line-ew": (1.0, 0.22), "line-ns": (0.22, 1.0), "arrow": (0.75, 1.0)}


def draw_map(slide: Any, figure: Part, box: Box, *, name: str, descr: str) -> None:
    """Draw a map in a box as one group: sea, countries, lakes, lines, marks, names.

    Args:
        slide: Where it is drawn.
        figure: A Plotly figure as plain data, of choropleths and scattergeos.
        box: Where it stands on the slide.
        name: Name of the group.
        descr: Its alternative text.
    """
    geo = figure["layout"]["geo"]
    plane = fit_projection(geo, box)
    points = [trace for trace in figure["data"] if trace.get("type") == "scattergeo"]
    sea, lake = (fill_xml(geo.get(key) or LIGHT.sea) for key in ("oceancolor", "lakecolor"))
    layers = {
        "sea": [freeform("sea", cut_sea(plane), fill=sea, is_closed=True)],
        "countries": _countries(plane, geo, figure["data"]),
        "lakes": [freeform("lakes", cut_lakes(plane), fill=lake, is_closed=True)],
        "lines": [shape for trace in points for shape in _lines(plane, trace)],
        "marks": [shape for trace in points for shape in _marks(plane, trace)],
        "names": _names(plane, points),
    }
    groups = [group(f"{name} {layer}", shapes, box) for layer, shapes in layers.items()]
    place(slide, group(name, groups, box, descr))


def _countries(plane: Plane, geo: Part, traces: Sequence[Part]) -> list[str]:
    """Every country in the frame, filled as the figure fills it."""
    land = geo.get("landcolor") or LIGHT.land
    fills = {
        code: trace["colorscale"][-1][1]
        for trace in traces
        if trace.get("type") == "choropleth"
        for code in trace["locations"]
    }
    border = line_xml(
        geo.get("countrycolor") or LIGHT.border, PT * float(geo.get("countrywidth") or 0.6)
    )
    return [
        freeform(
            f"country {code}",
            rings,
            fill=fill_xml(fills.get(code, land)),
            line=border,
            is_closed=True,
        )
        for code, rings in cut_countries(plane).items()
    ]


def _lines(plane: Plane, trace: Part) -> list[str]:
    """The lines of a trace: one shape for each thing that it draws, named by its id."""
    if "lines" not in (trace.get("mode") or "lines"):
        return []
    is_area = trace.get("fill") == "toself"
    opacity = float(trace.get("opacity") or 1)
    line = line_xml(
        nested(trace, "line", "color", default=LIGHT.ink),
        LINE_PT * float(nested(trace, "line", "width", default=2)),
        dash=nested(trace, "line", "dash", default="solid"),
        opacity=opacity,
    )
    fill = fill_xml(trace.get("fillcolor") if is_area else None, opacity=opacity)
    shapes = []
    for name, parts in _things(trace).items():
        paths = [path for lon, lat in parts for path in cut_line(plane, lon, lat)]
        shapes.append(freeform(name, paths, fill=fill, line=line, is_closed=is_area))
    return shapes


def _things(trace: Part) -> dict[str, list[tuple[list[float], list[float]]]]:
    """Name of each thing in a trace to its lines: a gap parts lines, another id parts things."""
    found: dict[str, list[tuple[list[float], list[float]]]] = {}
    is_new = True
    for spot, (lon, lat) in enumerate(zip(trace["lon"], trace["lat"], strict=True)):
        if lon is None or lat is None:
            is_new = True
            continue
        parts = found.setdefault(_identity(trace, spot), [])
        if is_new or not parts:
            parts.append(([], []))
        parts[-1][0].append(lon)
        parts[-1][1].append(lat)
        is_new = False
    return found


def _marks(plane: Plane, trace: Part) -> list[str]:
    """A shape for every point of a trace that can be seen, named by its id."""
    if "markers" not in (trace.get("mode") or "lines"):
        return []
    return [_mark(trace, spot, point) for spot, point in _points(plane, trace)]


def _mark(trace: Part, spot: int, point: Point) -> str:
    marker = trace.get("marker") or {}
    size = PT * float(entry(marker.get("size"), spot, 6))
    opacity = float(entry(marker.get("opacity"), spot, 1)) * float(trace.get("opacity") or 1)
    if size <= 0 or opacity <= 0:
        return ""
    symbol = str(entry(marker.get("symbol"), spot, "circle"))
    colour = entry(marker.get("color"), spot)
    outline, width = (entry(nested(marker, "line", part), spot) for part in ("color", "width"))
    if is_open(symbol):
        outline, colour = colour, None
    if symbol in ARMED_SYMBOLS:
        size, outline = size * 1.5, None if outline == LIGHT.paper else outline
    wide, high = (size * share for share in NARROW.get(symbol, (1.0, 1.0)))
    text = ""
    if _holds_text(trace, spot):
        ink = entry(nested(trace, "textfont", "color"), spot)
        lines = read_markup(entry(trace["text"], spot))
        text = text_body(lines, size=max(size * 0.66, 8), colour=ink, align="ctr")
    return preset(
        _identity(trace, spot),
        find_preset(symbol),
        Box(point[0] - wide / 2, point[1] - high / 2, wide, high),
        fill=fill_xml(colour, opacity=opacity),
        line=line_xml(outline, PT * float(width or 0), opacity=opacity),
        turn=float(entry(marker.get("angle"), spot, 0)),
        text=text,
    )


def _names(plane: Plane, traces: Sequence[Part]) -> list[str]:
    """Names of points as text boxes, none upon another."""
    taken, names = [], []
    for trace in traces:
        for spot, (x, y) in _points(plane, trace):
            if _text(trace, spot):
                size = PT * float(entry(nested(trace, "marker", "size"), spot, 0))
                taken.append(Box(x - size / 2, y - size / 2, size, size))
                if not _holds_text(trace, spot):
                    names.append(_name(trace, spot, (x, y), size))
    return [
        text_box(
            "".join(run.text for run in name.line),
            box,
            text_body(
                [name.line], size=name.size, colour=name.colour, align=align, glow=LIGHT.paper
            ),
        )
        for name, box, align in place_names(names, taken=taken, frame=plane.box)
    ]


def _name(trace: Part, spot: int, point: Point, size: float) -> Name:
    runs = read_markup(_text(trace, spot))[0]
    asked = float(entry(nested(trace, "textfont", "size"), spot, 12))
    return Name(
        line=tuple(replace(run, text=shorten(run.text, LONGEST_NAME)) for run in runs),
        point=point,
        side=str(entry(trace.get("textposition"), spot, "middle right")),
        gap=size / 2 + 2,
        size=max(asked * NAME_PT, LEAST_NAME_PT),
        colour=str(entry(nested(trace, "textfont", "color"), spot, LIGHT.ink)),
        is_needed=any(run.is_bold for run in runs),
    )


def _text(trace: Part, spot: int) -> Any:
    """The text of a point; None or empty where it has none."""
    return entry(trace.get("text"), spot) if "text" in (trace.get("mode") or "") else None


def _holds_text(trace: Part, spot: int) -> bool:
    """Whether the text of a point stands within its marker."""
    size = float(entry(nested(trace, "marker", "size"), spot, 6))
    is_middle = entry(trace.get("textposition"), spot) == "middle center"
    return bool(_text(trace, spot)) and size >= BADGE_PX and is_middle


def _points(plane: Plane, trace: Part) -> list[tuple[int, Point]]:
    """Place in the trace and on the slide of every point in the frame."""
    known = [
        (spot, lon, lat)
        for spot, (lon, lat) in enumerate(zip(trace["lon"], trace["lat"], strict=True))
        if lon is not None and lat is not None
    ]
    if not known:
        return []
    points = plane.project([lon for _, lon, _ in known], [lat for _, _, lat in known])
    box = plane.box
    return [
        (spot, (float(x), float(y)))
        for (spot, _, _), (x, y) in zip(known, points, strict=True)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    ]


def _identity(trace: Part, spot: int) -> str:
    """Kind and id of what a point belongs to; the name of the trace where it has none."""
    custom = entry(trace.get("customdata"), spot)
    if isinstance(custom, list | tuple) and len(custom) > 1:
        return f"{custom[0]} {custom[1]}"
    return str(trace.get("name") or "line")
