"""Pledges: how far each had come by a day, as rows, a sentence and a ladder."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from entente.claims.pledges import (
    build_ladder,
    describe_ladder,
    draw_pledges,
    list_stages,
    say_amount,
    say_deliveries,
)
from entente.dossier.store import Dossier
from entente.style.palette import DARK, LIGHT, Palette

PUBLICATION, AUTUMN, TODAY = dt.date(2025, 4, 10), dt.date(2025, 9, 1), dt.date(2026, 7, 1)


def states(dossier: Dossier, day: dt.date, pledge_id: str) -> list[str]:
    rows = build_ladder(dossier, as_of=day)
    return list(rows[rows["pledge_id"] == pledge_id]["state"])


def tables(dossier: Dossier, day: dt.date) -> dict[str, Any]:
    return {"cells": build_ladder(dossier, as_of=day), "stages": list_stages(dossier)}


def test_nothing_is_on_record_as_delivered(dossier: Dossier) -> None:
    rows = build_ladder(dossier, as_of=TODAY)
    delivered = rows[rows["stage_code"] == "delivered"].set_index("pledge_id")["state"]
    assert "reached" not in set(delivered)
    assert delivered["jf17"] == "unconfirmed"
    assert say_deliveries(rows, day="1 July 2026") == (
        "Of 6 pledges, none is on record as delivered by 1 July 2026; "
        "1 is reported so and not confirmed"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-07-10", []),
        ("2024-07-11", ["passed", "reached", "missing", "missing", "missing"]),
        ("2025-07-03", ["passed", "reached", "missing", "missing", "missing"]),
        ("2025-07-04", ["passed", "reached", "passed", "reached", "missing"]),
        ("2026-07-01", ["passed", "reached", "passed", "reached", "missing"]),
    ],
)
def test_the_two_billion_climb_one_rung(dossier: Dossier, day: str, expected: list[str]) -> None:
    assert states(dossier, dt.date.fromisoformat(day), "two-billion") == expected


def test_an_early_offer_is_not_confirmed_until_it_is(dossier: Dossier) -> None:
    promised = [states(dossier, day, "m6-credit")[1] for day in (PUBLICATION, AUTUMN)]
    assert promised == ["unconfirmed", "reached"]


def test_a_step_is_known_when_its_first_source_is_out(dossier: Dossier) -> None:
    # The first jets are dated to the autumn of 2025; the report is of 8 January 2026.
    for day, expected in ((dt.date(2026, 1, 7), "missing"), (dt.date(2026, 1, 8), "unconfirmed")):
        assert states(dossier, day, "jf17")[-1] == expected


def test_a_replaced_pledge_ends_in_a_cross(dossier: Dossier) -> None:
    assert "replaced" not in states(dossier, AUTUMN, "m9-credit")
    cells = build_ladder(dossier, as_of=TODAY)
    own = cells[cells["pledge_id"] == "m9-credit"]
    assert own[["stage_code", "state", "pledge_step_id"]].to_numpy().tolist() == [
        ["asked", "reached", "m9-credit-1"],
        ["promised", "replaced", "m9-credit-2"],
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("day", [PUBLICATION, AUTUMN, TODAY])
def test_every_mark_of_the_ladder_names_living_ids(
    dossier: Dossier, day: dt.date, palette: Palette
) -> None:
    figure = draw_pledges(palette=palette, **tables(dossier, day))
    claims, events = set(dossier["claims"]["claim_id"]), set(dossier["events"]["event_id"])
    steps = set(dossier["pledge_steps"]["pledge_step_id"])
    marks = [mark for trace in figure.data for mark in trace.customdata]
    assert marks
    for kind, claim_id, behind in marks:
        assert kind == "claim"
        assert claim_id in claims
        assert set(behind.split()) <= claims | events | steps


def test_states_differ_in_shape_and_filling(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, TODAY))
    looks = {
        (symbol, fill == LIGHT.paper)
        for trace in figure.data
        for symbol, fill in zip(trace.marker.symbol, trace.marker.color, strict=True)
    }
    assert looks == {("circle", False), ("circle", True), ("diamond", True), ("x-thin", False)}


def test_the_line_is_firm_only_as_far_as_the_record_goes(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, TODAY))
    jets = [s for s in figure.layout.shapes if s.xref != "paper" and round(s.y0) == 4]
    assert [(s.x0, s.x1, s.line.dash) for s in jets] == [(1, 3, "solid"), (3, 4, "dash")]


def test_missing_deliveries_are_said_in_words(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, TODAY))
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("not on record") == 4
    assert "<b>4 July 2025</b><br>2 billion USD<br>framework" in texts


def test_the_order_of_the_input_does_not_matter(dossier: Dossier) -> None:
    names = ("pledges", "pledge_steps", "pledge_step_sources")
    turned = {name: dossier[name].iloc[::-1] for name in names}
    other = replace(dossier, tables={**dossier.tables, **turned}, digest="turned round")
    dump = [
        json.dumps(draw_pledges(palette=LIGHT, **one).to_plotly_json(), sort_keys=True, default=str)
        for one in (tables(dossier, TODAY), tables(other, TODAY))
    ]
    assert dump[0] == dump[1]


def test_amounts_have_units() -> None:
    assert say_amount({"amount": 475.0, "unit": "million USD"}) == "475 million USD"
    assert say_amount({"amount": 0.6, "unit": "billion USD"}) == "0.6 billion USD"
    assert say_amount({"amount": float("nan"), "unit": None}) == ""


def test_the_text_alternative_says_how_far_each_came(dossier: Dossier) -> None:
    text = describe_ladder(**tables(dossier, TODAY))
    assert "Two billion dollars: signed 4 July 2025" in text
    assert "JF-17 fighters, the order: delivered autumn 2025 (not confirmed)" in text
    assert "asked for 30 Mar 2025, then replaced" in text


def test_before_any_pledge_the_ladder_says_so(dossier: Dossier) -> None:
    parts = tables(dossier, dt.date(2020, 1, 1))
    figure = draw_pledges(palette=LIGHT, **parts)
    assert "No pledge" in figure.layout.annotations[0].text
    assert "no pledge" in describe_ladder(**parts)
    assert say_deliveries(parts["cells"], day="then") == "No pledge was on record by then"


def test_for_a_low_place_a_cell_has_two_lines_and_the_same_words(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, TODAY))
    low = draw_pledges(palette=LIGHT, **tables(dossier, TODAY), is_low=True)
    texts = [words.text for words in low.layout.annotations]
    assert all(text.count("<br>") <= 1 for text in texts)
    assert [text.replace(", ", "<br>") for text in texts] == [
        words.text.replace(", ", "<br>") for words in figure.layout.annotations
    ]
    assert "<b>about Feb 2024</b><br>1.6 billion USD, not confirmed" in texts
