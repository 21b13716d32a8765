"""Corridors, and any other chains of legs: stage by stage, and what holds them up on a day.

A corridor serves every pair of places on its chain, in either direction: it is sliced between the
two, and turned round where the load goes against the order of the file.

Stages are after UNESCAP's time/cost–distance model: carriage, the moving time of one leg, and
stops, waits at a node, by turns. Every wait is one row of its own, so none is counted twice and
none hides in a leg.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pandas as pd

from entente.check.rules_of_network import USABLE
from entente.routes.network.graph import Network
from entente.routes.network.legs import (
    LEG_COLUMNS,
    PASSED_AT_SEA,
    Places,
    Step,
    index_places,
    list_dwell_times,
    list_steps,
    tabulate_chains,
)
from entente.routes.network.rates import BOUNDS, CO2E, QUANTITIES, Amount, RateBook, list_amounts
from entente.routes.network.scenarios import UNBUILT, Hindrance, find_gates, trace

HINDRANCE = "hindrance"  # what a stop is for that an actor makes
SEVERITY = ("open", "partial", "suspended", "closed", "under-construction", "planned")
CONDITIONS = {
    **dict.fromkeys(SEVERITY, "cut"),
    **{code: code for code in USABLE},
    **dict.fromkeys(UNBUILT, "not-built"),
}
FIGURES = tuple(f"{quantity}_{bound}" for quantity in QUANTITIES for bound in BOUNDS)
STAGE_COLUMNS = [
    *("corridor_id", "stage", "kind", "what_code", "leg_id", "node_id", "actor_id"),
    *("from_km", "to_km", *FIGURES, "multiplier", "is_gauge_break", "rate_ids"),
]
MEASURE_COLUMNS = [
    *("corridor_id", "distance_km", "border_count", "transshipment_count", "gauge_break_count"),
    "states",
]


def slice_corridors(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame, *, origin: str, destination: str
) -> pd.DataFrame:
    """The part of every corridor that leads from one node to another, from the tables named.

    Returns:
        Rows of `legs.CHAIN_COLUMNS`, by corridor in file order; `sequence` counts from 1 at the
        origin, `from_` and `to_` follow the load. Empty when no corridor joins the two, or when
        they are the same.
    """
    return tabulate_chains(
        (corridor_id, slice_chain(chain, origin, destination))
        for corridor_id, chain in join_corridors(corridor_legs, legs)
    )


def count_routes_from(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame, *, origin: str, places: Collection[str]
) -> dict[str, int]:
    """For each of `places` that a corridor joins to `origin`: how many different chains lead there.

    Corridors that share all legs between the two count once. Places without any are left out; the
    order is that of `places`.
    """
    chains = [chain for _, chain in join_corridors(corridor_legs, legs)]
    counts = {
        place: len(
            {tuple(step.leg_id for step in slice_chain(own, origin, place)) for own in chains}
            - {()}
        )
        for place in places
    }
    return {place: count for place, count in counts.items() if count}


def find_same_legs(chains: pd.DataFrame) -> dict[str, str]:
    """Corridor to the first corridor that takes the very same legs: itself, where it is alone."""
    taken = chains.groupby("corridor_id", sort=False)["leg_id"].agg(tuple)
    first: dict[tuple[str, ...], str] = {}
    return {str(name): first.setdefault(legs, str(name)) for name, legs in taken.items()}


def join_corridors(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame
) -> Iterator[tuple[str, list[Step]]]:
    """Each corridor from its first node to its last, legs turned so that they join."""
    by_id = {step.leg_id: step for step in list_steps(legs[LEG_COLUMNS])}
    ordered = corridor_legs.sort_values("sequence", kind="stable")
    for corridor_id, rows in ordered.groupby("corridor_id", sort=False):
        yield str(corridor_id), _join([by_id[leg_id] for leg_id in rows["leg_id"]])


def _join(steps: list[Step]) -> list[Step]:
    """The first leg is turned so that it meets the second, every other to meet the one before."""
    if len(steps) > 1 and steps[0].to_node_id not in (steps[1].from_node_id, steps[1].to_node_id):
        steps = [steps[0].turn_round(), *steps[1:]]
    joined = steps[:1]
    for step in steps[1:]:
        fits = step.from_node_id == joined[-1].to_node_id
        joined.append(step if fits else step.turn_round())
    return joined


def slice_chain(chain: list[Step], origin: str, destination: str) -> list[Step]:
    """The part of a chain that leads from one node to another, turned where that is backwards.

    Empty when it does not join the two, or when they are the same.
    """
    nodes = [chain[0].from_node_id, *(step.to_node_id for step in chain)]
    if origin == destination or not {origin, destination} <= set(nodes):
        return []
    start, end = nodes.index(origin), nodes.index(destination)
    if start < end:
        return chain[start:end]
    return [step.turn_round() for step in reversed(chain[end:start])]


def value_stages(
    chains: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    *,
    statuses: pd.DataFrame,
    rates: RateBook,
) -> pd.DataFrame:
    """The stages of every chain, in order.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        tables: `legs`, `nodes` and `local_rates`, by name.
        statuses: Rows of `leg_id` and `multiplier`, such as `scenarios.read_statuses` gives. A leg
            without a multiplier, because it is shut or not built, is valued as if it were open.
        rates: The rates of the day.

    Returns:
        Rows of `STAGE_COLUMNS`, `stage` counting from 1. `kind` is `carriage` (with `leg_id`) or
        `stop` (with `node_id`); `actor_id` is the state where it happens, of a carriage the one it
        leads to; `what_code` is the mode or the reason for waiting; `rate_ids` name what the
        figures rest on, that of the days first, joined by a blank.

    Raises:
        KeyError: a rate that a rule asks for is missing.
    """
    places = index_places(tables["nodes"], tables["local_rates"])
    legs = tables["legs"].set_index("leg_id")
    moving = dict(zip(legs.index, list_amounts(tables["legs"], rates.units), strict=True))
    rows = [
        {"corridor_id": corridor_id, "stage": stage, **row}
        for corridor_id, chain in chains.groupby("corridor_id", sort=False)
        for stage, row in enumerate(
            _list_stages(list_steps(chain), legs["distance_km"], moving, places), start=1
        )
    ]
    taken = [row.pop("amounts") for row in rows]
    stages = pd.DataFrame(rows, columns=STAGE_COLUMNS)
    multipliers = statuses.dropna(subset=["multiplier"]).set_index("leg_id")["multiplier"]
    factor = stages["leg_id"].map(multipliers).astype(float).fillna(1.0)
    for place, quantity in enumerate(QUANTITIES):
        own = [[one for one in amounts if one.quantity == place] for amounts in taken]
        figures = np.array([rates.value(amounts) for amounts in own]).reshape(-1, len(BOUNDS))
        figures *= 1.0 if place == CO2E else factor.to_numpy()[:, None]
        for column, values in zip(BOUNDS, figures.T, strict=True):
            stages[f"{quantity}_{column}"] = values
    numbers = dict.fromkeys(("from_km", "to_km", *FIGURES, "multiplier"), float)
    return stages.assign(multiplier=factor).astype(numbers)


def _list_stages(
    chain: Sequence[Step],
    lengths: pd.Series,
    moving: Mapping[str, Sequence[Amount]],
    places: Places,
) -> Iterator[dict[str, Any]]:
    """Dwell times due before each leg, its carriage, and those due after the last."""
    start = 0.0
    for step, due in zip([*chain, None], list_dwell_times(chain, places), strict=True):
        for dwell in due:
            yield {
                "kind": "stop",
                "what_code": dwell.rule.what_code,
                "node_id": dwell.node_id,
                "actor_id": places.states[dwell.node_id],
                "from_km": start,
                "to_km": start,
                "is_gauge_break": dwell.rule.breaks_gauge,
                **_name_amounts(dwell.amounts),
            }
        if step:
            end = start + lengths[step.leg_id]
            yield {
                "kind": "carriage",
                "what_code": step.mode_code,
                "leg_id": step.leg_id,
                "actor_id": places.states[step.to_node_id],
                "from_km": start,
                "to_km": end,
                "is_gauge_break": False,
                **_name_amounts(moving[step.leg_id]),
            }
            start = end


def _name_amounts(amounts: Sequence[Amount]) -> dict[str, Any]:
    return {"amounts": amounts, "rate_ids": " ".join(one.rate_id for one in amounts)}


def add_hindrances(
    stages: pd.DataFrame, chains: pd.DataFrame, network: Network, hindrances: Collection[Hindrance]
) -> pd.DataFrame:
    """The stages with a stop for each delay and each charge on the way.

    It stands after the leg that is a gate of the actor (`scenarios.find_gates`), for every chain
    but those of the actor's own trade.

    Args:
        stages: As `value_stages` gives them.
        chains: The chains that they are stages of.
        network: The network that both are of.
        hindrances: Who does what; blocks and rations take no time.
    """
    adding = [one for one in hindrances if one.days or one.usd]
    gates = {one.actor: set(find_gates(network, one.actor).tolist()) for one in adding}
    carriage = stages[stages["kind"] == "carriage"]
    places = pd.Series(carriage.index, index=[carriage["corridor_id"], carriage["leg_id"]])
    rows = []
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        steps = list_steps(chain)
        ends = (steps[0].from_node_id, steps[-1].to_node_id)
        own = {network.states[node] for node in ends}
        for step, edge in zip(steps, trace(network, steps), strict=True):
            for one in adding:
                if edge in gates[one.actor] and one.actor not in own:
                    rows.append((places[corridor_id, step.leg_id], step.to_node_id, one))
    if not rows:
        return stages
    after, nodes, stops = zip(*rows, strict=True)
    figures = dict.fromkeys(FIGURES, [0.0] * len(stops))
    figures |= {f"days_{bound}": [one.days for one in stops] for bound in BOUNDS}
    figures |= {f"cost_usd_per_teu_{bound}": [one.usd for one in stops] for bound in BOUNDS}
    before = stages.loc[list(after)]
    added = before.assign(
        kind="stop",
        what_code=HINDRANCE,
        leg_id=None,
        node_id=nodes,
        actor_id=[one.actor for one in stops],
        from_km=before["to_km"],
        multiplier=1.0,
        is_gauge_break=False,
        rate_ids="",
        **figures,
    ).astype(stages.dtypes)
    both = pd.concat([stages, added]).sort_index(kind="stable", ignore_index=True)
    return both.assign(stage=both.groupby("corridor_id", sort=False).cumcount() + 1)


def measure_corridors(
    chains: pd.DataFrame, stages: pd.DataFrame, *, nodes: pd.DataFrame
) -> pd.DataFrame:
    """How long each corridor is, and what a load goes through on it.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        stages: The stages of the same chains.
        nodes: The table of that name.

    Returns:
        One row per corridor, in the order of `chains`: `corridor_id`, `distance_km`,
        `border_count`, `transshipment_count`, `gauge_break_count` and `states`. A transshipment is
        a change of mode on the way, a change between ocean ship and feeder among them; wagons on a
        train ferry change nothing. `states` are the states on the way, in order, joined by a blank.
    """
    rows, land = [], find_land_states(nodes)
    for corridor_id, chain in chains.groupby("corridor_id", sort=False):
        own, steps = stages[stages["corridor_id"] == corridor_id], list_steps(chain)
        states = list_states([steps[0].from_node_id, *chain["to_node_id"]], land)
        rows.append(
            {
                "corridor_id": corridor_id,
                "distance_km": own["to_km"].max(),
                "border_count": len(states) - 1,
                "transshipment_count": sum(
                    one.mode_code != other.mode_code and not (one.rides_rails and other.rides_rails)
                    for one, other in pairwise(steps)
                ),
                "gauge_break_count": int(own["is_gauge_break"].sum()),
                "states": " ".join(states),
            }
        )
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def find_land_states(nodes: pd.DataFrame) -> dict[str, str]:
    """Node to its state; straits and canals, which are passed at sea, are none's."""
    land = nodes[~nodes["kind_code"].isin(PASSED_AT_SEA)]
    return dict(zip(land["node_id"], land["actor_id"], strict=True))


def list_states(node_ids: Sequence[str], states: Mapping[str, str]) -> list[str]:
    """States in the order in which a load enters them; one that is entered twice stands twice.

    `states` are as :func:`find_land_states` gives them.
    """
    return [state for state, _ in groupby(states[node] for node in node_ids if node in states)]


def judge_corridors(chains: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """The status of each corridor: that of its worst leg.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        statuses: One row per leg, as `scenarios.read_statuses` gives. A leg without a row, because
            nothing is on record by then, counts as open.

    Returns:
        One row per corridor, in the order of `chains`: `corridor_id`, `status_code` (a code of the
        worst leg), `condition` (`open`, `partial`, `cut` or `not-built`), and `leg_id` of the first
        of its worst legs (missing when open).
    """
    found = chains[["corridor_id", "leg_id"]].merge(
        statuses[["leg_id", "status_code"]], on="leg_id", how="left", validate="many_to_one"
    )
    found["status_code"] = found["status_code"].fillna("open")
    ranked = found.assign(rank=found["status_code"].map(SEVERITY.index))
    worst = ranked.sort_values("rank", ascending=False, kind="stable")
    worst = worst.drop_duplicates("corridor_id").sort_index().drop(columns="rank")
    return worst.assign(
        condition=worst["status_code"].map(CONDITIONS),
        leg_id=worst["leg_id"].where(worst["status_code"] != "open"),
    ).reset_index(drop=True)


def collect_leg_facts(
    chains: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, statuses: pd.DataFrame
) -> pd.DataFrame:
    """The legs of all chains with ends, length, status and who can deny them.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        tables: `legs`, `nodes`, `leg_actors` and `actors`, by name.
        statuses: One row per leg, as `scenarios.read_statuses` gives.

    Returns:
        The rows of `chains` with `from_label`, `to_label`, `distance_km`, `distance_basis_code`,
        `distance_note`, the columns of `statuses` (the note as `status_note`), which are missing
        where nothing is on record, and `controllers`: labels joined by a comma, empty when nobody
        is on record.
    """
    measured = tables["legs"][["leg_id", "distance_km", "distance_basis_code", "distance_note"]]
    facts = chains.merge(measured, on="leg_id", validate="many_to_one").merge(
        statuses.rename(columns={"note": "status_note"}),
        on="leg_id",
        how="left",
        validate="many_to_one",
    )
    places, actors = (
        tables[name].set_index(key)["label"]
        for name, key in (("nodes", "node_id"), ("actors", "actor_id"))
    )
    held = tables["leg_actors"]
    held = held[held["is_denier"]]
    named = held["actor_id"].map(actors).groupby(held["leg_id"], sort=False).agg(", ".join)
    return facts.assign(
        from_label=facts["from_node_id"].map(places),
        to_label=facts["to_node_id"].map(places),
        controllers=facts["leg_id"].map(named).fillna(""),
    )
