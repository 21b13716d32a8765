"""Marks of a figure, and what is wrong with them: the rules, on figures made for it."""

import datetime as dt
from typing import Any

import plotly.graph_objects as go
import pytest

from entente.dossier.store import Dossier
from entente.style.theme import identity, identity_name, scaffold, scaffold_name
from tests.marks import beginnings, known_ids, lifeless, list_marks, premature

EVENT = identity("event", "winter-visit", "k01")


@pytest.fixture(scope="module")
def known(dossier: Dossier) -> dict[str, frozenset[str]]:
    return known_ids(dossier.tables)


def scatter(marks: Any, **more: Any) -> go.Figure:
    return go.Figure(go.Scatter(x=[1, None, 2], y=[1, None, 2], customdata=marks, **more))


def ruled(name: str | None) -> go.Figure:
    return go.Figure(layout={"shapes": [{"type": "line", "x0": 0, "x1": 1, "name": name}]})


def test_an_identity_names_each_id_once() -> None:
    legs = ("L1", "L2", "L1")
    assert identity("leg", legs, "c31 c31", ["s1"]) == ["leg", "L1 L2", "c31 s1"]
    assert identity_name(identity("claim", "c04")) == "claim c04"


def test_a_mark_is_what_it_carries_and_gaps_are_none() -> None:
    marks = list_marks(scatter([EVENT, EVENT, ["leg", "g01", "western", "lake"]]))
    assert [(mark.kind, mark.ids, mark.behind) for mark in marks] == [
        ("event", ("winter-visit",), ("k01",)),
        ("leg", ("g01",), ("western", "lake")),
    ]


def test_scaffolding_is_no_mark_when_it_says_so() -> None:
    assert list_marks(scatter(None, meta=scaffold("key"))) == []
    assert list_marks(ruled(scaffold_name("grid"))) == []
    (mark,) = list_marks(ruled("claim c04"))
    assert (mark.kind, mark.ids) == ("claim", ("c04",))


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (scatter(None), "neither an id nor declared"),
        (scatter([EVENT]), "neither an id nor declared"),
        (scatter(None, meta="scaffold"), "neither an id nor declared"),
        (go.Figure(go.Heatmap(z=[[1]])), "neither an id nor declared"),
        (ruled(None), "neither an id nor declared"),
        (ruled("grid"), "no kind 'grid'"),
        (scatter([["way", "way-1", "g01"]] * 3), "no kind 'way'"),
        (scatter([["event", "", "k01"]] * 3), "no id of kind event"),
        (scatter([["event", "k01", ""]] * 3), "k01 is none of the events"),
        (scatter([["event", "winter-visit nowhere", ""]] * 3), "nowhere is none of the events"),
        (scatter([["event", "winter-visit", "k99"]] * 3), "k99, behind it, does not exist"),
        (scatter([["corridor", "western", ""]] * 3), "no claim, event or leg behind"),
        (scatter([["veto", "QTO", "QMA"]] * 3), "no claim, event or leg behind"),
    ],
)
def test_what_is_wrong_is_said(
    figure: go.Figure, fault: str, known: dict[str, frozenset[str]]
) -> None:
    faults = lifeless(list_marks(figure), known)
    assert faults
    assert all(fault in text for text in faults)


@pytest.mark.parametrize(
    "mark",
    [
        EVENT,
        identity("actor", "QMA"),
        identity("area", "QXA"),
        identity("node", "SU_PORT"),
        identity("veto", ["QVE", "QMA"], "g01"),
        identity("expectation", "y02", "k08"),
    ],
)
def test_what_is_right_is_left_alone(mark: list[str], known: dict[str, frozenset[str]]) -> None:
    assert lifeless(list_marks(scatter([mark] * 3)), known) == []


@pytest.mark.parametrize(
    ("mark", "day", "count"),
    [
        (identity("event", "relations"), dt.date(2022, 2, 9), 1),
        (identity("event", "relations"), dt.date(2022, 2, 10), 0),
        (identity("tie", "bel-ora-diplomacy", "relations"), dt.date(2022, 2, 9), 2),
        (identity("event", "summer-visit"), dt.date(2021, 6, 15), 0),
        (identity("event", "summer-visit"), dt.date(2021, 6, 14), 1),
    ],
)
def test_what_is_shown_before_its_day_is_said(
    mark: list[str], day: dt.date, count: int, dossier: Dossier
) -> None:
    begins = beginnings(dossier.tables)
    figure = go.Figure(go.Scatter(x=[1], y=[1], customdata=[mark]))
    announced = dossier.document.visits if day >= dossier.document.day else ()
    assert len(premature(list_marks(figure), begins, day, announced=announced)) == count
