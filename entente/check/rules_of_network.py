"""Rules across the tables of the transport network: statuses, corridors, figures that compare.

Each takes the tables as :mod:`entente.check.across` describes them, and yields faults.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from entente.check.faults import Fault
from entente.check.within import (
    Rule,
    Tables,
    fault_at,
    faults_of_same_start,
    faults_where,
    list_values,
)

Ends = Mapping[str, tuple[str, ...]]

USABLE = ("open", "partial")
LAND_MODES = ("rail", "road")
COMPARED_METRICS = ("km", "days", "hours", "usd")


def check_leg_statuses(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every leg has a status, no two begin together, and multipliers fit the status."""
    statuses = tables["leg_statuses"]
    bare = ~tables["legs"]["leg_id"].isin(list_values(texts, "leg_statuses", "leg_id"))
    yield from faults_where(tables, "legs", bare, "no_status", "leg_id")
    yield from faults_of_same_start(tables, "leg_statuses", "leg_id")
    wrong = statuses["status_code"].isin(USABLE) == statuses["multiplier"].isna()
    yield from faults_where(tables, "leg_statuses", wrong, "multiplier_mismatch", "multiplier")


def check_scenarios(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every scenario changes a leg, and its multipliers fit its statuses."""
    bare = ~tables["scenarios"]["scenario_id"].isin(
        list_values(texts, "scenario_legs", "scenario_id")
    )
    yield from faults_where(tables, "scenarios", bare, "no_legs", "scenario_id")
    legs = tables["scenario_legs"]
    wrong = legs["status_code"].isin(USABLE) == legs["multiplier"].isna()
    yield from faults_where(tables, "scenario_legs", wrong, "multiplier_mismatch", "multiplier")


def check_corridors(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Legs of a corridor count from 1, each starts where the last ended, and the ends are right."""
    legs = _ends_of_legs(texts)
    chains = tables["corridor_legs"]
    corridors = tables["corridors"]
    bare = ~corridors["corridor_id"].isin(list_values(texts, "corridor_legs", "corridor_id"))
    yield from faults_where(tables, "corridors", bare, "no_legs", "corridor_id")
    for line, corridor in corridors[~bare].iterrows():
        rows = chains[chains["corridor_id"] == corridor["corridor_id"]].sort_values("sequence")
        if list(rows["sequence"]) != list(range(1, len(rows) + 1)):
            yield fault_at(tables, "corridor_legs", rows.index[-1], "gap_in_sequence", "sequence")
        at: Any = corridor["from_node_id"]
        for place, leg_id in rows["leg_id"].items():
            ends = legs.get(leg_id, ())
            if at not in ends:
                yield fault_at(tables, "corridor_legs", place, "legs_do_not_join", "leg_id")
                break
            at = ends[1] if ends[0] == at else ends[0]
        else:
            if at != corridor["to_node_id"]:
                yield fault_at(tables, "corridors", line, "wrong_corridor_end", "to_node_id")


def _ends_of_legs(texts: Tables) -> Ends:
    """The two nodes of every leg, by its id; the first row of an id that stands there twice."""
    legs = texts["legs"].drop_duplicates("leg_id")
    nodes = zip(legs["from_node_id"], legs["to_node_id"], strict=True)
    return dict(zip(legs["leg_id"], nodes, strict=True))


def check_benchmarks(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A benchmark joins two nodes by its corridor or by legs of its own, or says why it cannot."""
    legs = _ends_of_legs(texts)
    benchmarks = tables["benchmarks"]
    ends = benchmarks[["from_node_id", "to_node_id"]].notna()
    wrong = ends.any(axis=1) == benchmarks["not_comparable_reason"].notna()
    wrong |= ends.any(axis=1) != ends.all(axis=1)
    yield from faults_where(tables, "benchmarks", wrong, "not_compared", "not_comparable_reason")
    strange = ~benchmarks["metric_code"].isin(COMPARED_METRICS)
    strange |= (benchmarks[["value", "low", "high"]] <= 0).any(axis=1)
    strange &= ends.all(axis=1)
    yield from faults_where(tables, "benchmarks", strange, "metric_not_compared", "metric_code")
    own, shared = tables["benchmark_legs"], tables["corridor_legs"]
    for line, row in benchmarks[~wrong & ends.all(axis=1)].iterrows():
        chain = own[own["benchmark_id"] == row["benchmark_id"]].sort_values("sequence")["leg_id"]
        if len(chain):
            joined = _end_of(legs, chain, row["from_node_id"]) == row["to_node_id"]
        else:
            on_way = shared[shared["corridor_id"] == row["corridor_id"]]["leg_id"]
            if not set(on_way) <= legs.keys():
                continue  # a leg that does not exist is another rule's fault
            places = {node for leg_id in on_way for node in legs[leg_id]}
            joined = {row["from_node_id"], row["to_node_id"]} <= places
        if not joined:
            yield fault_at(tables, "benchmarks", line, "no_way", "to_node_id")


def _end_of(legs: Ends, chain: pd.Series, at: Any) -> Any:
    """Where a chain of legs leads from `at`; None when its legs do not join."""
    for leg_id in chain:
        ends = legs.get(leg_id, ())
        if at not in ends:
            return None
        at = ends[1] if ends[0] == at else ends[0]
    return at


def check_border_crossings(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A road or rail leg crosses a border exactly when its ends lie in two states."""
    legs = tables["legs"]
    state = texts["nodes"].drop_duplicates("node_id").set_index("node_id")["actor_id"]
    two = legs["from_node_id"].map(state) != legs["to_node_id"].map(state)
    wrong = legs["mode_code"].isin(LAND_MODES) & (legs["is_border_crossing"] != two)
    yield from faults_where(tables, "legs", wrong, "wrong_border", "is_border_crossing")


RULES_OF_NETWORK: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("legs", "leg_statuses"), check_leg_statuses),
    (("scenarios", "scenario_legs"), check_scenarios),
    (("legs", "corridors", "corridor_legs"), check_corridors),
    (("benchmarks", "benchmark_legs", "legs", "corridor_legs"), check_benchmarks),
    (("legs", "nodes"), check_border_crossings),
)
