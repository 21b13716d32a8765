"""What a search answers between two places: ways that differ, or the cut that leaves none."""

from dataclasses import dataclass

import pandas as pd

from entente.analysis.alternatives import different_ways
from entente.analysis.cuts import cut
from entente.analysis.objectives import objective_of
from entente.analysis.ways import Way
from entente.store import Dossier
from entente.ui.cache import kept
from entente.ui.route_engine import Trip, traffic_of, veto_bits

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
    """

    ways: tuple[Way, ...]
    reference: Way | None
    cut: pd.DataFrame | None
    restored: Way | None


def found_ways(dossier: Dossier, *, trip: Trip, objective: str) -> Found:
    """Search between the places of a trip."""
    finder = traffic_of(dossier, trip, objective).chosen
    bits = veto_bits(dossier, trip)
    ways = tuple(different_ways(finder, vetoes=bits, most=MOST_WAYS))
    plain = trip._replace(scenarios=(), vetoes=())
    on_record = traffic_of(dossier, plain, objective).chosen.best()
    differs = on_record and on_record.leg_ids not in [way.leg_ids for way in ways[:1]]
    fewest, restored = (None, None) if ways else cut(finder, objective_of(objective), vetoes=bits)
    return Found(ways=ways, reference=on_record if differs else None, cut=fewest, restored=restored)


def found_of(dossier: Dossier, trip: Trip, objective: str) -> Found:
    """The same, made once."""
    made: Found = kept(found_ways, dossier, trip=trip, objective=objective)
    return made
