"""What the readings of the trade routes page ask the engine for, each answer kept once found."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from entente.analysis.objectives import objective_of
from entente.analysis.scenarios import Scenario, Transport, scenario, transport
from entente.analysis.vetoes import Trade, trade
from entente.store import Dossier
from entente.ui.cache import kept
from entente.views import RoutesView
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
    found: Scenario = kept(_scenario, dossier, as_of=trip.as_of, scenarios=trip.scenarios)
    return found


def traffic_of(dossier: Dossier, trip: Trip, objective: str) -> Trade:
    """What is searched between the two places; vetoes are put on it later."""
    found: Trade = kept(_traffic, dossier, trip=trip._replace(vetoes=()), objective=objective)
    return found


def veto_bits(dossier: Dossier, trip: Trip) -> int:
    """Bits of the vetoes of a trip that count: nobody has one over its own trade."""
    denials = scenario_of(dossier, trip).transport.denials
    return denials.bits(trip.vetoes) & ~denials.own_trade(trip.origin, trip.destination)


def denied_legs(dossier: Dossier, trip: Trip) -> Mapping[str, tuple[str, ...]]:
    """Leg to the actors that deny it under the vetoes of a trip."""
    built = scenario_of(dossier, trip).transport
    bits = veto_bits(dossier, trip)
    pairs = zip(built.graph.leg_ids, built.denials.by_leg.tolist(), strict=True)
    return {leg_id: built.denials.named(own & bits) for leg_id, own in pairs if own & bits}


def exposures(dossier: Dossier, chains: pd.DataFrame, trip: Trip) -> dict[str, tuple[str, ...]]:
    """Corridor to the transit actors whose veto cuts it, own trade excepted."""
    denials = scenario_of(dossier, trip).transport.denials
    own = denials.own_trade(trip.origin, trip.destination)
    rows = dict(zip(dossier["legs"]["leg_id"], denials.by_leg.tolist(), strict=True))
    exposed: dict[str, int] = {}
    for corridor_id, leg_id in zip(chains["corridor_id"], chains["leg_id"], strict=True):
        exposed[corridor_id] = exposed.get(corridor_id, 0) | rows[leg_id] & ~own
    return {corridor_id: denials.named(bits) for corridor_id, bits in exposed.items()}


def statuses_under(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Status of each leg under switches and vetoes, as `leg_status.statuses_at` gives them.

    A leg that somebody denies counts as closed, and the note says by whom; one that is shut anyhow
    stays as it is. A leg set by a switch says by which.
    """
    found = scenario_of(dossier, trip).statuses
    labels = dict(
        zip(dossier["scenarios"]["scenario_id"], dossier["scenarios"]["label"], strict=True)
    )
    notes = [
        f"What-if: {labels[switch]}. {note}" if isinstance(switch, str) else note
        for switch, note in zip(found["scenario_id"], found["note"], strict=True)
    ]
    said = found.assign(note=notes)
    denied = denied_legs(dossier, trip)
    return _with_denials(said, denied, actor_labels(dossier)) if denied else said


def actor_labels(dossier: Dossier) -> dict[str, str]:
    """Actor to its name."""
    return dict(zip(dossier["actors"]["actor_id"], dossier["actors"]["label"], strict=True))


def place_labels(dossier: Dossier) -> dict[str, str]:
    """Node to its name without what stands in brackets."""
    names = dossier["nodes"]["label"].str.split(" (", regex=False).str[0]
    return dict(zip(dossier["nodes"]["node_id"], names, strict=True))


def _with_denials(
    statuses: pd.DataFrame, denied: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> pd.DataFrame:
    missing = [leg_id for leg_id in denied if leg_id not in set(statuses["leg_id"])]
    rows = pd.concat([statuses, pd.DataFrame({"leg_id": missing})], ignore_index=True)
    usable = rows["status_code"].isna() | rows["status_code"].isin(("open", "partial"))
    hit = usable & rows["leg_id"].isin(list(denied))
    names = rows["leg_id"].map(
        lambda leg_id: " and ".join(labels[a] for a in denied.get(leg_id, ()))
    )
    nothing = pd.Series([None] * len(rows), index=rows.index, dtype=object)
    return rows.assign(
        status_code=rows["status_code"].mask(hit, "closed"),
        note=rows["note"].astype(object).mask(hit, "What-if: transit denied by " + names + "."),
        since_edtf=rows["since_edtf"].astype(object).mask(hit, nothing),
        leg_status_id=rows["leg_status_id"].astype(object).mask(hit, nothing),
    )


def _scenario(dossier: Dossier, *, as_of: dt.date, scenarios: tuple[str, ...]) -> Scenario:
    built = kept(_transport, dossier)
    return scenario(dossier.tables, as_of=as_of, scenario_ids=scenarios, built=built)


def _transport(dossier: Dossier) -> Transport:
    return transport(dossier.tables)


def _traffic(dossier: Dossier, *, trip: Trip, objective: str) -> Trade:
    return trade(
        scenario_of(dossier, trip),
        origin=trip.origin,
        destination=trip.destination,
        objective=objective_of(objective),
    )
