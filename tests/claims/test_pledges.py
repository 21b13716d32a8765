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
    ladder_panel,
    list_stages,
    say_amount,
    say_deliveries,
)
from entente.content import LEAST_IN_ROOM
from entente.dossier.store import Dossier
from entente.style.palette import DARK, LIGHT, Palette

PUBLICATION, AUTUMN, NEWEST = dt.date(2021, 6, 15), dt.date(2021, 9, 1), dt.date(2022, 9, 30)


def states(dossier: Dossier, day: dt.date, pledge_id: str) -> list[str]:
    rows = build_ladder(dossier, as_of=day)
    return list(rows[rows["pledge_id"] == pledge_id]["state"])


def tables(dossier: Dossier, day: dt.date) -> dict[str, Any]:
    return {"cells": build_ladder(dossier, as_of=day), "stages": list_stages(dossier)}


def test_what_is_on_record_as_delivered_is_counted_and_what_is_not_confirmed_apart(
    dossier: Dossier,
) -> None:
    rows = build_ladder(dossier, as_of=NEWEST)
    delivered = rows[rows["stage_code"] == "delivered"].set_index("pledge_id")["state"]
    assert delivered[delivered == "reached"].index.tolist() == ["credit-two"]
    assert delivered["more-gas"] == "unconfirmed"
    assert say_deliveries(rows, day="30 September 2022") == (
        "Of 4 pledges, 1 is on record as delivered by 30 September 2022; "
        "1 is reported so and not confirmed"
    )
    assert say_deliveries(rows[rows["pledge_id"] == "more-gas"], day="then") == (
        "Of 1 pledge, none is on record as delivered by then; 1 is reported so and not confirmed"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-02-04", []),
        ("2021-02-05", ["passed", "unconfirmed", "missing", "missing", "missing"]),
        ("2021-08-19", ["passed", "unconfirmed", "missing", "missing", "missing"]),
        ("2021-08-20", ["reached", "unconfirmed", "passed", "reached", "missing"]),
        ("2022-09-30", ["reached", "unconfirmed", "passed", "reached", "reached"]),
    ],
)
def test_a_pledge_climbs_rung_by_rung(dossier: Dossier, day: str, expected: list[str]) -> None:
    assert states(dossier, dt.date.fromisoformat(day), "credit-two") == expected


def test_an_early_offer_is_not_confirmed_until_it_is(dossier: Dossier) -> None:
    promised = [states(dossier, day, "more-gas")[1] for day in (PUBLICATION, AUTUMN)]
    assert promised == ["unconfirmed", "reached"]


def test_a_step_is_known_when_its_first_source_is_out(dossier: Dossier) -> None:
    # The first gas is dated to the spring of 2022; the report is of 30 August.
    for day, expected in ((dt.date(2022, 8, 29), "missing"), (NEWEST, "unconfirmed")):
        assert states(dossier, day, "more-gas")[-1] == expected


def test_a_replaced_pledge_ends_in_a_cross(dossier: Dossier) -> None:
    assert "replaced" not in states(dossier, AUTUMN, "frigate")
    cells = build_ladder(dossier, as_of=NEWEST)
    own = cells[cells["pledge_id"] == "frigate"]
    assert own[["stage_code", "state", "pledge_step_id"]].to_numpy().tolist()[-2:] == [
        ["signed", "reached", "frigate-1"],
        ["delivered", "replaced", "frigate-2"],
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("day", [PUBLICATION, AUTUMN, NEWEST])
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
    figure = draw_pledges(palette=LIGHT, **tables(dossier, NEWEST))
    looks = {
        (symbol, fill == LIGHT.paper)
        for trace in figure.data
        for symbol, fill in zip(trace.marker.symbol, trace.marker.color, strict=True)
    }
    assert looks == {("circle", False), ("circle", True), ("diamond", True), ("x-thin", False)}


def test_the_line_is_firm_only_as_far_as_the_record_goes(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, NEWEST))
    gas = [s for s in figure.layout.shapes if s.xref != "paper" and round(s.y0) == 3]
    assert [(s.x0, s.x1, s.line.dash) for s in gas] == [(1, 3, "solid"), (3, 4, "dash")]


def test_missing_deliveries_are_said_in_words(dossier: Dossier) -> None:
    figure = draw_pledges(palette=LIGHT, **tables(dossier, NEWEST))
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("not on record") == 1
    assert "<b>20 Aug 2021</b><br>1 million crowns<br>half" in texts


def test_the_order_of_the_input_does_not_matter(dossier: Dossier) -> None:
    names = ("pledges", "pledge_steps", "pledge_step_sources")
    turned = {name: dossier[name].iloc[::-1] for name in names}
    other = replace(dossier, tables={**dossier.tables, **turned}, digest="turned round")
    dump = [
        json.dumps(draw_pledges(palette=LIGHT, **one).to_plotly_json(), sort_keys=True, default=str)
        for one in (tables(dossier, NEWEST), tables(other, NEWEST))
    ]
    assert dump[0] == dump[1]


def test_amounts_have_units() -> None:
    assert say_amount({"amount": 475.0, "unit": "million USD"}) == "USD 475 million"
    assert say_amount({"amount": 0.6, "unit": "billion USD"}) == "USD 0.6 billion"
    assert say_amount({"amount": float("nan"), "unit": None}) == ""


def test_the_text_alternative_says_how_far_each_came(dossier: Dossier) -> None:
    text = describe_ladder(**tables(dossier, NEWEST))
    assert "Money for a road: approved 20 Jan 2022" in text
    assert "More gas: delivered spring 2022 (not confirmed)" in text
    assert "signed about Nov 2018, then replaced" in text


def test_before_any_pledge_the_ladder_says_so(dossier: Dossier) -> None:
    parts = tables(dossier, dt.date(2010, 1, 1))
    figure = draw_pledges(palette=LIGHT, **parts)
    assert "No pledge" in figure.layout.annotations[0].text
    assert "no pledge" in describe_ladder(**parts)
    assert say_deliveries(parts["cells"], day="then") == "No pledge was on record by then"


def test_for_a_room_letters_are_large_and_a_cell_has_two_lines_at_most(dossier: Dossier) -> None:
    desk = draw_pledges(palette=LIGHT, **tables(dossier, NEWEST))
    room = draw_pledges(palette=LIGHT, **tables(dossier, NEWEST), is_for_room=True)
    assert len(room.layout.annotations) == len(desk.layout.annotations)
    cells = [words for words in room.layout.annotations if words.yanchor == "top"]
    assert cells
    assert max(words.text.count("<br>") for words in cells) == 1
    sizes = [words.font.size for words in room.layout.annotations]
    assert min([*sizes, room.layout.xaxis.tickfont.size]) >= LEAST_IN_ROOM


def test_a_pledge_of_which_only_the_replacement_is_on_record_is_drawn_and_described(
    dossier: Dossier,
) -> None:
    steps = dossier["pledge_steps"]
    pledge_id = steps.loc[steps["stage_code"] == "replaced", "pledge_id"].iloc[0]
    is_earlier = (steps["pledge_id"] == pledge_id) & (steps["stage_code"] != "replaced")
    changed = {**dossier.tables, "pledge_steps": steps[~is_earlier]}
    bare = replace(dossier, tables=changed, digest="bare ladder")
    shown = tables(bare, NEWEST)
    assert "replaced, with no earlier step on record" in describe_ladder(**shown)
    assert draw_pledges(palette=LIGHT, **shown).data
    rows = ladder_panel(bare, as_of=NEWEST, appearance="light").phone_table
    assert rows["How far it came"].str.contains("replaced").any()


def test_a_phone_is_told_the_last_stage_of_each_pledge(dossier: Dossier) -> None:
    rows = ladder_panel(dossier, as_of=NEWEST, appearance="light").phone_table
    assert rows["Pledge"].tolist() == dossier["pledges"].sort_values("sequence")["label"].tolist()
    said = dict(zip(rows["Pledge"], rows["How far it came"], strict=True))
    labels = dossier["pledges"].set_index("pledge_id")["label"]
    assert said[labels["credit-two"]].startswith("Delivered, ")
    assert "not confirmed" in said[labels["more-gas"]]
    assert sum("replaced" in words for words in said.values()) == 1
    assert "30 September 2022" in rows.attrs["caption"].replace("\N{NO-BREAK SPACE}", " ")
