"""Chains: the legs of corridors in the order and direction in which a load takes them.

A corridor serves every pair of places on its chain, in either direction: it is sliced between the
two, and turned round where the load goes against the order of the file.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd


class Step(NamedTuple):
    """A leg in the direction of travel.

    Attributes:
        leg_id: The leg.
        from_node_id: Where the load takes it.
        to_node_id: Where the load leaves it.
        mode_code: Mode of the leg.
        from_gauge_code: Gauge where it starts; None when it has no rails.
        to_gauge_code: Gauge where it ends; None when it has no rails.
        is_reversed: Whether the load goes against the direction of the file.
    """

    leg_id: str
    from_node_id: str
    to_node_id: str
    mode_code: str
    from_gauge_code: str | None
    to_gauge_code: str | None
    is_reversed: bool = False


CHAIN_COLUMNS = ["corridor_id", "sequence", *Step._fields]
LEG_COLUMNS = list(Step._fields[:-1])


def list_steps(rows: pd.DataFrame) -> list[Step]:
    """Rows of `legs`, or of a chain, as steps in the same order."""
    columns = [name for name in Step._fields if name in rows]
    known = rows[columns].astype(object).where(rows[columns].notna(), None)
    return [Step(*row) for row in known.itertuples(index=False, name=None)]


def tabulate_chains(chains: Iterable[tuple[str, Sequence[Step]]]) -> pd.DataFrame:
    """Chains by corridor as rows of `CHAIN_COLUMNS`; `sequence` counts from 1."""
    rows = [
        (corridor_id, sequence, *step)
        for corridor_id, chain in chains
        for sequence, step in enumerate(chain, start=1)
    ]
    return pd.DataFrame(rows, columns=CHAIN_COLUMNS)


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
        Rows of `CHAIN_COLUMNS`, sorted by corridor (in file order) and `sequence`, which counts
        from 1 at the origin. `from_` and `to_` follow the load. Empty when no corridor joins the
        two, or when they are the same.
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
    """Corridor to the first corridor that takes the very same legs: itself, where it is alone.

    Args:
        chains: Rows of `CHAIN_COLUMNS`.
    """
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


def turn_round(step: Step) -> Step:
    """A leg, taken in the other direction."""
    return Step(
        leg_id=step.leg_id,
        from_node_id=step.to_node_id,
        to_node_id=step.from_node_id,
        mode_code=step.mode_code,
        from_gauge_code=step.to_gauge_code,
        to_gauge_code=step.from_gauge_code,
        is_reversed=not step.is_reversed,
    )


def rides_rails(step: Step) -> bool:
    """Whether wagons take a leg: railways, and ferries that carry them. Both state a gauge."""
    return step.from_gauge_code is not None


def _join(steps: list[Step]) -> list[Step]:
    """The first leg is turned so that it meets the second, every other to meet the one before."""
    if len(steps) > 1 and steps[0].to_node_id not in (steps[1].from_node_id, steps[1].to_node_id):
        steps = [turn_round(steps[0]), *steps[1:]]
    joined = steps[:1]
    for step in steps[1:]:
        fits = step.from_node_id == joined[-1].to_node_id
        joined.append(step if fits else turn_round(step))
    return joined


def _slice(chain: list[Step], origin: str, destination: str) -> list[Step]:
    nodes = [chain[0].from_node_id, *(step.to_node_id for step in chain)]
    if origin == destination or not {origin, destination} <= set(nodes):
        return []
    start, end = nodes.index(origin), nodes.index(destination)
    if start < end:
        return chain[start:end]
    return [turn_round(step) for step in reversed(chain[end:start])]
