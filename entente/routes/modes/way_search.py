"""What a search answers between two places: ways that differ, or the cut that leaves none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.engine import Trip, traffic_of
from entente.routes.network.alternatives import different_ways
from entente.routes.network.cuts import cut
from entente.routes.network.objectives import objective_of
from entente.routes.network.scenarios import without_standing_vetoes
from entente.routes.network.search import Finder
from entente.routes.network.search import finder as find
from entente.routes.network.ways import Way
from entente.routes.route_denials import veto_bits

MOST_WAYS = 4


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search answers.

    Attributes:
        ways: The best way, then those that differ; none when no route is left.
        reference: The best way on the record of the day, without switches and vetoes, where it is
            another one.
        cut: The fewest legs whose opening would restore a way; None when there is one.
        restored: That way.
        barred: The best way if nobody denied transit to this trade all the time, where it is
            another one.
    """

    ways: tuple[Way, ...]
    reference: Way | None
    cut: pd.DataFrame | None
    restored: Way | None
    barred: Way | None


@cached
def found_ways(dossier: Dossier, *, trip: Trip, objective: str) -> Found:
    """Search between the places of a trip."""
    finder = traffic_of(dossier, trip, objective).chosen
    bits = veto_bits(dossier, trip)
    ways = tuple(different_ways(finder, vetoes=bits, most=MOST_WAYS))
    plain = trip._replace(scenarios=(), vetoes=())
    on_record = traffic_of(dossier, plain, objective).chosen.best()
    differs = on_record and on_record.leg_ids not in [way.leg_ids for way in ways[:1]]
    fewest, restored = (None, None) if ways else cut(finder, objective_of(objective), vetoes=bits)
    return Found(
        ways=ways,
        reference=on_record if differs else None,
        cut=fewest,
        restored=restored,
        barred=_barred(finder, objective, bits, ways[:1] or (restored,)),
    )


def drawn_as(dossier: Dossier, trip: Trip, objective: str) -> str:
    """The first objective that was asked for and has this answer, shown in the same quantity.

    A touch of a slider seldom changes the ways: tables and figures are made for this objective,
    and so are found again.
    """
    found = found_of(dossier, trip, objective)
    ways = (*found.ways, None, found.reference, found.barred, found.restored)
    answer = (objective == "cost", *(way and way.leg_ids for way in ways))
    namesakes: dict[tuple[Any, ...], str] = _namesakes(dossier, trip=trip)
    return namesakes.setdefault(answer, objective)


@cached
def _namesakes(dossier: Dossier, *, trip: Trip) -> dict[tuple[Any, ...], str]:
    """Nothing yet: answers, and the objective that each was given to first."""
    return {}


def _barred(finder: Finder, objective: str, vetoes: int, known: Sequence[Way | None]) -> Way | None:
    """The best way without standing vetoes, unless it is one of those known already."""
    if not finder.standing:
        return None
    free = find(
        without_standing_vetoes(finder.scenario),
        origin=finder.origin,
        destination=finder.destination,
        objective=objective_of(objective),
    ).best(vetoes)
    return free if free and free.leg_ids not in [way.leg_ids for way in known if way] else None


def found_of(dossier: Dossier, trip: Trip, objective: str) -> Found:
    """The same, made once."""
    made: Found = found_ways(dossier, trip=trip, objective=objective)
    return made
