"""Rules across the tables behind the alliance map: views of the borders, kinds of evidence."""

from collections.abc import Callable, Iterator

import pandas as pd

from entente.check.faults import Fault
from entente.check.within import Tables, faults_where, values_of

Rule = Callable[[Tables, Tables], Iterator[Fault]]
PLACE = ["border_view_code", "area_id"]


def whole_border_views(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Each view of the borders places each area, on a source; what nobody has is disputed."""
    views = tables["border_views"]
    nobody = views["shown_as_actor_id"].isna() & ~views["is_disputed"]
    yield from faults_where(tables, "border_views", nobody, "nobody_undisputed", "is_disputed")
    sourced = _places(texts, "border_view_sources")
    bare = [place not in sourced for place in zip(*(views[name] for name in PLACE), strict=True)]
    mask = pd.Series(bare, index=views.index, dtype=bool)
    yield from faults_where(tables, "border_views", mask, "no_source", "area_id")
    yield from _gaps(tables, _places(texts, "border_views"))


def kinds_of_evidence(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every kind of event counts as some kind of evidence."""
    known = values_of(texts, "event_kind_evidence", "event_kind_code")
    bare = ~tables["codes/event_kinds"]["code"].isin(known)
    yield from faults_where(tables, "codes/event_kinds", bare, "no_evidence_kind", "code")


def _gaps(tables: Tables, placed: set[tuple[str, str]]) -> Iterator[Fault]:
    """Views that say nothing of some area."""
    codes, areas = tables["codes/border_views"]["code"], tables["areas"]["area_id"]
    gaps = [any((code, area) not in placed for area in areas) for code in codes]
    mask = pd.Series(gaps, index=codes.index, dtype=bool)
    yield from faults_where(tables, "codes/border_views", mask, "border_view_gap", "code")


def _places(texts: Tables, name: str) -> set[tuple[str, str]]:
    frame = texts[name]
    if not set(PLACE) <= set(frame):
        return set()
    return set(zip(*(frame[column] for column in PLACE), strict=True))


RULES_OF_MAP: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (
        ("border_views", "border_view_sources", "areas", "codes/border_views"),
        whole_border_views,
    ),
    (("event_kind_evidence", "codes/event_kinds"), kinds_of_evidence),
)
