"""The marks of a figure: what each says that it stands for, whether that exists, and did by a day.

A mark is a point, line, area or shape. Its identity is made by `entente.style.identities`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from entente.dates import known_from
from entente.dossier.document import Document
from entente.style.theme import SCAFFOLD

# Kind of a mark to the table whose ids it has. A veto is that of an actor, or of several.
KINDS = {
    "claim": "claims",
    "event": "events",
    "expectation": "expectations",
    "tie": "ties",
    "pair": "ties",
    "actor": "actors",
    "area": "areas",
    "node": "nodes",
    "leg": "legs",
    "corridor": "corridors",
    "veto": "actors",
    "benchmark": "benchmarks",
}
# What stands on a map by itself: its row is all there is to it.
BY_THEMSELVES = ("actor", "area", "node")
# Of the other kinds, each mark is one of these, or has one of them behind it.
EVIDENCE = ("claims", "events", "legs")
BEHIND = (*EVIDENCE, "ties", "corridors", "pledge_steps", "actors", "nodes", "sources")
# Tables of what begins on a day, with the column of that day.
DATED = {"events": "date_edtf", "ties": "start_edtf", "pledge_steps": "date_edtf"}

Tables = Mapping[str, pd.DataFrame]
Known = Mapping[str, frozenset[str]]


class Mark(NamedTuple):
    """What one mark of a figure stands for.

    Attributes:
        kind: A key of `KINDS`; empty when the mark does not say.
        ids: Ids of that kind.
        behind: Ids of what it rests on, of any of the tables `BEHIND`.
        where: Its place in the figure, for a reader of a fault.
    """

    kind: str
    ids: tuple[str, ...]
    behind: tuple[str, ...]
    where: str


def known_ids(tables: Tables) -> dict[str, frozenset[str]]:
    """Table to the ids in it, for those tables that marks can name."""
    names = dict.fromkeys((*KINDS.values(), *BEHIND))
    return {name: frozenset(tables[name].iloc[:, 0]) for name in names}


def lifeless(marks: Iterable[Mark], known: Known) -> list[str]:
    """What is wrong with marks, a sentence each; none when every one has a living id.

    Args:
        marks: The marks of a figure.
        known: What :func:`known_ids` gives.
    """
    anywhere = frozenset[str]().union(*(known[name] for name in BEHIND))
    evidence = frozenset[str]().union(*(known[name] for name in EVIDENCE))
    return list(
        dict.fromkeys(
            f"{mark.where}: {fault}"
            for mark in marks
            for fault in _faults(mark, known, anywhere, evidence)
        )
    )


def beginnings(tables: Tables) -> dict[str, dt.date]:
    """Id to the day from which it is on record; an expectation is as old as the text."""
    begins = {
        row_id: known_from(text)
        for name, column in DATED.items()
        for row_id, text in zip(tables[name].iloc[:, 0], tables[name][column], strict=True)
    }
    published = Document(tables).day
    return begins | dict.fromkeys(tables["expectations"]["expectation_id"], published)


def premature(
    marks: Iterable[Mark],
    begins: Mapping[str, dt.date],
    as_of: dt.date,
    *,
    announced: Collection[str] = (),
) -> list[str]:
    """Marks that show what had not begun by a day, a sentence each.

    Args:
        marks: The marks of a figure.
        begins: What :func:`beginnings` gives.
        as_of: The day whose knowledge the figure shows.
        announced: Events that may stand before their day, where the document expects them.
    """
    return list(
        dict.fromkeys(
            f"{mark.where}: {one} begins on {begins[one]}"
            for mark in marks
            for one in (*mark.ids, *mark.behind)
            if one in begins and begins[one] > as_of and one not in announced
        )
    )


def _faults(
    mark: Mark, known: Known, anywhere: frozenset[str], evidence: frozenset[str]
) -> Iterator[str]:
    if mark.kind not in KINDS:
        yield f"no kind {mark.kind!r}" if mark.kind else "neither an id nor declared as scaffold"
        return
    table = KINDS[mark.kind]
    if not mark.ids:
        yield f"no id of kind {mark.kind}"
    yield from (f"{one} is none of the {table}" for one in mark.ids if one not in known[table])
    yield from (f"{one}, behind it, does not exist" for one in mark.behind if one not in anywhere)
    if mark.kind not in BY_THEMSELVES and not evidence & {*mark.ids, *mark.behind}:
        yield f"no claim, event or leg behind {mark.kind} {' '.join(mark.ids)}"


# Kind of trace to where its points stand: there is a mark wherever the first of these is not empty.
POINTS = {"scatter": "x", "bar": "x", "scattergeo": "lon", "choropleth": "locations"}


def list_marks(figure: go.Figure) -> list[Mark]:
    """Every mark of a figure, in drawing order, without those declared as scaffolding.

    One that neither says what it stands for nor is declared has no kind. So has every trace of a
    kind that is not known here. Annotations are words beside marks, and are none.
    """
    found = [mark for n, trace in enumerate(figure.data) for mark in _of_trace(trace, n)]
    return found + [mark for shape in figure.layout.shapes for mark in _of_shape(shape)]


def _of_trace(trace: Any, number: int) -> Iterator[Mark]:
    if isinstance(trace.meta, Mapping) and trace.meta.get(SCAFFOLD):
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
