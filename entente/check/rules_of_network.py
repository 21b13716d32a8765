"""Rules across the tables of the transport network: statuses, corridors, figures that compare.

Each takes the tables as :mod:`entente.check.faults` describes them, and yields faults.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from entente.check.faults import Fault, Tables, fault_at, faults_where, needs

Ends = Mapping[str, tuple[str, ...]]

USABLE = ("open", "partial")
LAND_MODES = ("rail", "road")
# Column of a leg to the units of the rates that it may name.
LEG_UNITS = {
    "time_rate_id": ("km per day", "days"),
    "freight_rate_id": ("USD per TEU-km", "USD per TEU"),
}
COMPARED_METRICS = ("km", "days", "hours", "usd")
# Parts of a published figure that are one wait at one node.
WAITS = ("border", "port", "ferry-wait")
# One that counts handling in the port where it begins; its first leg leads there.
WITH_PORT = "with-port"


@needs()
def check_multipliers(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """The multipliers of the record and of scenarios fit the status of the leg."""
    for name in ("leg_statuses", "scenario_legs"):
        if name in tables:
            rows = tables[name]
            wrong = rows["status_code"].isin(USABLE) == rows["multiplier"].isna()
            yield from faults_where(tables, name, wrong, "multiplier_mismatch", "multiplier")


@needs("legs", "rates")
def check_rates_of_legs(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """The rates of a leg are a speed or days, and a price by distance or for the whole leg."""
    units = _list_units(texts)
    for column, allowed in LEG_UNITS.items():
        wrong = ~tables["legs"][column].map(units).isin(allowed)
        yield from faults_where(tables, "legs", wrong, "wrong_unit", column)
    beyond = tables["legs"]["canal_km"] >= tables["legs"]["distance_km"]
    yield from faults_where(tables, "legs", beyond, "canal_too_long", "canal_km")


@needs("rates", "rate_periods")
def check_rate_periods(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """What the model draws is above zero, at any time."""
    in_model = tables["rates"][tables["rates"]["is_in_model"]]
    for name, rows in (("rates", in_model), ("rate_periods", tables["rate_periods"])):
        for column in ("low", "typical", "high"):
            yield from faults_where(tables, name, rows[column] <= 0, "rate_not_above_zero", column)


@needs("rates", "local_rates")
def check_local_rates(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A rate of a place is for one leg or node, in the unit of the general one, and stands once."""
    name, rows, units = "local_rates", tables["local_rates"], _list_units(texts)
    unplaced = rows["leg_id"].isna() == rows["node_id"].isna()
    yield from faults_where(tables, name, unplaced, "one_place", "node_id")
    differ = rows["own_rate_id"].map(units) != rows["rate_id"].map(units)
    yield from faults_where(tables, name, differ, "wrong_unit", "own_rate_id")
    twice = rows.assign(place=rows["leg_id"].fillna(rows["node_id"])).duplicated(
        ["rate_id", "place"]
    )
    yield from faults_where(tables, name, twice, "local_rate_twice", "rate_id")


@needs("capacities")
def check_capacities(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A capacity limits one leg or one node, and each of them has one."""
    name, rows = "capacities", tables["capacities"]
    unplaced = rows["leg_id"].isna() == rows["node_id"].isna()
    yield from faults_where(tables, name, unplaced, "one_place", "node_id")
    twice = rows["leg_id"].fillna(rows["node_id"]).duplicated()
    yield from faults_where(tables, name, twice & ~unplaced, "capacity_twice", "leg_id")


@needs("network_variants", "network_variant_services", "codes/services")
def check_network_variants(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every variant has a service, and the first has them all."""
    name, variants = "network_variants", tables["network_variants"]
    own = texts["network_variant_services"].groupby("variant_id")["service_code"].agg(set)
    bare = ~variants["variant_id"].isin(own.index)
    yield from faults_where(tables, name, bare, "no_service", "variant_id")
    if variants.empty:
        return  # with a network, another rule asks for them
    first = variants["sequence"].idxmin()
    found = own.get(variants.at[first, "variant_id"], set())
    if found != set(texts["codes/services"]["code"]):
        yield fault_at(tables, name, first, "not_all_services", "variant_id")


def _list_units(texts: Tables) -> Mapping[str, str]:
    return dict(zip(texts["rates"]["rate_id"], texts["rates"]["unit"], strict=True))


@needs("legs", "corridors", "corridor_legs")
def check_corridors(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Legs of a corridor count from 1, each starts where the last ended, and the ends are right."""
    legs, chains = _list_ends(texts), tables["corridor_legs"]
    for line, corridor in tables["corridors"].iterrows():
        rows = chains[chains["corridor_id"] == corridor["corridor_id"]].sort_values("sequence")
        if list(rows["sequence"]) != list(range(1, len(rows) + 1)):
            yield fault_at(tables, "corridor_legs", rows.index[-1], "gap_in_sequence", "sequence")
        end, broken = _follow(legs, rows["leg_id"], corridor["from_node_id"])
        if broken is not None:
            yield fault_at(tables, "corridor_legs", broken, "legs_do_not_join", "leg_id")
        elif len(rows) and end != corridor["to_node_id"]:
            yield fault_at(tables, "corridors", line, "wrong_corridor_end", "to_node_id")


def _list_ends(texts: Tables) -> Ends:
    """The two nodes of every leg, by its id; the first row of an id that stands there twice."""
    legs = texts["legs"].drop_duplicates("leg_id")
    nodes = zip(legs["from_node_id"], legs["to_node_id"], strict=True)
    return dict(zip(legs["leg_id"], nodes, strict=True))


def _follow(legs: Ends, chain: pd.Series, at: Any) -> tuple[Any, Any]:
    """Where a chain of legs leads from `at`, and the line of the first that does not join."""
    for line, leg_id in chain.items():
        ends = legs.get(leg_id, ())
        if at not in ends:
            return None, line
        at = ends[1] if ends[0] == at else ends[0]
    return at, None


@needs("benchmarks", "benchmark_legs", "legs", "corridor_legs")
def check_benchmarks(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A benchmark joins two nodes by its corridor or by legs of its own, or says why it cannot.

    What it lacks of its first or last leg is less than that leg, which must be one of its own.
    """
    legs = _list_ends(texts)
    benchmarks = tables["benchmarks"]
    ends = benchmarks[["from_node_id", "to_node_id"]].notna()
    wrong = ends.any(axis=1) == benchmarks["not_comparable_reason"].notna()
    wrong |= ends.any(axis=1) != ends.all(axis=1)
    yield from faults_where(tables, "benchmarks", wrong, "not_compared", "not_comparable_reason")
    strange = ~benchmarks["metric_code"].isin(COMPARED_METRICS)
    strange |= (benchmarks[["value", "low", "high"]] <= 0).any(axis=1)
    strange &= ends.all(axis=1)
    yield from faults_where(tables, "benchmarks", strange, "metric_not_compared", "metric_code")
    is_wait = benchmarks["part_code"].isin(WAITS)
    apart = benchmarks["from_node_id"] != benchmarks["to_node_id"]
    misplaced = ends.all(axis=1) & (is_wait == apart)
    yield from faults_where(tables, "benchmarks", misplaced, "wait_between", "part_code")
    own, shared = tables["benchmark_legs"], tables["corridor_legs"]
    lengths = tables["legs"].drop_duplicates("leg_id").set_index("leg_id")["distance_km"]
    for line, row in benchmarks[~wrong & ~misplaced & ends.all(axis=1)].iterrows():
        chain = own[own["benchmark_id"] == row["benchmark_id"]].sort_values("sequence")["leg_id"]
        if row["part_code"] in WAITS:
            joined = _passes(legs, chain, row["from_node_id"])
        elif len(chain) and row["part_code"] == WITH_PORT:
            joined = row["from_node_id"] in legs.get(chain.iloc[0], ())
            joined &= _follow(legs, chain.iloc[1:], row["from_node_id"])[0] == row["to_node_id"]
        elif len(chain):
            joined = _follow(legs, chain, row["from_node_id"])[0] == row["to_node_id"]
        else:
            on_way = shared[shared["corridor_id"] == row["corridor_id"]]["leg_id"]
            if not set(on_way) <= legs.keys():
                continue  # a leg that does not exist is another rule's fault
            places = {node for leg_id in on_way for node in legs[leg_id]}
            joined = {row["from_node_id"], row["to_node_id"]} <= places
        if not joined:
            yield fault_at(tables, "benchmarks", line, "no_way", "to_node_id")
        for column, ends_at in (("beyond_from_km", chain[:1]), ("beyond_to_km", chain[-1:])):
            if row[column] <= -float(lengths.reindex(ends_at).sum()):
                yield fault_at(tables, "benchmarks", line, "beyond_leg", column)


def _passes(legs: Ends, chain: pd.Series, node_id: str) -> bool:
    """Whether legs join and touch a node."""
    starts = legs.get(chain.iloc[0], ()) if len(chain) else ()
    joins = any(_follow(legs, chain, start)[0] for start in starts)
    return joins and any(node_id in legs[leg_id] for leg_id in chain)


@needs("legs", "nodes")
def check_border_crossings(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A road or rail leg crosses a border exactly when its ends lie in two states."""
    legs = tables["legs"]
    state = texts["nodes"].drop_duplicates("node_id").set_index("node_id")["actor_id"]
    two = legs["from_node_id"].map(state) != legs["to_node_id"].map(state)
    wrong = legs["mode_code"].isin(LAND_MODES) & (legs["is_border_crossing"] != two)
    yield from faults_where(tables, "legs", wrong, "wrong_border", "is_border_crossing")
