"""Every mark of every figure has a living id, and every claim its marks, or a reason for none.

Figures are drawn for all pages, modes and lenses on four days: before everything, the day of
the document, a day after the first verdicts were overtaken, and the day of the newest source; maps
in all frames and views of the borders; trade routes between several places, under what-ifs, with
vetoes, and where there is no way.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from entente.address.pages import VIEWS, encode_query
from entente.address.views import (
    MapView,
    RoutesView,
    TimelineView,
    default_view,
    list_controls,
    tied_actors,
)
from entente.briefing.page_contents import page_content
from entente.dossier.store import Dossier
from entente.record.coverage import list_places
from entente.vocabulary import LENSES, MAP_MODES, ROUTE_MODES, TIE_SIDES
from tests.claim_marks import list_marks_by_claim
from tests.marks import beginnings, known_ids, lifeless, list_marks, premature

DOCUMENT_DAY = dt.date(2021, 6, 15)
DAYS = (dt.date(2018, 6, 1), DOCUMENT_DAY, dt.date(2021, 10, 1))
TRIPS: dict[str, dict[str, Any]] = {
    "Orania to Marland": {"origin": "OR_PORT", "destination": "MA_PORT"},
    "denied": {"vetoes": ("QTO", "QVE")},
    "no way left": {"destination": "BE_POST", "vetoes": ("QMA", "QVE")},
    "supposed": {
        "origin": "OR_CITY",
        "destination": "MA_CITY",
        "scenarios": ("open-hill-line",),
        "objective": "cost",
    },
    "a road of a pledge": {"origin": "OR_PORT", "destination": "OR_CITY"},
    "nowhere to go": {"destination": "SU_PORT"},
}
Check = Callable[[str, Any], int]
MOST_SAID = 12


def modes_of(page: str, dossier: Dossier) -> tuple[str, ...]:
    """Readings of a page by code; one without a name where there are none."""
    mode = list_controls(VIEWS[page]).get("mode")
    return tuple(map(str, mode.options(dossier))) if mode else ("",)


@pytest.fixture(scope="module")
def check(dossier: Dossier) -> Check:
    """Look at all marks of a view; how many figures it has."""
    known, begins = known_ids(dossier.tables), beginnings(dossier.tables)

    def look(page: str, view: Any) -> int:
        found = [p for p in page_content(dossier, page, view).panels if p.figure is not None]
        faults = []
        for panel in found:
            marks = list_marks(panel.figure)
            is_out = view.as_of >= dossier.document.day
            announced = dossier.document.visits if is_out else ()
            early = premature(marks, begins, view.as_of, announced=announced)
            wrong = [*lifeless(marks, known), *early]
            faults += [f"{panel.key}: {fault}" for fault in wrong]
        address, said = encode_query(view, dossier), "\n".join(faults[:MOST_SAID])
        assert not faults, f"{len(faults)} faults in {page}?{address}\n{said}"
        return len(found)

    return look


@pytest.mark.parametrize(
    "is_whole", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["in part", "whole"]
)
@pytest.mark.parametrize("page", VIEWS)
def test_every_mark_has_a_living_id(
    page: str, is_whole: bool, check: Check, dossier: Dossier
) -> None:
    """On every day and in every lens; the whole of it has every lens on every day."""
    days = (*DAYS, dossier.horizon)
    looks = [
        (lens, day)
        for place, lens in enumerate(LENSES)
        for number, day in enumerate(days)
        if is_whole or number % len(LENSES) == place or day == dossier.horizon
    ]
    for mode in modes_of(page, dossier):
        view = default_view(VIEWS[page], dossier)
        view = replace(view, mode=mode) if mode else view
        figures = [check(page, replace(view, lens=lens, as_of=day)) for lens, day in looks]
        if "count" in list_controls(VIEWS[page]):
            check(page, replace(view, count="sentences"))
        has_none = mode in ("table", "list", "sources")
        assert (max(figures) == 0) == has_none, mode


def test_every_mark_of_every_map_has_a_living_id(check: Check, dossier: Dossier) -> None:
    for frame in dossier.document.map_views:
        view = replace(default_view(MapView, dossier), frame=frame, side="both")
        for side in TIE_SIDES:
            check("alliance_map", replace(view, side=side))
        for borders in dossier.labels("border_views"):
            assert check("alliance_map", replace(view, borders=borders)) == 1


@pytest.mark.parametrize("mode", MAP_MODES)
def test_every_mark_of_two_days_compared_has_a_living_id(
    mode: str, check: Check, dossier: Dossier
) -> None:
    everybody = replace(default_view(MapView, dossier), actors=tied_actors(dossier))
    check("alliance_map", replace(everybody, mode=mode, since=DOCUMENT_DAY))


def test_every_mark_of_every_zoom_has_a_living_id(check: Check, dossier: Dossier) -> None:
    view = default_view(TimelineView, dossier)
    for zoom in dossier.document.timeline_spans:
        for day in (dossier.document.day, dossier.horizon):
            check("timeline", replace(view, zoom=zoom, as_of=day))


@pytest.mark.parametrize("name", TRIPS)
def test_every_mark_of_every_trip_has_a_living_id(
    name: str, check: Check, dossier: Dossier
) -> None:
    view = replace(default_view(RoutesView, dossier), **TRIPS[name])
    for mode in ROUTE_MODES:
        check("trade_routes", replace(view, mode=mode))


def test_the_walk_fails_on_a_trace_without_ids_and_on_an_id_that_was_retired(
    dossier: Dossier,
) -> None:
    view = default_view(TimelineView, dossier)
    (panel,) = page_content(dossier, "timeline", view).panels
    known = known_ids(dossier.tables)
    retired = {**known, "claims": known["claims"] - {"k04"}}
    faults = lifeless(list_marks(panel.figure), retired)
    assert faults
    assert all("k04, behind it, does not exist" in fault for fault in faults)
    bare = go.Figure(panel.figure)
    bare.data[-1].customdata = None
    assert len(lifeless(list_marks(bare), known)) == 1


@pytest.fixture(scope="module")
def drawn(dossier: Dossier) -> dict[str, Any]:
    return list_marks_by_claim(dossier)


def test_every_claim_has_a_mark_or_a_reason_and_not_both(
    drawn: dict[str, Any], dossier: Dossier
) -> None:
    reasons = dossier["claims"].set_index("claim_id")["undrawn_reason"]
    assert list(drawn) == list(reasons.index)
    for claim_id, marks in drawn.items():
        assert bool(marks) != isinstance(reasons[claim_id], str), claim_id


def test_the_page_of_claims_lists_the_marks_that_figures_have(
    drawn: dict[str, Any], dossier: Dossier
) -> None:
    """Bars of vetoes are listed once a page: which there are depends on the day."""
    in_figures = {
        (claim_id, mark.page, mark.kind, "" if mark.kind == "veto" else mark.mark_id)
        for claim_id, marks in drawn.items()
        for mark in marks
    }
    rows = list_places(dossier.tables).fillna({"mark_id": ""})
    listed = rows[["claim_id", "page_code", "kind", "mark_id"]].itertuples(index=False, name=None)
    assert in_figures == set(listed)


def test_every_mark_of_a_claim_has_an_address_that_shows_it(drawn: dict[str, Any]) -> None:
    for mark in (mark for marks in drawn.values() for mark in marks):
        assert mark.label
        assert mark.href.startswith(f"{mark.page}?")
        if mark.kind not in ("veto", "leg"):
            assert f"pick={mark.mark_id}&" in mark.href
