"""What the readings of the trade routes page ask the engine for, each answer kept once found."""

import datetime as dt
from typing import NamedTuple

from entente.address.views import RoutesView
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.network.objectives import objective_of
from entente.routes.network.scenarios import Scenario, Transport, scenario, transport
from entente.routes.valuation.vetoes import Trade, trade
from entente.style.names import spoken
from entente.vocabulary import MIX


class Trip(NamedTuple):
    """Between which places, on which day, with which switches thrown, and who denies transit."""

    origin: str
    destination: str
    as_of: dt.date
    scenarios: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()

    @property
    def is_two_places(self) -> bool:
        """False when both ends are one place, so that there is no way to look for."""
        return self.origin != self.destination


def trip_of(view: RoutesView) -> Trip:
    """The trip of a view, whatever its reading."""
    return Trip(
        view.origin,
        view.destination,
        view.as_of,
        tuple(sorted(view.scenarios)),
        tuple(sorted(view.vetoes)),
    )


def searched_by(view: RoutesView) -> str:
    """What the best way has least of, as a code; a mix carries the reader's weights."""
    if view.objective != MIX:
        return view.objective
    weights = view.weights[:3] if any(view.weights[:3]) else (1, 1, 1)
    return "-".join([MIX, *map(str, weights)])


def priced_by(view: RoutesView) -> str:
    """What a veto is priced in: a mix has no unit, so its vetoes are priced in time."""
    return "time" if view.objective == MIX else view.objective


def scenario_of(dossier: Dossier, trip: Trip) -> Scenario:
    """The network on the day of a trip, under its switches."""
    found: Scenario = _scenario(dossier, as_of=trip.as_of, scenarios=trip.scenarios)
    return found


def traffic_of(dossier: Dossier, trip: Trip, objective: str) -> Trade:
    """What is searched between the two places; vetoes are put on it later."""
    found: Trade = _traffic(dossier, trip=trip._replace(vetoes=()), objective=objective)
    return found


def actor_labels(dossier: Dossier) -> dict[str, str]:
    """Actor to its name."""
    return dict(zip(dossier["actors"]["actor_id"], dossier["actors"]["label"], strict=True))


def spoken_actors(dossier: Dossier) -> dict[str, str]:
    """Actor to its name as it stands in a sentence."""
    return {actor: spoken(label) for actor, label in actor_labels(dossier).items()}


def place_labels(dossier: Dossier) -> dict[str, str]:
    """Node to its name without what stands in brackets."""
    names = dossier["nodes"]["label"].str.split(" (", regex=False).str[0]
    return dict(zip(dossier["nodes"]["node_id"], names, strict=True))


@cached
def _scenario(dossier: Dossier, *, as_of: dt.date, scenarios: tuple[str, ...]) -> Scenario:
    built = _transport(dossier)
    return scenario(dossier.tables, as_of=as_of, scenario_ids=scenarios, built=built)


@cached
def _transport(dossier: Dossier) -> Transport:
    return transport(dossier.tables)


@cached
def _traffic(dossier: Dossier, *, trip: Trip, objective: str) -> Trade:
    return trade(
        scenario_of(dossier, trip),
        origin=trip.origin,
        destination=trip.destination,
        objective=objective_of(objective),
    )
