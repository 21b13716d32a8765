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

DOCUMENT_DAY, LAST_DAY = dt.date(2025, 4, 10), dt.date(2026, 7, 1)
NORTH_SOUTH = ("INSTC-W", "INSTC-W-RAIL", "INSTC-C", "INSTC-ES", "INSTC-EI")


@pytest.fixture(scope="module")
def known(dossier: Dossier) -> Scenario:
    return build_scenario(dossier.tables, as_of=DOCUMENT_DAY)


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


def test_closing_iran_ends_all_north_south_branches_and_chabahar(
    dossier: Dossier, known: Scenario
) -> None:
    assert {*NORTH_SOUTH, "CHB", "CHB-RU"} <= denied_corridors(dossier, known, "IRN")


def test_closing_azerbaijan_leaves_the_trans_caspian_and_eastern_branches(
    dossier: Dossier, known: Scenario
) -> None:
    closed = denied_corridors(dossier, known, "AZE")
    assert {"INSTC-W", "INSTC-W-RAIL"} <= closed
    assert not {"INSTC-C", "INSTC-ES", "INSTC-EI"} & closed


@pytest.mark.parametrize("day", [DOCUMENT_DAY, LAST_DAY])
def test_and_ways_by_them_are_found(dossier: Dossier, day: dt.date) -> None:
    """Without Azerbaijan, and with nobody else's roads, the Caspian and the east remain."""
    own = build_scenario(dossier.tables, as_of=day)
    vetoes = ["AZE", "GEO", "EGY", "PAK", "IRQ", "DNK", "TUR"]
    for more, through in (([], {"IR_INC", "IR_SRK", "IR_ANZ", "IR_AMI"}), (["TKM"], {"IR_ANZ"})):
        way = find_best_route(
            own,
            origin="IN_NSA",
            destination="RU_MOW",
            objective=OBJECTIVES["cost"],
            vetoes=[*vetoes, *more],
        )
        assert way
        assert through & set(way.node_ids)


def test_an_open_strait_is_nobodys(known: Scenario) -> None:
    """A ship by the Cape passes South African and British straits, and none of them has a veto."""
    found = prepare_search(
        known, origin="IN_NSA", destination="RU_LED", objective=OBJECTIVES["cost"]
    )
    way = found.best(known.network.to_bits(["EGY"]))
    assert way
    assert "CP_CGH" in way.node_ids
    assert known.network.name_actors(found.find_deniers(way)) == ("DNK",)


def test_a_finder_keeps_nothing_of_what_it_was_asked(known: Scenario) -> None:
    """One finder serves all readers: an address with another set of vetoes must not make it grow.

    What it may keep is the best way without a veto.
    """
    found = prepare_search(
        known, origin="IN_NSA", destination="RU_LED", objective=OBJECTIVES["time"]
    )
    found.best(found.scenario.network.to_bits(["IRN"]))
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
    """Where Mumbai–Karachi is shut, the next strait and back is no way either."""
    barred = list_barred_turns(dossier["nodes"], dossier["legs"])
    assert ("IN_NSA", "CP_BAM", "PK_KHI") in barred
    assert ("PK_KHI", "CP_HOR", "IN_NSA") in barred
    for passage in (
        ("IN_NSA", "CP_BAM", "EG_SUZ"),
        ("IN_NSA", "CP_CGH", "CP_GIB"),
        ("IR_BND", "CP_HOR", "IQ_FAW"),
        ("CP_CGH", "CP_GIB", "TR_DAR"),
    ):
        assert not {passage, passage[::-1]} & barred
    assert all((after, node, before) in barred for before, node, after in barred)


def test_pakistan_lets_no_indian_cargo_through_until_a_scenario_lifts_that(
    dossier: Dossier, known: Scenario
) -> None:
    pair = {"origin": "IN_DEL", "destination": "UZ_TAS", "objective": OBJECTIVES["time"]}
    barred = prepare_search(known, **pair)
    assert known.network.name_actors(barred.standing) == ("PAK",)
    way = barred.best()
    assert way
    assert not any(node.startswith("PK_") for node in way.node_ids)
    lifted = build_scenario(dossier.tables, as_of=DOCUMENT_DAY, scenario_ids=["reopen-attari"])
    shorter = find_best_route(lifted, **pair)
    assert shorter
    assert "PK_WAG" in shorter.node_ids
    assert shorter.days < way.days
    assert prepare_search(known, **{**pair, "origin": "IR_THR"}).standing == 0


def test_what_denies_anyway_adds_nothing_by_a_veto(known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="IN_NSA", destination="UZ_TAS")
    assert price_veto(traffic, ["PAK"]).loss == 0
    assert "PAK" not in share_losses(traffic.chosen).values


def test_the_cut_names_a_standing_veto(known: Scenario) -> None:
    found = prepare_search(
        known, origin="IN_DEL", destination="PK_LHE", objective=OBJECTIVES["time"]
    )
    assert found.standing == 0, "nobody denies transit to its own trade"
    found = prepare_search(
        known, origin="IN_NSA", destination="AF_KDH", objective=OBJECTIVES["cost"]
    )
    bits = known.network.to_bits(["IRN", "TKM", "UZB"])
    legs, way = find_cut(found, vetoes=bits)
    assert way
    assert found.best(bits) is None
    assert {leg.vetoed_by for leg in legs} == {("PAK",)}
    assert not any(leg.is_shut for leg in legs)


def test_the_three_of_the_comment_before_the_document(dossier: Dossier, known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="IN_NSA", destination="RU_MOW")
    presets = {p.label: p.actor_ids for p in dossier.document.leverage_presets}
    losses = {name: price_veto(traffic, actors) for name, actors in presets.items()}
    assert losses["Ankara alone"].loss == 0
    assert losses["Baku alone"].loss > 0
    assert losses["Ankara and Baku"].adds == 0
    assert losses["Tehran"].loss > 4 * losses["Baku alone"].loss
    assert losses["Moscow"].own_trade == ("RUS",)
    assert not any(one.cuts_route for one in losses.values())


def test_a_joint_veto_may_cut_what_no_part_cuts(known: Scenario) -> None:
    traffic = prepare_traffic(known, origin="IN_NSA", destination="RU_LED")
    actors = share_losses(traffic.chosen).smallest_cuts[0]
    together = price_veto(traffic, actors)
    assert together.cuts_route
    assert together.parts_that_cut == ()
    assert (together.loss, together.adds, together.route) == (None, None, None)
    assert together.sum_parts() > 0


def test_leverage_without_a_route_is_an_error(dossier: Dossier) -> None:
    own = build_scenario(dossier.tables, as_of=LAST_DAY)
    found = prepare_search(own, origin="AZ_AGB", destination="IN_NSA", objective=OBJECTIVES["time"])
    assert not found.has_route
    with pytest.raises(ValueError, match="no route"):
        share_losses(found)


def test_a_lost_route_counts_as_the_stated_fallback(known: Scenario) -> None:
    found = prepare_search(
        known, origin="CN_XIY", destination="TR_IST", objective=OBJECTIVES["cost"]
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
        prepare_search(known, origin="IN_NSA", destination="RU_LED", objective=mix)


def test_a_way_to_where_one_is_already_is_an_error(known: Scenario) -> None:
    with pytest.raises(ValueError, match="two places"):
        prepare_search(known, origin="IN_NSA", destination="IN_NSA", objective=OBJECTIVES["time"])


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
        everything, origin="RU_MOW", destination="GR_PIR", objective=OBJECTIVES["time"]
    )
    assert np.isfinite(found.rest[list(everything.network.starts.values())]).all()
