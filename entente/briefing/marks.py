"""The marks of a figure: what each point, line, area and shape says that it stands for."""

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from entente.record.living_ids import Mark
from entente.style.identities import SCAFFOLD, is_scaffold

# Kind of trace to where its points stand: there is a mark wherever the first of these is not empty.
POINTS = {"scatter": "x", "bar": "x", "scattergeo": "lon", "choropleth": "locations"}


def marks_of(figure: go.Figure) -> list[Mark]:
    """Every mark of a figure, in drawing order, without those declared as scaffolding.

    One that neither says what it stands for nor is declared has no kind. So has every trace of a
    kind that is not known here. Annotations are words beside marks, and are none.
    """
    found = [mark for n, trace in enumerate(figure.data) for mark in _of_trace(trace, n)]
    return found + [mark for shape in figure.layout.shapes for mark in _of_shape(shape)]


def _of_trace(trace: Any, number: int) -> Iterator[Mark]:
    if is_scaffold(trace.meta):
        return
    name = f"{trace.type} {number}" + (f" “{trace.name}”" if trace.name else "")
    if trace.type not in POINTS:
        yield Mark("", (), (), name)
        return
    points = _listed(trace[POINTS[trace.type]])
    carried = _listed(trace.customdata)
    if len(carried) != len(points):
        yield Mark("", (), (), f"{name}, {len(points)} points, {len(carried)} identities")
        return
    for place, (point, parts) in enumerate(zip(points, carried, strict=True)):
        if point is not None:
            yield _mark(parts, f"{name}, point {place}")


def _of_shape(shape: Any) -> Iterator[Mark]:
    name = shape.name or ""
    if not name.startswith(f"{SCAFFOLD}: "):
        yield _mark(name.split(), f"{shape.type} {shape.x0}–{shape.x1}, {shape.y0}–{shape.y1}")


def _mark(parts: Any, where: str) -> Mark:
    """A mark from its identity: kind, ids joined by blanks, and all that stands behind it."""
    words = [] if parts is None or isinstance(parts, str) else [str(part) for part in parts]
    kind, ids, *behind = [*words, "", ""]
    return Mark(kind, tuple(ids.split()), tuple(" ".join(behind).split()), where)


def _listed(values: Any) -> Sequence[Any]:
    return () if values is None else list(values)
