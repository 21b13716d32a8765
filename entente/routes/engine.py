"""What the modes of the trade routes page ask the engine for, each answer kept once found."""

import datetime as dt
from typing import NamedTuple

import pandas as pd

from entente.address.views import RoutesView
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.network.scenarios import Scenario, Transport, build_scenario, build_transport
from entente.routes.network.search import read_objective
from entente.routes.valuation.leverage import Traffic, prepare_traffic
from entente.routes.words import place_name
from entente.style.theme import spoken
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
        """False when both ends are one place, so that there is no route to look for."""
        return self.origin != self.destination


def read_trip(view: RoutesView) -> Trip:
    """The trip of a view, whatever its mode."""
    return Trip(
        view.origin,
        view.destination,
        view.as_of,
        tuple(sorted(view.scenarios)),
        tuple(sorted(view.vetoes)),
    )


def read_objective_code(view: RoutesView) -> str:
    """What the best route has least of, as a code; a mix carries the reader's weights."""
    if view.objective != MIX:
        return view.objective
    weights = view.weights[:3] if any(view.weights[:3]) else (1, 1, 1)
    return "-".join([MIX, *map(str, weights)])


def read_price_code(view: RoutesView) -> str:
    """What a veto is priced in: a mix has no unit, so its vetoes are priced in time."""
    return "time" if view.objective == MIX else view.objective


def find_scenario(dossier: Dossier, trip: Trip) -> Scenario:
    """The network on the day of a trip, under its switches, whatever its ends and vetoes."""
    return _scenario(dossier, as_of=trip.as_of, scenarios=trip.scenarios)


def find_traffic(dossier: Dossier, trip: Trip, objective: str) -> Traffic:
    """What is searched between the two places; vetoes are put on it later."""
    return _traffic(dossier, trip=trip._replace(vetoes=()), objective=objective)


def label_rows(dossier: Dossier, table: str, key: str) -> dict[str, str]:
    """Key to label, for a table that has both."""
    return dict(zip(dossier[table][key], dossier[table]["label"], strict=True))


def label_actors(dossier: Dossier) -> dict[str, str]:
    """Actor to its name."""
    return label_rows(dossier, "actors", "actor_id")


def speak_actors(dossier: Dossier) -> dict[str, str]:
    """Actor to its name as it stands in a sentence."""
    return {actor: spoken(label) for actor, label in label_actors(dossier).items()}


def label_places(dossier: Dossier) -> dict[str, str]:
    """Node to its name without what stands in brackets."""
    return {
        node: place_name(label) for node, label in label_rows(dossier, "nodes", "node_id").items()
    }


def label_scenarios(dossier: Dossier) -> dict[str, str]:
    """Scenario to its name."""
    return label_rows(dossier, "scenarios", "scenario_id")


def cite_legs(legs: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of legs and of the status or standing veto that each is under, in file order."""
    tables = {
        "leg_sources": ("leg_id", "leg_id"),
        "leg_status_sources": ("leg_status_id", "leg_status_id"),
        "standing_veto_sources": ("standing_veto_id", "leg_status_id"),
    }
    found = [
        dossier[table].loc[dossier[table][key].isin(legs[column]), "source_id"]
        for table, (key, column) in tables.items()
    ]
    return tuple(dict.fromkeys(source_id for own in found for source_id in own))


def cite_rates(stages: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of the rates that value the stages, in file order."""
    used = {rate_id for ids in stages["rate_ids"] for rate_id in ids.split(" ")}
    table = dossier["rate_sources"]
    return tuple(dict.fromkeys(table.loc[table["rate_id"].isin(used), "source_id"]))


def cite_corridors(corridor_ids: tuple[str, ...], dossier: Dossier) -> tuple[str, ...]:
    """Sources of what is published about corridors, in file order."""
    table = dossier["corridor_sources"]
    return tuple(dict.fromkeys(table.loc[table["corridor_id"].isin(corridor_ids), "source_id"]))


@cached
def _scenario(dossier: Dossier, *, as_of: dt.date, scenarios: tuple[str, ...]) -> Scenario:
    built = _transport(dossier)
    return build_scenario(dossier.tables, as_of=as_of, scenario_ids=scenarios, built=built)


@cached
def _transport(dossier: Dossier) -> Transport:
    return build_transport(dossier.tables)


@cached
def _traffic(dossier: Dossier, *, trip: Trip, objective: str) -> Traffic:
    return prepare_traffic(
        find_scenario(dossier, trip),
        origin=trip.origin,
        destination=trip.destination,
        objective=read_objective(objective),
    )
