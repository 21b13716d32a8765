"""Chains: the legs of corridors in the order and direction in which a load takes them.

A corridor serves every pair of places on its chain, in either direction: it is sliced between the
two, and turned round where the load goes against the order of the file.
"""

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

CHAIN_COLUMNS = [
    "corridor_id",
    "sequence",
    "leg_id",
    "from_node_id",
    "to_node_id",
    "is_reversed",
    "mode_code",
    "from_gauge_code",
    "to_gauge_code",
]
GAUGES = ("from_gauge_code", "to_gauge_code")
LEG_COLUMNS = ["leg_id", "from_node_id", "to_node_id", "mode_code", *GAUGES]

Step = dict[str, Any]


def chains_between(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame, *, origin: str, destination: str
) -> pd.DataFrame:
    """The part of every corridor that leads from `origin` to `destination`.

    Args:
        corridor_legs: The table of that name.
        legs: The table of that name.
        origin: A node.
        destination: Another node.

    Returns:
        Rows of `CHAIN_COLUMNS`, sorted by corridor (in file order) and `sequence`, which counts
        from 1 at the origin. `from_` and `to_` follow the load. Empty when no corridor joins the
        two, or when they are the same.
    """
    steps = [
        {**step, "corridor_id": corridor_id, "sequence": place}
        for corridor_id, chain in whole_chains(corridor_legs, legs)
        for place, step in enumerate(_sliced(chain, origin, destination), start=1)
    ]
    return pd.DataFrame(steps, columns=CHAIN_COLUMNS)


def ways_from(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame, *, origin: str, places: Collection[str]
) -> dict[str, int]:
    """For each of `places` that a corridor joins to `origin`: how many ways there are.

    Corridors that share all legs between the two are one way. Places without any are left out; the
    order is that of `places`.
    """
    chains = [chain for _, chain in whole_chains(corridor_legs, legs)]
    reached = [chain for chain in chains if origin in _nodes(chain)]
    ways = {
        place: {tuple(leg["leg_id"] for leg in _sliced(chain, origin, place)) for chain in reached}
        for place in places
    }
    counts = {place: len(found - {()}) for place, found in ways.items()}
    return {place: count for place, count in counts.items() if count}


def same_ways(chains: pd.DataFrame) -> dict[str, str]:
    """Corridor to the first corridor that takes the very same legs: itself, where it is alone.

    Args:
        chains: Rows of `CHAIN_COLUMNS`.
    """
    taken = chains.groupby("corridor_id", sort=False)["leg_id"].agg(tuple)
    first: dict[tuple[str, ...], str] = {}
    return {str(name): first.setdefault(legs, str(name)) for name, legs in taken.items()}


def whole_chains(
    corridor_legs: pd.DataFrame, legs: pd.DataFrame
) -> Iterator[tuple[str, list[Step]]]:
    """Each corridor from its first node to its last, legs turned so that they join."""
    by_id = {str(row["leg_id"]): _step(row) for row in legs[LEG_COLUMNS].to_dict("records")}
    ordered = corridor_legs.sort_values("sequence", kind="stable")
    for corridor_id, rows in ordered.groupby("corridor_id", sort=False):
        yield str(corridor_id), _joined([by_id[leg_id] for leg_id in rows["leg_id"]])


def _step(leg: Step) -> Step:
    gauges = {name: leg[name] for name in GAUGES if isinstance(leg[name], str)}
    return {**leg, **dict.fromkeys(GAUGES), **gauges, "is_reversed": False}


def _joined(steps: list[Step]) -> list[Step]:
    """The first leg is turned so that it meets the second, every other to meet the one before."""
    if len(steps) > 1 and steps[0]["to_node_id"] not in _ends(steps[1]):
        steps = [turned(steps[0]), *steps[1:]]
    joined = steps[:1]
    for step in steps[1:]:
        fits = step["from_node_id"] == joined[-1]["to_node_id"]
        joined.append(step if fits else turned(step))
    return joined


def turned(step: Step) -> Step:
    """The same leg, taken the other way."""
    return {
        **step,
        "from_node_id": step["to_node_id"],
        "to_node_id": step["from_node_id"],
        "from_gauge_code": step["to_gauge_code"],
        "to_gauge_code": step["from_gauge_code"],
        "is_reversed": not step["is_reversed"],
    }


def _sliced(chain: list[Step], origin: str, destination: str) -> list[Step]:
    nodes = _nodes(chain)
    if origin == destination or not {origin, destination} <= set(nodes):
        return []
    start, end = nodes.index(origin), nodes.index(destination)
    if start < end:
        return chain[start:end]
    return [turned(step) for step in reversed(chain[end:start])]


def _nodes(chain: list[Step]) -> list[str]:
    return [chain[0]["from_node_id"], *(step["to_node_id"] for step in chain)]


def _ends(step: Step) -> tuple[str, str]:
    return step["from_node_id"], step["to_node_id"]
