"""Maps of the deck: a figure with a `geo` as native shapes, grouped and named by their ids."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from entente.export.deck.box import Box
from entente.export.deck.drawingml import LINE, PT, fill_xml, line_xml, under
from entente.export.deck.marks import marks_on, name_at, names_on
from entente.export.deck.outlines import Plane, countries_on, lakes_on, lines_on, plane_of, sea_on
from entente.export.deck.shapes import freeform, group
from entente.style.palette import Palette

Trace = Mapping[str, Any]


def map_shapes(
    figure: Mapping[str, Any],
    box: Box,
    *,
    ids: Iterator[int],
    palette: Palette,
    name: str,
    descr: str,
) -> str:
    """The map of a figure as one group: sea, countries, lakes, lines, marks, names.

    Args:
        figure: A Plotly figure as plain data.
        box: Where it stands on the slide.
        ids: Where shapes get their numbers.
        palette: Colours for what the figure leaves open.
        name: Name of the group.
        descr: Its alternative text.
    """
    geo = figure["layout"]["geo"]
    plane = plane_of(geo, box)
    traces: Sequence[Trace] = figure["data"]
    points = [trace for trace in traces if trace.get("type") == "scattergeo"]
    layers = {
        "sea": _sea(plane, geo, ids, palette),
        "countries": _countries(plane, geo, traces, ids, palette),
        "lakes": _lakes(plane, geo, ids, palette),
        "lines": [shape for trace in points for shape in _lines(plane, trace, ids, palette)],
        "marks": [shape for trace in points for shape in marks_on(plane, trace, ids, palette)],
        "names": names_on(plane, points, ids, palette),
    }
    groups = [group(ids, f"{name} {layer}", shapes, box) for layer, shapes in layers.items()]
    return group(ids, name, groups, box, descr)


def _sea(plane: Plane, geo: Mapping[str, Any], ids: Iterator[int], palette: Palette) -> list[str]:
    colour = geo.get("oceancolor") or palette.sea
    return [freeform(ids, "sea", sea_on(plane), fill=fill_xml(colour), is_closed=True)]


def _countries(
    plane: Plane,
    geo: Mapping[str, Any],
    traces: Sequence[Trace],
    ids: Iterator[int],
    palette: Palette,
) -> list[str]:
    """Every country in the frame, filled as the figure fills it."""
    land = geo.get("landcolor") or palette.land
    fills = {
        place: trace["colorscale"][-1][1]
        for trace in traces
        if trace.get("type") == "choropleth"
        for place in trace["locations"]
    }
    border = line_xml(
        geo.get("countrycolor") or palette.border, PT * float(geo.get("countrywidth") or 0.6)
    )
    return [
        freeform(
            ids,
            f"country {code}",
            rings,
            fill=fill_xml(fills.get(code, land)),
            line=border,
            is_closed=True,
        )
        for code, rings in countries_on(plane).items()
    ]


def _lakes(plane: Plane, geo: Mapping[str, Any], ids: Iterator[int], palette: Palette) -> list[str]:
    colour = geo.get("lakecolor") or palette.sea
    shapes = [freeform(ids, "lakes", lakes_on(plane), fill=fill_xml(colour), is_closed=True)]
    return [shape for shape in shapes if shape]


def _lines(plane: Plane, trace: Trace, ids: Iterator[int], palette: Palette) -> list[str]:
    """The lines of a trace: one shape for each thing that it draws, named by its id."""
    if "lines" not in (trace.get("mode") or "lines"):
        return []
    filled = trace.get("fill") == "toself"
    opacity = float(trace.get("opacity") or 1)
    line = line_xml(
        under(trace, "line", "color", default=palette.ink),
        LINE * float(under(trace, "line", "width", default=2)),
        dash=under(trace, "line", "dash", default="solid"),
        opacity=opacity,
    )
    fill = fill_xml(trace.get("fillcolor") if filled else None, opacity=opacity)
    shapes = []
    for name, parts in _things(trace).items():
        paths = [path for lon, lat in parts for path in lines_on(plane, lon, lat)]
        shapes.append(freeform(ids, name, paths, fill=fill, line=line, is_closed=filled))
    return [shape for shape in shapes if shape]


def _things(trace: Trace) -> dict[str, list[tuple[list[float], list[float]]]]:
    """Name of each thing in a trace to its lines: a gap parts lines, another id parts things."""
    found: dict[str, list[tuple[list[float], list[float]]]] = {}
    is_new = True
    for place, (lon, lat) in enumerate(zip(trace["lon"], trace["lat"], strict=True)):
        if lon is None or lat is None:
            is_new = True
            continue
        parts = found.setdefault(name_at(trace, place), [])
        if is_new or not parts:
            parts.append(([], []))
        parts[-1][0].append(lon)
        parts[-1][1].append(lat)
        is_new = False
    return found
