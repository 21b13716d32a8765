"""The search's rules about dwell times are those of the stages, on any network, however odd.

Small networks are drawn at random: modes, gauges that differ between the ends of a leg, wagons on
ferries, borders anywhere, canals. Every chain is valued twice, and every best route is held
against all chains there are.
"""

import datetime as dt
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.routes.network.graph import Network, list_barred_turns
from entente.routes.network.legs import Places, list_dwell_times, list_steps
from entente.routes.network.rates import read_rates
from entente.routes.network.scenarios import build_scenario
from entente.routes.network.search import OBJECTIVES
from entente.routes.valuation.corridors import value_stages
from tests.laws import examples
from tests.routes import whole_chains
from tests.routes.networks import find_best_route, tables, without_departures

KINDS = ["city", "seaport", "rail-border", "road-border", "canal", "chokepoint", "caspian-port"]
GAUGES = ["1435", "1520", "undecided"]
TODAY = dt.date(2025, 4, 10)
NODES = ["A", "B", "C", "D", "E"]
POINTS = {"A": (0, 0), "B": (0, 10), "C": (1, 20), "D": (9, 12), "E": (2, 5)}

places = st.fixed_dictionaries(
    {node: st.tuples(st.sampled_from(["X", "Y"]), st.sampled_from(KINDS)) for node in NODES}
)
ends = st.lists(st.sampled_from(NODES), min_size=2, max_size=2, unique=True)


@st.composite
def leg(draw) -> dict:
    start, end = draw(ends)
    mode = draw(st.sampled_from(["rail", "rail", "road", "deep-sea", "short-sea", "ferry"]))
    on_rails = mode == "rail" or (mode == "ferry" and draw(st.booleans()))
    gauges = [draw(st.sampled_from(GAUGES)) if on_rails else None for _ in range(2)]
    return {
        "from_node_id": start,
        "to_node_id": end,
        "mode_code": mode,
        "distance_km": float(draw(st.integers(1, 900))),
        "time_rate_id": draw(st.sampled_from(["SPD-RAIL-IRN", "SPD-ROAD-IRN", "TIME-L089"])),
        "freight_rate_id": draw(st.sampled_from(["CST-RAIL", "CST-ROAD", "CST-FERRY"])),
        "service_code": "other",
        "from_gauge_code": gauges[0],
        "to_gauge_code": gauges[1],
    }


networks = st.tuples(places, st.lists(leg(), min_size=4, max_size=8))
always = settings(
    max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck)
)


def as_tables(drawn: tuple[dict, list[dict]]) -> dict[str, pd.DataFrame]:
    placed, drawn_legs = drawn
    legs = pd.DataFrame(drawn_legs)
    legs.insert(0, "leg_id", [f"L{n}" for n in range(len(legs))])
    legs["canal_km"], legs["service_code"] = np.nan, "container"
    legs[["from_gauge_code", "to_gauge_code"]] = legs[["from_gauge_code", "to_gauge_code"]].astype(
        object
    )
    nodes = pd.DataFrame(
        [(node, state, kind, *POINTS[node]) for node, (state, kind) in placed.items()],
        columns=["node_id", "actor_id", "kind_code", "lat", "lon"],
    )
    return {
        **tables(),
        "legs": legs,
        "nodes": nodes,
        "leg_actors": tables()["leg_actors"].iloc[:0],
        "leg_statuses": tables()["leg_statuses"].iloc[:0],
    }


def turned(row: dict) -> dict:
    swap = {"from_node_id": "to_node_id", "from_gauge_code": "to_gauge_code"}
    back = {**swap, **{new: old for old, new in swap.items()}}
    return {name: row[back.get(name, name)] for name in row}


def chains_from(own: dict, start: str) -> list[list[dict]]:
    """Every chain from a node that visits no node twice and turns round in no strait."""
    barred = list_barred_turns(own["nodes"], own["legs"])
    steps = []
    for row in own["legs"].to_dict("records"):
        plain = {**row, "is_reversed": False}
        steps += [plain, {**turned(plain), "is_reversed": True}]
    found, waiting = [], [[step] for step in steps if step["from_node_id"] == start]
    while waiting:
        chain = waiting.pop()
        found.append(chain)
        seen = {start, *(step["to_node_id"] for step in chain)}
        waiting += [
            [*chain, step]
            for step in steps
            if step["from_node_id"] == chain[-1]["to_node_id"]
            and step["to_node_id"] not in seen
            and not turns(chain[-1], step, barred)
        ]
    return found


def turns(before: dict, step: dict, barred: frozenset) -> bool:
    at_sea = {before["mode_code"], step["mode_code"]} <= {"deep-sea", "short-sea"}
    return at_sea and (before["from_node_id"], step["from_node_id"], step["to_node_id"]) in barred


def by_stages(own: dict, chains: list[list[dict]]) -> list[tuple[int, int]]:
    """Days and USD of each chain in millionths, as its stages have it."""
    rows = pd.DataFrame(
        [{**step, "corridor_id": n} for n, chain in enumerate(chains) for step in chain]
    ).astype({"from_gauge_code": object, "to_gauge_code": object})
    gauges = ["from_gauge_code", "to_gauge_code"]
    rows[gauges] = rows[gauges].where(rows[gauges].notna(), None)
    none = pd.DataFrame({"leg_id": [], "multiplier": []})
    valued = value_stages(rows, own, statuses=none, rates=read_rates(own, as_of=TODAY))
    figures = ["days_typical", "cost_usd_per_teu_typical"]
    sums = (valued[figures] * 1e6).round().groupby(valued["corridor_id"]).sum()
    return [tuple(int(part) for part in row) for row in sums.to_numpy()]


some_local_rates = st.dictionaries(
    st.tuples(
        st.sampled_from(
            ["BRD-ROAD", "BRD-RAIL", "HND-PORT", "LINER-CALLS", "GAUGE-BREAK-USD", "HEADWAY-SHIP"]
        ),
        st.sampled_from([*NODES, "L0", "L1", "L2", "L3"]),
    ),
    st.sampled_from(["OWN-1", "OWN-2"]),
)


@given(drawn=networks, local_rates=some_local_rates)
@always
def test_a_chain_taken_leg_by_leg_waits_as_the_rules_for_whole_chains_have_it(
    drawn, local_rates
) -> None:
    own = as_tables(drawn)
    nodes = own["nodes"]
    where = {
        "states": dict(zip(nodes["node_id"], nodes["actor_id"], strict=True)),
        "kinds": dict(zip(nodes["node_id"], nodes["kind_code"], strict=True)),
    }
    for chain in chains_from(own, "A"):
        steps = list_steps(pd.DataFrame(chain))
        found = list_dwell_times(steps, Places(**where, local_rates=local_rates))
        expected = whole_chains.list_dwell_times(steps, **where, local_rates=local_rates)
        assert found == expected, chain


@given(drawn=networks)
@always
def test_a_search_adds_up_what_the_stages_of_a_chain_cost(drawn) -> None:
    """Days and USD of all edges that a chain takes in the graph are those of its stages."""
    own = as_tables(drawn)
    chains = chains_from(own, "A")
    known = build_scenario(own, as_of=dt.date(2026, 1, 1))
    for chain, expected in zip(chains, by_stages(own, chains) if chains else [], strict=True):
        assert by_edges(known.network, known.costs, chain) == expected


def by_edges(network: Network, costs: np.ndarray, chain: list[dict]) -> tuple[int, int]:
    """Days and USD of a chain in millionths, as the edges of the graph have it."""
    at, taken = network.starts["A"], []
    for leg_id, is_reversed in [(step["leg_id"], step["is_reversed"]) for step in chain]:
        (edge,) = (
            n
            for n in np.flatnonzero(network.sources == at)
            if (step := network.steps[n])
            and (step.leg_id, step.is_reversed) == (leg_id, is_reversed)
        )
        at, taken = int(network.targets[edge]), [*taken, edge]
    (last,) = (n for n in np.flatnonzero(network.sources == at) if network.steps[n] is None)
    days, usd, _ = costs[[*taken, last]].sum(axis=0)
    return int(days), int(usd)


@given(drawn=networks)
@always
def test_any_chain_turned_round_is_worth_the_same(drawn) -> None:
    """Legs that keep their gauge and carry wagons on rails only, but for waits for a departure."""
    placed, rows = drawn
    kept = [{**row, "to_gauge_code": row["from_gauge_code"]} for row in rows]
    kept = [row for row in kept if row["mode_code"] != "ferry" or not row["from_gauge_code"]]
    own = without_departures(as_tables((placed, kept))) if kept else {}
    chains = chains_from(own, "A") if kept else []
    if chains:
        back = [[{**turned(step), "is_reversed": True} for step in chain[::-1]] for chain in chains]
        assert by_stages(own, chains) == by_stages(own, back)


@given(drawn=networks)
@settings(always, max_examples=examples(80))
def test_no_chain_of_all_beats_the_best_way(drawn) -> None:
    own = as_tables(drawn)
    known = build_scenario(own, as_of=dt.date(2026, 1, 1))
    chains = chains_from(own, "A")
    worth = by_stages(own, chains) if chains else []
    for target in NODES[1:]:
        ending = [
            days
            for chain, (days, _) in zip(chains, worth, strict=True)
            if chain[-1]["to_node_id"] == target
        ]
        way = find_best_route(known, origin="A", destination=target, objective=OBJECTIVES["time"])
        if way is None:
            assert not ending
        elif len(set(way.node_ids)) == len(way.node_ids):
            assert way.value == min(ending)
        elif ending:
            assert way.value <= min(ending), "only a way that turns back could be better"


@given(drawn=networks)
@settings(always, max_examples=examples(40))
def test_the_way_found_joins(drawn) -> None:
    known = build_scenario(as_tables(drawn), as_of=dt.date(2026, 1, 1))
    way = find_best_route(known, origin="A", destination="E", objective=OBJECTIVES["cost"])
    if way:
        assert all(a.to_node_id == b.from_node_id for a, b in pairwise(way.steps))
        assert way.node_ids[0] == "A"
        assert way.node_ids[-1] == "E"
