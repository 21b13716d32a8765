"""What blocks, delays, charges and rations cost one box and many, beside none."""

import datetime as dt

import pytest

from entente.dossier.store import Dossier
from entente.routes.network.scenarios import Hindrance, Scenario, build_scenario
from entente.routes.valuation.degrees import (
    Trade,
    compare_boxes,
    compare_flows,
    find_outcome,
)
from entente.routes.valuation.flow import read_capacities
from entente.routes.valuation.leverage import prepare_traffic, price_veto_alone

DAY = dt.date(2021, 6, 15)
MANY = Trade("SU_PORT", "NO_CITY", 500.0, 2000.0)


@pytest.fixture(scope="module")
def known(dossier: Dossier) -> Scenario:
    return build_scenario(dossier.tables, as_of=DAY)


def test_a_block_costs_a_box_what_a_veto_does(known: Scenario) -> None:
    traffic = prepare_traffic(known, origin=MANY.origin, destination=MANY.destination)
    before = find_outcome(known, MANY._replace(teu_per_month=None))
    assert before.flows is None
    for actor in known.network.actors:
        after = find_outcome(known, MANY._replace(teu_per_month=None), [Hindrance(actor, "blocks")])
        loss, veto = compare_boxes(before.box, after.box), price_veto_alone(traffic, [actor])
        assert (loss.days, loss.usd) == (veto.loss_days, veto.loss_usd)
        assert after.without_effect == veto.own_trade


def test_a_delay_costs_its_hours_at_most_at_each_gate(known: Scenario) -> None:
    before = find_outcome(known, MANY)
    after = find_outcome(known, MANY, [Hindrance("QTO", "slows", 12.0)])
    loss = compare_boxes(before.box, after.box)
    assert loss.days == pytest.approx(0.5)
    assert 0 <= (loss.usd or 0) == (compare_boxes(before.box, before.box).usd or 0)


def test_a_flow_has_its_range(dossier: Dossier, known: Scenario) -> None:
    """Less capacity leaves more without room, or sends more by dearer routes."""
    flows = find_outcome(known, MANY, capacities=read_capacities(dossier.tables)).flows
    assert flows
    assert flows.low.value > flows.typical.value >= flows.high.value
    free = find_outcome(known, MANY).flows
    assert free
    assert free.low == free.high
    loss = compare_flows(free.typical, flows.typical, 500.0)
    assert loss.generalised == pytest.approx((loss.usd or 0) + 500.0 * (loss.days or 0))
    assert loss.generalised > 0


def test_a_ration_leaves_a_single_box_its_route(dossier: Dossier, known: Scenario) -> None:
    half = [Hindrance("QTO", "rations", 0.5, "share")]
    own = read_capacities(dossier.tables)
    before, after = (
        find_outcome(known, MANY, capacities=own),
        find_outcome(known, MANY, half, capacities=own),
    )
    assert compare_boxes(before.box, after.box) == (0, 0, 0)
    assert before.flows
    assert after.flows
    assert after.flows.typical.value > before.flows.typical.value
    assert {one.limit.actor for one in after.flows.typical.bottlenecks} & {"QTO"}


def test_where_no_box_gets_through_no_loss_is_told(known: Scenario) -> None:
    trade = Trade("SU_PORT", "VE_CITY", 60.0, 100.0)
    before = find_outcome(known, trade)
    all_deny = [Hindrance(actor, "blocks") for actor in known.network.actors]
    after = find_outcome(known, trade, all_deny)
    assert compare_boxes(before.box, after.box) == (None, None, None)
    assert before.flows
    assert after.flows
    assert after.flows.typical.share_without_room == 1.0
    assert compare_flows(before.flows.typical, after.flows.typical, 60.0) == (None, None, None)
