"""What marks of the trade routes stand for: corridors, ways and vetoes, with legs and claims."""

from collections.abc import Collection, Sequence

import pandas as pd

from entente.dossier.store import Dossier
from entente.routes.engine import Trip, scenario_of
from entente.routes.network.ways import Way
from entente.style.identities import identity


def corridor_marks(dossier: Dossier, chains: pd.DataFrame) -> dict[str, list[str]]:
    """Corridor to its identity: its legs in order of travel, and the claims that are about it."""
    claims = dossier["corridor_claims"].groupby("corridor_id")["claim_id"].agg(list)
    return {
        str(corridor_id): identity("corridor", str(corridor_id), legs, claims.get(corridor_id, []))
        for corridor_id, legs in chains.groupby("corridor_id")["leg_id"].agg(list).items()
    }


def way_mark(way: Way) -> list[str]:
    """The identity of a way that a search has found: no row of the dataset, but all its legs."""
    return identity("leg", way.leg_ids)


def behind_points(points: pd.DataFrame, staged: pd.DataFrame) -> list[str]:
    """What each point of a profile rests on: its leg, and at a stop the place, too.

    A stop has the leg by which it was reached; departure has the first.

    Args:
        points: `corridor_id` and `stage`, 0 for departure.
        staged: The stages, in order: `corridor_id`, `stage`, `leg_id`, `node_id`.
    """
    ways = staged["corridor_id"]
    legs = staged.groupby(ways)["leg_id"].ffill()
    legs = legs.groupby(ways).bfill()
    places = staged["node_id"].where(staged["leg_id"].isna(), "").fillna("")
    keys = zip(ways, staged["stage"], strict=True)
    found = {
        key: f"{leg} {node}".strip() for key, leg, node in zip(keys, legs, places, strict=True)
    }
    first = dict(zip(ways[::-1], legs[::-1], strict=True))
    asked = zip(points["corridor_id"], points["stage"], strict=True)
    return [str(found.get((way, stage), first[way])) for way, stage in asked]


def veto_mark(
    dossier: Dossier, trip: Trip, actors: Sequence[str], *, ways: Sequence[Way]
) -> list[str]:
    """The identity of a veto: the legs that it takes, and the claims that it bears on.

    Args:
        dossier: The dataset.
        trip: Between which places.
        actors: Who denies transit.
        ways: The ways that matter for the trip, the best first. Where the veto takes no leg of
            them, it leaves the best as it is, and that one's legs stand behind it.
    """
    taken = {actor: _taken(dossier, trip, actor, ways) for actor in actors}
    able = [actor for actor in actors if taken[actor]]
    legs = [leg_id for actor in able for leg_id in taken[actor]]
    return identity("veto", actors, legs or ways[0].leg_ids, _claims_on(dossier, trip, able))


def _taken(dossier: Dossier, trip: Trip, actor: str, ways: Sequence[Way]) -> list[str]:
    """Legs of the ways that an actor can deny; nobody denies its own trade."""
    denials = scenario_of(dossier, trip).transport.denials
    bits = denials.bits([actor]) & ~denials.own_trade(trip.origin, trip.destination)
    return [
        leg_id
        for way in ways
        for leg_id, row in zip(way.leg_ids, way.leg_rows, strict=True)
        if int(denials.by_leg[row]) & bits
    ]


def _claims_on(dossier: Dossier, trip: Trip, actors: Collection[str]) -> list[str]:
    """Claims about a corridor between the two places that name one of the actors."""
    corridors, links = dossier["corridors"], dossier["corridor_claims"]
    ends = {trip.origin, trip.destination}
    own = corridors["from_node_id"].isin(ends) & corridors["to_node_id"].isin(ends)
    about = links.loc[links["corridor_id"].isin(corridors.loc[own, "corridor_id"]), "claim_id"]
    named = dossier["claim_actors"]
    naming = named.loc[named["actor_id"].isin(list(actors)), "claim_id"]
    return sorted({*about} & {*naming})
