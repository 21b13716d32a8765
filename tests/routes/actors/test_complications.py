"""Complications: hindrances on the page, for corridors, for one box and for a month's boxes."""

from dataclasses import replace
from typing import Any

import pytest

from entente.address.views import RoutesView, default_view
from entente.dossier.store import Dossier
from entente.routes import best
from entente.routes.actors import complications
from entente.routes.content import panels, title
from entente.routes.network.legs import list_steps
from entente.routes.network.scenarios import trace
from entente.routes.trips import find_scenario, read_objective_code, read_trip
from entente.routes.valued_corridors import compare_corridors, find_chains


@pytest.fixture
def view(dossier: Dossier) -> RoutesView:
    return replace(default_view(RoutesView, dossier), vetoes=("QTO",), mode="leverage")


def read(view: RoutesView, **changes: Any) -> RoutesView:
    return replace(view, **changes)


def test_a_delay_is_a_stop_where_the_corridor_enters(dossier: Dossier, view: RoutesView) -> None:
    free = compare_corridors(dossier, trip=read_trip(read(view, vetoes=())))
    slow = compare_corridors(dossier, trip=read_trip(read(view, degree="slows", hours="48")))
    stops = slow.stages[slow.stages["what_code"] == "hindrance"]
    assert set(stops["actor_id"]) == {"QTO"}
    assert (stops["days_typical"] == 2.0).all()
    for corridor_id in free.ids:
        count = int((stops["corridor_id"] == corridor_id).sum())
        added = slow.find(corridor_id)["days_typical"] - free.find(corridor_id)["days_typical"]
        assert added == pytest.approx(2.0 * count)
    assert stops["corridor_id"].nunique() < len(free.ids), "not all corridors enter it"


def test_a_charge_costs_money_and_no_time(dossier: Dossier, view: RoutesView) -> None:
    free = compare_corridors(dossier, trip=read_trip(read(view, vetoes=())))
    dear = compare_corridors(dossier, trip=read_trip(read(view, degree="charges", charge="500")))
    assert dear.find("western")["days_typical"] == pytest.approx(
        free.find("western")["days_typical"]
    )
    assert dear.find("western")["cost_usd_per_teu_typical"] == pytest.approx(
        free.find("western")["cost_usd_per_teu_typical"] + 500
    )


@pytest.mark.parametrize("degree", ["slows", "charges"])
def test_a_best_route_is_worth_the_sum_of_its_stages(
    dossier: Dossier, view: RoutesView, degree: str
) -> None:
    trip = read_trip(read(view, degree=degree, hours="12", charge="50"))
    scenario = find_scenario(dossier, trip)
    chains, _ = find_chains(dossier, origin=trip.origin, destination=trip.destination)
    compared = compare_corridors(dossier, trip=trip)
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        if corridor_id in compared.ids and compared.find(corridor_id)["condition"] == "open":
            edges = trace(scenario.network, list_steps(chain))
            days = scenario.costs[list(edges), 0].sum() / 1e6
            assert days == pytest.approx(compared.find(corridor_id)["days_typical"], abs=1e-4)


def test_a_chain_that_does_not_join_cannot_be_traced(dossier: Dossier, view: RoutesView) -> None:
    chains, _ = find_chains(dossier, origin=view.origin, destination=view.destination)
    steps = list_steps(chains[chains["corridor_id"] == "western"])
    network = find_scenario(dossier, read_trip(view)).network
    with pytest.raises(ValueError, match="no way"):
        trace(network, [steps[0], *steps[2:]])


def test_services_leave_corridors_out(dossier: Dossier, view: RoutesView) -> None:
    all_ways = compare_corridors(dossier, trip=read_trip(read(view, vetoes=())))
    without = compare_corridors(dossier, trip=read_trip(read(view, vetoes=(), services="rail-sea")))
    lorries = set(dossier["legs"].query("service_code == 'lorry'")["leg_id"])
    by_lorry = {
        corridor_id
        for corridor_id, legs in all_ways.chains.groupby("corridor_id")["leg_id"]
        if set(legs) & lorries
    }
    assert by_lorry
    assert set(without.ids) == set(all_ways.ids) - by_lorry
    found = best.search_routes(
        dossier,
        trip=read_trip(read(view, vetoes=(), services="rail-sea")),
        objective=read_objective_code(view),
    )
    assert not {leg for route in found.routes for leg in route.leg_ids} & lorries


@pytest.mark.parametrize("degree", ["blocks", "slows", "charges", "rations"])
def test_shares_of_a_flow_add_up_and_are_said(
    dossier: Dossier, view: RoutesView, degree: str
) -> None:
    asked = read(view, degree=degree)
    case = complications.read_case(dossier, asked)
    outcome = complications.find_outcome(dossier, case=case)
    assert outcome.flows
    flow = outcome.flows.typical
    assert sum(part.share for part in flow.routes) + flow.share_without_room == pytest.approx(1)
    table = complications.tabulate_flows(dossier, (flow, flow))
    assert set(table["case"]) == set(complications.ROWS)
    (drawn,) = (one for one in panels(dossier, asked, "light") if one.key == complications.KEY)
    assert all(route in drawn.table["Route"].tolist() for route in table["route"])
    assert "Torvia" in complications.state_complication(dossier, asked)
    if degree != "blocks":
        assert title(dossier, asked) == complications.state_complication(dossier, asked)


def test_nobody_hinders_its_own_trade(dossier: Dossier, view: RoutesView) -> None:
    said = complications.state_complication(
        dossier, read(view, vetoes=("QNO",), degree="slows", destination="NO_PORT")
    )
    assert said.endswith("nothing changes: the trade is their own")


def test_more_boxes_find_no_more_room(dossier: Dossier, view: RoutesView) -> None:
    def share_without_room(volume: str) -> float:
        case = complications.read_case(dossier, read(view, degree="rations", volume=volume))
        outcome = complications.find_outcome(dossier, case=case)
        assert outcome.flows
        return outcome.flows.typical.share_without_room

    shares = [share_without_room(volume) for volume in ("100", "2000", "10000")]
    assert shares == sorted(shares)
