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
from entente.routes.comparison import compare_corridors, join_lines
from entente.routes.trips import (
    Trip,
    cite_legs,
    describe_standing_vetoes,
    find_denied_legs,
    find_exposures,
    find_standing_vetoes,
    read_statuses_under,
)
from entente.style.theme import capitalised, listed, plain, spoken

DAY = dt.date(2025, 4, 10)
INDIAN = Trip("IN_NSA", "UZ_TAS", DAY)
PAKISTANI = Trip("PK_LHE", "RU_LED", DAY)
KARACHI, TORKHAM = "L010", "L204"  # from Nhava Sheva; to Jalalabad


def deniers(dossier: Dossier, trip: Trip) -> list[str]:
    return find_standing_vetoes(dossier, trip)["actor_id"].tolist()


def test_they_bear_on_the_trade_of_one_state_and_on_nobody_elses(dossier: Dossier) -> None:
    assert deniers(dossier, INDIAN) == ["PAK"]
    assert deniers(dossier, INDIAN._replace(origin="UZ_TAS", destination="IN_NSA")) == ["PAK"]
    assert deniers(dossier, INDIAN._replace(origin="IR_THR")) == []
    assert deniers(dossier, INDIAN._replace(destination="PK_LHE")) == [], "its own trade"


def test_they_hold_from_their_day_on_until_a_switch_lifts_them(dossier: Dossier) -> None:
    assert deniers(dossier, PAKISTANI) == []
    assert deniers(dossier, PAKISTANI._replace(as_of=dt.date(2025, 5, 2))) == ["IND"]
    assert deniers(dossier, INDIAN._replace(scenarios=("reopen-attari",))) == []


def test_a_sentence_says_who_denies_whom_since_when_with_sources(dossier: Dossier) -> None:
    (old,) = describe_standing_vetoes(dossier, trip=INDIAN)
    assert old["sentence"] == (
        "Pakistan denies transit to the trade of India, for as long as the record reaches"
    )
    (new,) = describe_standing_vetoes(dossier, trip=PAKISTANI._replace(as_of=dt.date(2026, 1, 1)))
    assert new["sentence"].endswith("the trade of Pakistan, since 2 May 2025")
    assert new["lifted_by"].startswith("Attari")
    assert all(source["url"] for row in (old, new) for source in row["sources"])
    assert len(old["sources"]) == len(new["sources"]) == 2


def test_a_leg_that_one_denies_counts_as_shut_and_says_why(dossier: Dossier) -> None:
    assert find_denied_legs(dossier, INDIAN)[KARACHI] == ("PAK",)
    rows = read_statuses_under(dossier, INDIAN).set_index("leg_id", drop=False)
    leg = rows.loc[KARACHI]
    assert leg["status_code"] == "closed"
    assert "Pakistan denies transit to the trade of India" in leg["note"]
    assert "What-if" not in leg["note"]
    assert {"mint-2025-04-24", "newsx-2025-04"} <= set(cite_legs(rows.loc[[KARACHI]], dossier))


def test_a_veto_of_the_reader_beside_it_is_told_apart(dossier: Dossier) -> None:
    both = INDIAN._replace(vetoes=("AFG", "PAK"))
    assert find_denied_legs(dossier, both)[TORKHAM] == ("AFG", "PAK")
    note = read_statuses_under(dossier, both).set_index("leg_id").at[TORKHAM, "note"]
    assert note.startswith("Pakistan denies transit to the trade of India")
    assert note.endswith("What-if: transit denied by Afghanistan.")


def test_the_way_that_it_bars_is_shown_beside_the_best(dossier: Dossier) -> None:
    found = search_routes(dossier, trip=INDIAN, objective="time")
    assert found.barred
    assert "PK_KHI" in found.barred.node_ids
    rows = list_routes(dossier, trip=INDIAN, found=replace(found, reference=None))
    assert rows[-1]["label"] == "If Pakistan let it: through Pakistan and Afghanistan"
    assert rows[-1]["holders"] == "Afghanistan; already denied by Pakistan"
    assert not any("Pakistan" in row["holders"] for row in rows[:-1])
    lifted = INDIAN._replace(scenarios=("reopen-attari",))
    assert search_routes(dossier, trip=lifted, objective="time").barred is None
    later = INDIAN._replace(as_of=dt.date(2026, 7, 1))
    found = search_routes(dossier, trip=later, objective="time")
    assert found.barred is None, "it makes no difference then"


def test_weights_that_find_the_same_routes_share_tables_and_figures(dossier: Dossier) -> None:
    def drawn(objective: str) -> PanelParts:
        found = search_routes(dossier, trip=INDIAN, objective=objective)
        return draw_map(dossier, trip=INDIAN, found=found, appearance="light")

    assert drawn("mix-6-5-5") is drawn("mix-5-5-5")
    assert drawn("mix-0-0-9") is not drawn("mix-5-5-5")


@pytest.fixture
def barred(edit: Callable[[str, Callable[[str], str]], Path]) -> Dossier:
    """The dataset in which Iran denies transit to India's trade, too."""
    row = "irn-ind,IRN,IND,2024-02-01,,,Made for a test.\n"
    edit("standing_vetoes.csv", lambda text: text + row)
    cited = "irn-ind,mint-2025-04-24\n"
    return read_dossier(edit("standing_veto_sources.csv", lambda text: text + cited))


def test_a_corridor_cut_by_one_says_so_like_a_shut_leg(barred: Dossier) -> None:
    trip = Trip("IN_NSA", "RU_LED", DAY)
    found = compare_corridors(barred, trip=trip)
    row = found.find("INSTC-W").to_dict()
    assert row["condition"] == "cut"
    assert found.find("SUEZ-LED")["condition"] != "cut"
    said = describe_status(row, found, barred.labels("actors"))
    assert said["denied"] == "Iran"
    assert said["since"] == "since 1 February 2024"
    assert "Iran denies transit to the trade of India" in said["note"]
    lines = join_lines(barred, found.facts, found.ids)
    assert "closed" in set(lines.loc[lines["leg_id"].isin(found.denied), "status_code"])
    assert "mint-2025-04-24" in describe_corridor(barred, trip=trip, pick="INSTC-W")["source_ids"]
    assert "IRN" not in find_exposures(barred, found.chains, trip)["INSTC-W"]


def test_a_name_takes_its_article_within_a_sentence_only() -> None:
    assert [spoken(name) for name in ("United States", "Iran")] == ["the United States", "Iran"]
    assert capitalised(spoken("United Kingdom")) == "The United Kingdom"
    assert sorted([spoken("United States"), "Yemen", "Egypt"], key=plain)[1] == "the United States"
    assert listed(["Iran", "Iraq", "the United States"]) == "Iran, Iraq and the United States"
