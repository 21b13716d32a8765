"""Corridors: their legs in the order and direction of travel, and what holds them up on a day.

A corridor serves every pair of places on its chain, in either direction: it is sliced between the
two, and turned round where the load goes against the order of the file.
"""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from entente.check.rules_of_network import USABLE
from entente.routes.network.legs import LEG_COLUMNS, Step, list_steps, tabulate_chains
from entente.routes.network.scenarios import UNBUILT

SEVERITY = ("open", "partial", "suspended", "closed", "under-construction", "planned")
CONDITIONS = {
    **dict.fromkeys(SEVERITY, "cut"),
    **{code: code for code in USABLE},
    **dict.fromkeys(UNBUILT, "not-built"),
}


def slice_corridors(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame, *, origin: str, destination: str
) -> pd.DataFrame:
    """The part of every corridor that leads from `origin` to `destination`.

    Args:
        corridor_legs: The table of that name.
        legs: The table of that name.
        origin: A node.
        destination: Another node.

    Returns:
        Rows of `legs.CHAIN_COLUMNS`, sorted by corridor (in file order) and `sequence`, which
        counts from 1 at the origin. `from_` and `to_` follow the load. Empty when no corridor joins
        the two, or when they are the same.
    """
    return tabulate_chains(
        (corridor_id, _slice(chain, origin, destination))
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
            {tuple(step.leg_id for step in _slice(own, origin, place)) for own in chains} - {()}
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


def _slice(chain: list[Step], origin: str, destination: str) -> list[Step]:
    nodes = [chain[0].from_node_id, *(step.to_node_id for step in chain)]
    if origin == destination or not {origin, destination} <= set(nodes):
        return []
    start, end = nodes.index(origin), nodes.index(destination)
    if start < end:
        return chain[start:end]
    return [step.turn_round() for step in reversed(chain[end:start])]


def list_hindrances(chains: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Legs of the corridors that are not simply open, with what holds them up.

    Args:
        chains: Rows of `legs.CHAIN_COLUMNS`.
        statuses: One row per leg, as `scenarios.read_statuses` gives. A leg without a row, because
            nothing is on record by then, is no hindrance.

    Returns:
        Rows of both, in the order of `chains`.
    """
    found = chains.merge(statuses, on="leg_id", validate="many_to_one")
    return found[found["status_code"] != "open"].reset_index(drop=True)


def judge_corridors(chains: pd.DataFrame, hindrances: pd.DataFrame) -> pd.DataFrame:
    """The status of each corridor: that of its worst leg.

    Returns:
        One row per corridor, in the order of `chains`: `corridor_id`, `status_code` (a code of the
        worst leg), `condition` (`open`, `partial`, `cut` or `not-built`), `leg_id` of the first of
        its worst legs (missing when open), and `cut_count`, how many legs cannot be used.
    """
    ranked = hindrances.assign(
        rank=hindrances["status_code"].map(SEVERITY.index),
        is_cut=~hindrances["status_code"].isin(USABLE),
    )
    worst = ranked.sort_values("rank", ascending=False, kind="stable")
    worst = worst.drop_duplicates("corridor_id")
    cuts = ranked.groupby("corridor_id")["is_cut"].sum()
    judged = chains[["corridor_id"]].drop_duplicates(ignore_index=True)
    judged = judged.merge(worst[["corridor_id", "status_code", "leg_id"]], how="left")
    return judged.assign(
        status_code=judged["status_code"].fillna("open"),
        condition=judged["status_code"].fillna("open").map(CONDITIONS),
        cut_count=judged["corridor_id"].map(cuts).fillna(0).astype(int),
    )


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
    named = held["actor_id"].map(actors).groupby(held["leg_id"], sort=False).agg(", ".join)
    return facts.assign(
        from_label=facts["from_node_id"].map(places),
        to_label=facts["to_node_id"].map(places),
        controllers=facts["leg_id"].map(named).fillna(""),
    )
