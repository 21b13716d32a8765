"""Vetoes and leverage on cases that can be checked by hand, and the claims of the method."""

import datetime as dt
import gc
from types import FunctionType, ModuleType

import numpy as np
import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.routes.network.alternatives import find_cut
from entente.routes.network.graph import list_barred_turns
from entente.routes.network.scenarios import Scenario, build_scenario
from entente.routes.network.search import (
    OBJECTIVES,
    Objective,
    Route,
    prepare_search,
)
from entente.routes.valuation.corridors import join_corridors
from entente.routes.valuation.leverage import (
    compute_shapley_values,
    extend_coalitions,
    prepare_traffic,
    price_veto,
    share_losses,
    value_coalitions,
)
from tests.routes.networks import find_best_route

DOCUMENT_DAY, LAST_DAY = dt.date(2021, 6, 15), dt.date(2022, 9, 30)
OPEN_DAY = dt.date(2018, 6, 1)  # before Sundria barred Orania’s ships
ACROSS_TORVIA = {"western", "lake", "river"}


@pytest.fixture(scope="module")
def known(dossier: Dossier) -> Scenario:
    return build_scenario(dossier.tables, as_of=DOCUMENT_DAY)


def tables_without(dossier: Dossier, *leg_ids: str) -> dict[str, pd.DataFrame]:
    """The tables, with some legs gone."""
    return {
        name: table[~table["leg_id"].isin(leg_ids)] if "leg_id" in table else table
        for name, table in dossier.tables.items()
    }


def denied_corridors(dossier: Dossier, known: Scenario, actor: str) -> set[str]:
    """Corridors that have a leg which the actor can deny."""
    bit = known.network.to_bits([actor])
    by_leg = dict(zip(known.network.leg_ids, known.network.leg_deniers, strict=True))
    chains = join_corridors(dossier["corridor_legs"], dossier["legs"])
    return {
        corridor_id
        for corridor_id, chain in chains
        if any(by_leg[step.leg_id] & bit for step in chain)
    }


def test_a_state_ends_the_corridors_across_it(dossier: Dossier, known: Scenario) -> None:
    assert denied_corridors(dossier, known, "QTO") == {*ACROSS_TORVIA, "hill-line"}


def test_a_state_beside_the_route_leaves_the_branches_round_it(
    dossier: Dossier, known: Scenario
) -> None:
    assert ACROSS_TORVIA - denied_corridors(dossier, known, "QVE") == {"lake", "river"}


@pytest.mark.parametrize("day", [DOCUMENT_DAY, LAST_DAY])
def test_and_ways_by_them_are_found(dossier: Dossier, day: dt.date) -> None:
    """Without Vestia, and with nobody else’s roads, the ferry remains."""
    own = build_scenario(dossier.tables, as_of=day)
    way = find_best_route(
        own,
        origin="SU_PORT",
        destination="NO_CITY",
        objective=OBJECTIVES["cost"],
        vetoes=["QVE", "QHA", "QMA", "QBE", "QOR"],
    )
    assert way
    assert {"TO_SHORE", "NO_DELTA"} <= set(way.node_ids)


def test_an_open_strait_is_nobodys(known: Scenario) -> None:
    """Ships pass a strait, and only those that call in the state beside it ask its leave."""
    found = prepare_search(
        known, origin="SU_PORT", destination="CP_GATE", objective=OBJECTIVES["cost"]
    )
    way = found.best()
    assert way
    assert known.network.name_actors(found.find_deniers(way)) == ()


def test_a_finder_keeps_nothing_of_what_it_was_asked(known: Scenario) -> None:
    """One finder serves all readers: an address with another set of vetoes must not make it grow.

    What it may keep is the best way without a veto.
    """
    found = prepare_search(
        known, origin="SU_PORT", destination="NO_PORT", objective=OBJECTIVES["time"]
    )
    found.best(found.scenario.network.to_bits(["QTO"]))
    held = reachable_routes(found)
    for vetoes in range(300):
        found.best(vetoes)
    assert reachable_routes(found) == held


def reachable_routes(start: object) -> int:
    """How many routes an object keeps alive, itself or by what it refers to."""
    seen: set[int] = set()
    waiting, count = [start], 0
    while waiting:
        item = waiting.pop()
        if id(item) not in seen and not isinstance(item, type | ModuleType | FunctionType):
            seen.add(id(item))
            count += isinstance(item, Route)
            waiting += gc.get_referents(item)
    return count


def test_no_ship_turns_round_in_a_strait(dossier: Dossier) -> None:
    """To call at one canal and sail back to a neighbour of the first port is no way."""
    barred = list_barred_turns(dossier["nodes"], dossier["legs"])
    assert ("NO_PORT", "HA_CANAL", "MA_PORT") in barred
    assert ("SU_PORT", "CP_GATE", "SU_PORT") in barred
    for passage in (
        ("SU_PORT", "CP_GATE", "TO_BAY"),
        ("SU_PORT", "HA_CANAL", "NO_PORT"),
        ("SU_PORT", "HA_CANAL", "MA_PORT"),
    ):
        assert not {passage, passage[::-1]} & barred
    assert all((after, node, before) in barred for before, node, after in barred)


def test_a_state_lets_no_cargo_of_its_rival_through_until_a_scenario_lifts_that(
    dossier: Dossier, known: Scenario
) -> None:
    pair = {"origin": "SU_PORT", "destination": "NO_HILL", "objective": OBJECTIVES["time"]}
    barred = prepare_search(known, **pair)
    assert known.network.name_actors(barred.standing) == ("QOR",)
    way = barred.best()
    assert way
    assert not any(node.startswith("OR_") for node in way.node_ids)
    lifted = build_scenario(dossier.tables, as_of=DOCUMENT_DAY, scenario_ids=["settle-valley"])
    shorter = find_best_route(lifted, **pair)
    assert shorter
    assert "OR_CITY" in shorter.node_ids
    assert shorter.days < way.days
    assert prepare_search(known, **{**pair, "origin": "TO_MID"}).standing == 0


def test_what_denies_anyway_adds_nothing_by_a_veto(known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="SU_PORT", destination="NO_HILL")
    assert price_veto(traffic, ["QOR"]).loss == 0
    assert "QOR" not in share_losses(traffic.chosen).values


def test_the_cut_names_a_standing_veto(dossier: Dossier) -> None:
    """Without the canal, and with Torvia’s roads denied, only Orania’s are left."""
    known = build_scenario(tables_without(dossier, "g13", "g14", "g15"), as_of=OPEN_DAY)
    found = prepare_search(
        known, origin="SU_PORT", destination="OR_CITY", objective=OBJECTIVES["time"]
    )
    assert found.standing == 0, "nobody denies transit to its own trade"
    found = prepare_search(
        known, origin="SU_PORT", destination="NO_HILL", objective=OBJECTIVES["cost"]
    )
    bits = known.network.to_bits(["QTO"])
    cut, way = find_cut(found, vetoes=bits)
    assert way
    assert found.best(bits) is None
    assert {leg.vetoed_by for leg in cut} == {("QOR",)}
    assert not any(leg.is_shut for leg in cut)


def test_the_presets_on_the_day_of_the_document(dossier: Dossier, known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="SU_PORT", destination="NO_CITY")
    presets = {p.label: p.actor_ids for p in dossier.document.leverage_presets}
    losses = {name: price_veto(traffic, actors) for name, actors in presets.items()}
    assert losses["Mar City alone"].loss == 0
    assert losses["Vest City alone"].loss > 0
    assert losses["Mar City and Vest City"].adds == 0
    assert losses["Torvia City"].loss > losses["Vest City alone"].loss
    assert price_veto(traffic, ["QNO"]).own_trade == ("QNO",)
    assert not any(one.cuts_route for one in losses.values())


def test_a_joint_veto_may_cut_what_no_part_cuts(known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="SU_PORT", destination="NO_PORT")
    actors = share_losses(traffic.chosen).smallest_cuts[0]
    together = price_veto(traffic, actors)
    assert together.cuts_route
    assert together.parts_that_cut == ()
    assert (together.loss, together.adds, together.route) == (None, None, None)
    assert together.sum_parts() > 0


def test_leverage_without_a_route_is_an_error(dossier: Dossier) -> None:
    """Round the canal and the strait, which are shut, and across Orania, which is barred."""
    own = build_scenario(
        tables_without(dossier, "g13"), as_of=LAST_DAY, scenario_ids=["close-gate"]
    )
    found = prepare_search(
        own, origin="SU_PORT", destination="VE_CITY", objective=OBJECTIVES["time"]
    )
    assert not found.has_route
    with pytest.raises(ValueError, match="no route"):
        share_losses(found)


def test_a_lost_route_counts_as_the_stated_fallback(known: Scenario) -> None:
    found = prepare_search(
        known, origin="SU_PORT", destination="VE_CITY", objective=OBJECTIVES["cost"]
    )
    shared = share_losses(found)
    assert 0 < shared.lost_count < shared.coalition_count == 2 ** len(shared.values)
    assert shared.fallback >= found.least / 1e6
    assert shared.grand_loss == shared.fallback
    assert sum(shared.values.values()) == pytest.approx(shared.fallback)


def test_a_glove_game() -> None:
    """One left glove and two right ones: the left one gets two thirds."""
    losses = np.array([0, 0, 0, 6, 0, 6, 0, 6], dtype=float)  # player 0 with 1 or 2
    assert compute_shapley_values(losses) == [4, 1, 1]


def test_a_coalition_takes_the_first_way_that_it_leaves_open() -> None:
    values = value_coalitions([(5, 0b01), (7, 0b10)], 2)
    assert values.tolist() == [5, 7, 5, np.inf]


def test_the_smallest_coalitions_that_deny_all_ways() -> None:
    assert extend_coalitions([0], 0b011) == [0b001, 0b010]
    assert extend_coalitions([0b001, 0b010], 0b101) == [0b001, 0b110]
    assert extend_coalitions([0b001, 0b010], 0) == []


@pytest.mark.parametrize("mix", [Objective(), Objective(days=-1, usd=2), Objective(days=np.nan)])
def test_weights_that_mean_nothing_are_an_error(known: Scenario, mix: Objective) -> None:
    with pytest.raises(ValueError, match="weights"):
        prepare_search(known, origin="SU_PORT", destination="NO_PORT", objective=mix)


def test_a_way_to_where_one_is_already_is_an_error(known: Scenario) -> None:
    with pytest.raises(ValueError, match="two places"):
        prepare_search(known, origin="SU_PORT", destination="SU_PORT", objective=OBJECTIVES["time"])


def test_every_place_can_be_reached_when_every_leg_is_open(dossier: Dossier) -> None:
    own = {
        **dossier.tables,
        "scenarios": pd.DataFrame({"scenario_id": ["all"]}),
        "scenario_legs": pd.DataFrame(
            {
                "scenario_id": "all",
                "leg_id": dossier["legs"]["leg_id"],
                "status_code": "open",
                "multiplier": 1.0,
                "note": "x",
            }
        ),
    }
    everything = build_scenario(own, as_of=LAST_DAY, scenario_ids=["all"])
    found = prepare_search(
        everything, origin="NO_CITY", destination="MA_CITY", objective=OBJECTIVES["time"]
    )
    assert np.isfinite(found.rest[list(everything.network.starts.values())]).all()
