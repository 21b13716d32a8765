"""Vetoes that stand whatever the reader chooses: who denies whom, on which legs, since when."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from entente.content import PanelParts
from entente.dossier.store import Dossier, read_dossier
from entente.routes.best import draw_map, list_routes, search_routes
from entente.routes.compare_tables import describe_corridor, describe_status
from entente.routes.found_routes import join_lines
from entente.routes.trips import (
    Trip,
    cite_legs,
    describe_standing_vetoes,
    find_denied_legs,
    find_exposures,
    find_standing_vetoes,
    read_statuses_under,
)
from entente.routes.valued_corridors import compare_corridors
from entente.style.theme import add_article, capitalise, drop_article, join_words

DAY = dt.date(2018, 6, 1)  # ships still sail between Sundria and Orania
SUNDRIAN = Trip("SU_PORT", "NO_HILL", DAY)
ORANIAN = Trip("OR_CITY", "NO_PORT", DAY)
SEA, HILL_ROAD = "g21", "g20"  # from Sund Harbour; to Torvia


def deniers(dossier: Dossier, trip: Trip) -> list[str]:
    return find_standing_vetoes(dossier, trip)["actor_id"].tolist()


def test_they_bear_on_the_trade_of_one_state_and_on_nobody_elses(dossier: Dossier) -> None:
    assert deniers(dossier, SUNDRIAN) == ["QOR"]
    assert deniers(dossier, SUNDRIAN._replace(origin="NO_HILL", destination="SU_PORT")) == ["QOR"]
    assert deniers(dossier, SUNDRIAN._replace(origin="TO_MID")) == []
    assert deniers(dossier, SUNDRIAN._replace(destination="OR_CITY")) == [], "its own trade"


def test_they_hold_from_their_day_on_until_a_switch_lifts_them(dossier: Dossier) -> None:
    assert deniers(dossier, ORANIAN) == []
    assert deniers(dossier, ORANIAN._replace(as_of=dt.date(2019, 3, 31))) == ["QSU"]
    assert deniers(dossier, SUNDRIAN._replace(scenarios=("settle-valley",))) == []


def test_a_sentence_says_who_denies_whom_since_when_with_sources(dossier: Dossier) -> None:
    (old,) = describe_standing_vetoes(dossier, trip=SUNDRIAN)
    assert old["sentence"] == (
        "Orania denies transit to the trade of Sundria, throughout the record"
    )
    (new,) = describe_standing_vetoes(dossier, trip=ORANIAN._replace(as_of=dt.date(2021, 6, 15)))
    assert new["sentence"].endswith("the trade of Orania, since March 2019")
    assert new["lifted_by"].startswith("Orania and Sundria settle")
    assert all(source["url"] for row in (old, new) for source in row["sources"])
    assert len(old["sources"]) == len(new["sources"]) == 1


def test_a_leg_that_one_denies_counts_as_shut_and_says_why(dossier: Dossier) -> None:
    assert find_denied_legs(dossier, SUNDRIAN)[SEA] == ("QOR",)
    rows = read_statuses_under(dossier, SUNDRIAN).set_index("leg_id", drop=False)
    leg = rows.loc[SEA]
    assert leg["status_code"] == "closed"
    assert "Orania denies transit to the trade of Sundria" in leg["note"]
    assert "Scenario:" not in leg["note"]
    assert {"rail-study-2020"} <= set(cite_legs(rows.loc[[SEA]], dossier))


def test_a_veto_of_the_reader_beside_it_is_told_apart(dossier: Dossier) -> None:
    both = SUNDRIAN._replace(vetoes=("QOR", "QTO"))
    assert find_denied_legs(dossier, both)[HILL_ROAD] == ("QOR", "QTO")
    note = read_statuses_under(dossier, both).set_index("leg_id").at[HILL_ROAD, "note"]
    assert note.startswith("Orania denies transit to the trade of Sundria")
    assert note.endswith("Scenario: transit blocked by Torvia.")


def test_the_way_that_it_bars_is_shown_beside_the_best(dossier: Dossier) -> None:
    found = search_routes(dossier, trip=SUNDRIAN, objective="time")
    assert found.barred
    assert "OR_PORT" in found.barred.node_ids
    rows = list_routes(dossier, trip=SUNDRIAN, found=replace(found, reference=None))
    assert rows[-1]["label"] == "If Orania let it: through Orania"
    assert rows[-1]["holders"] == "nobody; already denied by Orania"
    assert not any("Orania" in row["holders"] for row in rows[:-1])
    lifted = SUNDRIAN._replace(scenarios=("settle-valley",))
    assert search_routes(dossier, trip=lifted, objective="time").barred is None
    elsewhere = SUNDRIAN._replace(destination="MA_PORT")
    assert deniers(dossier, elsewhere) == ["QOR"]
    found = search_routes(dossier, trip=elsewhere, objective="time")
    assert found.barred is None, "it makes no difference there"


def test_weights_that_find_the_same_routes_share_tables_and_figures(dossier: Dossier) -> None:
    def drawn(objective: str) -> PanelParts:
        found = search_routes(dossier, trip=SUNDRIAN, objective=objective)
        return draw_map(dossier, trip=SUNDRIAN, found=found, appearance="light")

    assert drawn("mix-6-5-5") is drawn("mix-5-5-5")
    assert drawn("mix-0-0-9") is not drawn("mix-5-5-5")


@pytest.fixture
def barred(edit: Callable[[str, Callable[[str], str]], Path]) -> Dossier:
    """The dataset in which Torvia denies transit to Sundria’s trade, too."""
    row = "tor-sun,QTO,QSU,2018-02-01,,,Made for a test.\n"
    edit("standing_vetoes.csv", lambda text: text + row)
    cited = "tor-sun,north-wire-2022-08\n"
    return read_dossier(edit("standing_veto_sources.csv", lambda text: text + cited))


def test_a_corridor_cut_by_one_says_so_like_a_shut_leg(barred: Dossier) -> None:
    trip = Trip("SU_PORT", "NO_PORT", DAY)
    found = compare_corridors(barred, trip=trip)
    row = found.find("western").to_dict()
    assert row["condition"] == "cut"
    assert found.find("round-sea")["condition"] != "cut"
    said = describe_status(row, found, barred.labels("actors"))
    assert said["denied"] == "Torvia"
    assert said["since"] == "since 1 February 2018"
    assert "Torvia denies transit to the trade of Sundria" in said["note"]
    lines = join_lines(barred, found.facts, found.ids)
    assert "closed" in set(lines.loc[lines["leg_id"].isin(found.denied), "status_code"])
    assert (
        "north-wire-2022-08" in describe_corridor(barred, trip=trip, pick="western")["source_ids"]
    )
    assert "QTO" not in find_exposures(barred, found.chains, trip)["western"]


def test_a_name_takes_its_article_within_a_sentence_only() -> None:
    assert [add_article(name) for name in ("United States", "Iran")] == [
        "the United States",
        "Iran",
    ]
    assert capitalise(add_article("United Kingdom")) == "The United Kingdom"
    assert (
        sorted([add_article("United States"), "Yemen", "Egypt"], key=drop_article)[1]
        == "the United States"
    )
    assert join_words(["Iran", "Iraq", "the United States"]) == "Iran, Iraq and the United States"
