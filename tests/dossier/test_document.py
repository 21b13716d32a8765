"""What the dataset says of the document: the accessor, and the rules that keep it whole."""

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from entente.address.views import MapView, RoutesView, TimelineView, default_view, list_controls
from entente.check.across import check_links
from entente.check.contract import TABLES
from entente.check.rules_of_document import TEXTS
from entente.check.tables import TextTable, check_table, parse_text_table
from entente.dates import day_in_words
from entente.dossier.document import Document, read_method, say_reviews
from entente.dossier.store import Dossier, read_dossier, read_texts
from entente.review import review_folder
from tests.conftest import Edit
from tests.tables import Change, change_rows, put


def repeat(**cells: str) -> Change:
    return change_rows(lambda rows: rows.append(rows[0] | cells))


BREAKAGES = [
    ("dataset", repeat(dataset_id="other"), "not_one_row"),
    ("document/document", repeat(document_id="other"), "not_one_row"),
    ("document/texts", put(0, text_id="theses"), "unknown_text"),
    ("document/texts", put(0, text="It says {outcome}."), "unknown_placeholder"),
    ("document/texts", put(0, text="It says {0.__class__}."), "unknown_placeholder"),
    ("document/document", put(0, default_from_node_id=""), "no_default_end"),
    ("dataset", put(0, sentence_salt=""), "no_salt"),
    ("document/pages", put(0, title="A" * 61), "too_long"),
    ("document/actors", put(3, colour_slot="principal-1"), "colour_twice"),
    ("document/actors", put(3, colour_slot="principal-3"), "colour_mismatch"),
    ("document/actors", put(0, colour_slot="mauve"), "unknown_word"),
    ("document/actors", put(0, label_side="beside"), "unknown_word"),
    ("document/arc_bows", repeat(from_actor_id="QOR", to_actor_id="QVE"), "pair_twice"),
    ("document/arc_bows", put(0, from_actor_id="QMA", to_actor_id="QMA"), "pair_twice"),
    ("document/document", put(0, short_name="A name too long for a headline"), "too_long"),
    ("document/map_views", put(0, lat_max="18"), "bad_window"),
    ("document/map_views", put(1, needs_both_ends="true"), "no_actor_in_view"),
    ("document/map_views", put(1, takes_rivals="true"), "no_actor_in_view"),
    ("document/map_names", put(0, lat="60"), "name_outside"),
    ("document/map_names", put(0, room="vast"), "unknown_word"),
    ("document/pinned_events", put(2, kind="visit"), "visit_without_date"),
    ("document/forecast_names", put(0, claim_id="k04"), "not_a_forecast"),
    ("document/leverage_presets", put(0, role=""), "preset_roles"),
    ("document/leverage_presets", put(4, role="asked"), "preset_roles"),
    ("document/leverage_preset_actors", put(7, actor_id="QSU"), "no_government"),
    ("document/leverage_presets", put(4, preset_id="nobody"), "no_actor"),
    ("document/timeline_spans", put(0, from_edtf="2021-01-01"), "first_span_not_open"),
    ("document/timeline_spans", put(0, shows="visits"), "first_span_not_open"),
    ("document/timeline_spans", put(1, to_edtf="2020-12-31"), "span_order"),
    ("document/timeline_spans", put(1, to_edtf="2021-07"), "not_a_day"),
    ("legs", put(0, time_rate_id="HND-PORT-USD"), "wrong_unit"),
    ("legs", put(0, freight_rate_id="SPD-RAIL"), "wrong_unit"),
    ("legs", put(0, canal_km="99999"), "canal_too_long"),
    ("rates", put(0, low="0"), "rate_not_above_zero"),
    ("local_rates", put(0, own_rate_id="HND-PORT-USD"), "wrong_unit"),
    ("local_rates", put(0, node_id="SU_PORT"), "one_place"),
    ("local_rates", put(0, leg_id=""), "one_place"),
    ("local_rates", repeat(local_rate_id="other"), "local_rate_twice"),
    ("rate_periods", put(1, from_edtf="2020-06"), "same_start"),
    ("rate_periods", put(0, low="0"), "rate_not_above_zero"),
    ("rate_periods", put(0, high="0.1"), "range_order"),
    ("capacities", put(0, node_id="TO_BAY"), "one_place"),
    ("capacities", repeat(capacity_id="other"), "capacity_twice"),
    ("network_variants", put(0, sequence="9"), "not_all_services"),
    ("network_variants", repeat(variant_id="none", sequence="9"), "no_service"),
]


@pytest.fixture(scope="module")
def written(data: Path) -> dict[str, TextTable]:
    return read_texts(data)


@pytest.mark.parametrize(("table", "change", "code"), BREAKAGES)
def test_what_the_program_cannot_use_is_a_fault(
    data: Path,
    dossier: Dossier,
    written: dict[str, TextTable],
    table: str,
    change: Change,
    code: str,
) -> None:
    text = change((data / f"{table}.csv").read_text(encoding="utf-8"))
    broken = parse_text_table(text.encode(), table)
    texts = {name: found.frame for name, found in written.items()} | {table: broken.frame}
    tables = {**dossier.tables, table: TABLES[table].cast(broken.frame)}
    found = [*check_table(broken), *check_links(tables, texts)]
    assert (code, f"{table}.csv") in {(fault.code, fault.file) for fault in found}


def test_a_dataset_without_a_principal_is_a_fault(edit: Edit) -> None:
    folder = edit("actors.csv", lambda text: text.replace(",principal,", ",neighbour,"))
    assert "no_principal" in {fault.code for fault in review_folder(folder)}


OPTIONAL = ["arc_bows", "map_names", "pinned_events", "forecast_names", "corridor_signs"]


@pytest.mark.parametrize("table", OPTIONAL)
def test_what_a_document_may_lack(edit: Edit, table: str) -> None:
    folder = edit(f"document/{table}.csv", change_rows(list.clear))
    assert review_folder(folder) == ()


def test_the_document_is_read_from_its_tables(dossier: Dossier) -> None:
    row = dossier["document/document"].iloc[0]
    document = dossier.document
    assert document.day == dt.date.fromisoformat(row["published_edtf"])
    assert (document.title, document.publisher) == (row["title"], row["publisher"])
    assert document is dossier.document


@pytest.mark.parametrize(("noun", "said"), [("essay", "essay"), ("", "document")])
def test_its_kind_of_text_is_its_own_word_or_document(edit: Edit, noun: str, said: str) -> None:
    folder = edit("document/document.csv", put(0, noun=noun))
    assert review_folder(folder) == ()
    assert read_dossier(folder).document.noun == said


def test_central_actors_are_principals_and_those_set_against_them(dossier: Dossier) -> None:
    roles = dossier["actors"].set_index("actor_id")["role_code"]
    document = dossier.document
    assert {roles[actor] for actor in document.principals} == {"principal"}
    assert set(document.principals) < set(document.central_actors)
    slots = [document.colour_slots[actor] for actor in document.principals]
    assert slots == sorted(slots)


def test_every_text_is_a_sentence_with_its_words(dossier: Dossier) -> None:
    for text_id, words in TEXTS.items():
        said = dossier.document.text(text_id, **dict.fromkeys(words, "…"))
        assert said
        assert "{" not in said
    with pytest.raises(KeyError):
        dossier.document.text("none")


def test_a_word_that_is_filled_in_is_not_read_as_a_place_for_another(dossier: Dossier) -> None:
    said = dossier.document.text("visits-finding", early="{outcome.__class__}", outcome="x")
    assert "{outcome.__class__}" in said


def test_a_bow_is_to_the_other_side_when_the_pair_is_turned(dossier: Dossier) -> None:
    bows = dossier["document/arc_bows"]
    turned = bows.rename(
        columns={"from_actor_id": "to_actor_id", "to_actor_id": "from_actor_id"}
    ).assign(bow_km=-bows["bow_km"], ribbon_bow_km=-bows["ribbon_bow_km"])
    other = Document({**dossier.tables, "document/arc_bows": turned})
    assert other.arc_bows_km == dossier.document.arc_bows_km
    assert other.ribbon_bows_km == dossier.document.ribbon_bows_km


def test_corridors_have_a_code_of_their_own_and_a_name_for_the_map(dossier: Dossier) -> None:
    signs = dossier.document.corridor_signs
    assert set(signs) == set(dossier["corridors"]["corridor_id"])
    assert len({sign.code for sign in signs.values()}) == len(signs)
    assert all(sign.map_label for sign in signs.values())


def test_a_ribbon_without_a_bow_of_its_own_bends_as_the_arcs_do(dossier: Dossier) -> None:
    document = dossier.document
    own = dossier["document/arc_bows"].dropna(subset="ribbon_bow_km")
    pairs = {tuple(sorted(pair)) for pair in own[["from_actor_id", "to_actor_id"]].to_numpy()}
    assert pairs
    assert set(document.arc_bows_km) - pairs
    for pair, bow in document.ribbon_bows_km.items():
        assert (bow == document.arc_bows_km[pair]) == (pair not in pairs)


def test_the_first_span_leaves_nothing_out(dossier: Dossier) -> None:
    span = next(iter(dossier.document.timeline_spans.values()))
    assert (span.first, span.last) == (None, None)


def test_the_finding_on_leverage_has_its_parts(dossier: Dossier) -> None:
    document = dossier.document
    (asked,), (wider,) = document.presets_as("asked"), document.presets_as("wider")
    assert set(asked.actor_ids) < set(wider.actor_ids)
    alone = {preset.actor_ids for preset in document.presets_as("alone")}
    assert alone == {(actor,) for actor in asked.actor_ids}


@pytest.mark.parametrize("which", ["live_dossier", "dossier"])
def test_the_method_speaks_of_this_document(which: str, request: pytest.FixtureRequest) -> None:
    """About today’s dataset too."""
    document = request.getfixturevalue(which).document
    method = " ".join(body for _, body in read_method(document))
    assert not re.search(r"\{[a-z-]+\}", method)
    for said in (day_in_words(document.day), document.text("method-borders"), *document.unknowns):
        assert said in method


def test_words_of_the_dataset_are_escaped_in_the_method(dossier: Dossier) -> None:
    unknowns = dossier["document/unknowns"].assign(text="*loud*")
    document = Document({**dossier.tables, "document/unknowns": unknowns})
    (_, body) = read_method(document, literal=lambda text: text.replace("*", r"\*"))[-1]
    assert r"- \*loud\*" in body


def test_a_view_opens_on_what_the_dataset_says(dossier: Dossier) -> None:
    document = dossier.document
    routes = default_view(RoutesView, dossier)
    assert (routes.origin, routes.destination) == ("SU_PORT", "NO_PORT")
    on_map = default_view(MapView, dossier)
    assert on_map.frame == next(iter(document.map_views))
    assert set(on_map.actors) == set(document.central_actors)
    frames = list_controls(MapView)["frame"].options(dossier)
    assert frames == tuple(document.map_views)
    zooms = list_controls(TimelineView)["zoom"].options(dossier)
    assert zooms == tuple(document.timeline_spans)


def test_reviews_are_told_from_the_last_to_all(dossier: Dossier) -> None:
    table = dossier["reviews"]
    assert say_reviews(table.head(0)) == "This has not been done yet."
    assert say_reviews(table) == (
        "The data were last checked in this way on 10 October 2022: rows of version 1.1.0, drawn "
        "with seed 7, by 2 readers; of 20 rows, 1 (5 percent) proved wrong and 3 (15 percent) "
        "doubtful. Two readers from Orania who had not edited the tables. That was the first check."
    )
    earlier = table.assign(checked_edtf="2022-02-01", wrong_count=3)
    said = say_reviews(pd.concat([table, earlier], ignore_index=True))
    assert "on 10 October 2022: " in said
    assert said.endswith(
        "In all there were 2 checks; of 40 rows, 4 (10 percent) proved wrong and 6 (15 percent) "
        "doubtful."
    )
    method = dict(read_method(dossier.document))
    assert say_reviews(table) in method["How the claims were judged"]
