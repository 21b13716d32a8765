"""Trips: the network as it is for trade between two places, on a day, under scenarios.

What the modes of the trade routes page share: the scenario and the searches behind a trip, and what
vetoes cost on it, each found once; which legs are denied to it, by the reader's vetoes and by those
that always stand; and the sources behind legs, rates and corridors.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd

from entente.address.views import RoutesView
from entente.check.rules_of_network import USABLE
from entente.dates import OPEN, in_words
from entente.dossier.store import Dossier, cached
from entente.routes.network.graph import Network, build_network
from entente.routes.network.scenarios import (
    Degree,
    Hindrance,
    Scenario,
    Unit,
    build_scenario,
    hinder,
    read_variants,
    select_standing_vetoes,
)
from entente.routes.network.search import read_objective
from entente.routes.valuation.leverage import (
    LeverageResult,
    Traffic,
    Veto,
    assemble_leverage,
    prepare_traffic,
    price_veto,
)
from entente.routes.valuation.leverage_draws import (
    LeverageDraws,
    LossDraws,
    RateDraws,
    ShareDraws,
    draw_leverage,
    draw_rates,
    draw_shares,
)
from entente.routes.words import format_share, shorten_place
from entente.style.theme import add_article, capitalise, drop_article, join_words
from entente.vocabulary import MIX

WHOLE = 100  # percent
# Objective to the quantity in which vetoes are drawn.
QUANTITIES = {"time": "days", "cost": "usd", "co2e": "days"}
UNITS = {"days": "days", "usd": "USD per TEU"}


class Trip(NamedTuple):
    """Between which places, on which day, and under which scenarios.

    Attributes:
        origin: The node where it starts.
        destination: The node where it ends.
        as_of: The day.
        scenarios: Switches that are thrown.
        vetoes: Who denies transit.
        hindrances: What actors do short of that.
        services: The variant of the network; None for the one that has every service.
    """

    origin: str
    destination: str
    as_of: dt.date
    scenarios: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    services: str | None = None

    @property
    def is_two_places(self) -> bool:
        """False when both ends are one place, so that there is no route to find."""
        return self.origin != self.destination

    @property
    def free(self) -> "Trip":
        """The trip without vetoes and hindrances."""
        return self._replace(vetoes=(), hindrances=())


def read_trip(view: RoutesView) -> Trip:
    """The trip of a view, whatever its mode."""
    hindrances = list_hindrances(view, view.vetoes)
    return Trip(
        view.origin,
        view.destination,
        view.as_of,
        tuple(sorted(view.scenarios)),
        tuple(one.actor for one in hindrances if one.is_block),
        tuple(one for one in hindrances if not one.is_block),
        view.services,
    )


def list_hindrances(view: RoutesView, actors: Collection[str]) -> tuple[Hindrance, ...]:
    """What actors do, by the settings of a view."""
    amounts = {
        "slows": float(view.hours),
        "charges": float(view.charge),
        "rations": int(view.ration) / WHOLE,
    }
    degree = cast(Degree, view.degree)
    unit: Unit = "share" if view.degree == "rations" else "teu"
    amount = amounts.get(view.degree, 0.0)
    return tuple(Hindrance(actor, degree, amount, unit) for actor in sorted(actors))


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
    """The network on the day of a trip, under its switches and hindrances, whatever its vetoes."""
    scenario = _build_scenario(
        dossier, as_of=trip.as_of, scenarios=trip.scenarios, services=trip.services
    )
    if not trip.hindrances:
        return scenario
    ends = {"origin": trip.origin, "destination": trip.destination}
    return hinder(scenario, trip.hindrances, **ends)


def find_traffic(dossier: Dossier, trip: Trip, objective: str) -> Traffic:
    """What is searched between the two places; vetoes are put on it later."""
    return _prepare_traffic(dossier, trip=trip._replace(vetoes=()), objective=objective)


@cached
def _build_network(dossier: Dossier) -> Network:
    return build_network(dossier.tables)


@cached
def _build_scenario(
    dossier: Dossier, *, as_of: dt.date, scenarios: tuple[str, ...], services: str | None
) -> Scenario:
    return build_scenario(
        dossier.tables,
        as_of=as_of,
        scenario_ids=scenarios,
        variant_id=services,
        network=_build_network(dossier),
    )


@cached
def _prepare_traffic(dossier: Dossier, *, trip: Trip, objective: str) -> Traffic:
    return prepare_traffic(
        find_scenario(dossier, trip),
        origin=trip.origin,
        destination=trip.destination,
        objective=read_objective(objective),
    )


def find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    """Leverage over a trip; its own vetoes are left aside."""
    return _find_leverage(dossier, trip=trip.free, objective=objective)


@cached
def _find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    presets = dossier.document.leverage_presets
    coalitions = {preset.label: preset.actor_ids for preset in presets}
    return assemble_leverage(find_traffic(dossier, trip, objective), coalitions)


@cached
def find_chosen_veto(dossier: Dossier, *, trip: Trip, objective: str) -> Veto:
    """The veto that the reader chose, or the one that the document speaks of."""
    return price_veto(find_traffic(dossier, trip, objective), choose_actors(dossier, trip))


def find_draws(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageDraws:
    """Leverage over a trip under uncertain rates; its own vetoes are left aside."""
    measured = ("days", "usd", "co2e") if objective == "co2e" else ("days", "usd")
    return _find_draws(dossier, trip=trip.free, quantities=measured)


@cached
def _find_draws(dossier: Dossier, *, trip: Trip, quantities: tuple[str, ...]) -> LeverageDraws:
    scenario = find_scenario(dossier, trip)
    return draw_leverage(
        scenario,
        _draw_rates(dossier, as_of=trip.as_of, scenarios=trip.scenarios),
        origin=trip.origin,
        destination=trip.destination,
        variants=read_variants(dossier.tables, chosen=scenario.variant_id),
        coalitions=[preset.actor_ids for preset in dossier.document.leverage_presets],
        quantities=quantities,
    )


@cached
def _draw_rates(dossier: Dossier, *, as_of: dt.date, scenarios: tuple[str, ...]) -> RateDraws:
    """Only the day of a trip matters: what scenarios shut has rates all the same."""
    trip = Trip("", "", as_of, scenarios)
    return draw_rates(find_scenario(dossier, trip))


def find_chosen_draws(dossier: Dossier, *, trip: Trip, objective: str) -> LossDraws:
    """What the veto of :func:`find_chosen_veto` costs in each draw."""
    draws = find_draws(dossier, trip=trip, objective=objective)
    return draws.measure_losses(choose_actors(dossier, trip))


@cached
def find_shares(dossier: Dossier, *, trip: Trip, objective: str) -> tuple[ShareDraws, ...]:
    """Shapley values over draws, in days or USD."""
    draws = find_draws(dossier, trip=trip, objective=objective)
    return draw_shares(draws, QUANTITIES[objective])


def choose_actors(dossier: Dossier, trip: Trip) -> tuple[str, ...]:
    """Those whose veto the reader chose, or of whom the document speaks."""
    (asked,) = dossier.document.presets_as("asked")
    return trip.vetoes or asked.actor_ids


def find_standing_vetoes(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Rows of the standing vetoes that bear on the trade of a trip, in file order."""
    scenario = find_scenario(dossier, trip)
    network = scenario.network
    deniers = network.name_actors(scenario.find_standing_vetoes(trip.origin, trip.destination))
    trading = {network.states[node] for node in (trip.origin, trip.destination)}
    rows = select_standing_vetoes(
        dossier["standing_vetoes"], as_of=trip.as_of, scenario_ids=trip.scenarios
    )
    return rows[rows["actor_id"].isin(deniers) & rows["trade_of_actor_id"].isin(trading)]


def find_denied_legs(dossier: Dossier, trip: Trip) -> Mapping[str, tuple[str, ...]]:
    """Leg to the actors that deny it, by the vetoes of a trip or by standing ones."""
    scenario = find_scenario(dossier, trip)
    network = scenario.network
    vetoes = network.to_bits(trip.vetoes) & ~network.find_own_trade(trip.origin, trip.destination)
    vetoes |= scenario.find_standing_vetoes(trip.origin, trip.destination)
    denied = (network.leg_deniers & vetoes).tolist()
    return {
        leg_id: network.name_actors(bits)
        for leg_id, bits in zip(network.leg_ids, denied, strict=True)
        if bits
    }


def find_exposures(
    dossier: Dossier, chains: pd.DataFrame, trip: Trip
) -> dict[str, tuple[str, ...]]:
    """Corridor to the transit actors whose veto would cut it.

    Without those whose own trade it is, and those that deny it already by a standing veto.
    """
    scenario = find_scenario(dossier, trip)
    network = scenario.network
    powerless = network.find_own_trade(trip.origin, trip.destination)
    powerless |= scenario.find_standing_vetoes(trip.origin, trip.destination)
    deniers = pd.Series(network.leg_deniers & ~powerless, index=list(network.leg_ids))
    return {
        str(corridor_id): network.name_actors(int(np.bitwise_or.reduce(deniers[legs])))
        for corridor_id, legs in chains.groupby("corridor_id", sort=False)["leg_id"]
    }


def read_statuses_under(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Status of each leg under switches and vetoes, as `scenarios.apply_scenarios` gives them.

    A leg that somebody denies counts as closed, and the note says by whom, and since when where it
    is by a standing veto; one that is shut anyhow stays as it is. A leg set by a switch says by
    which. `leg_status_id` is the row that says so: of leg statuses, or of standing vetoes.
    """
    return _read_statuses_under(dossier, trip=trip._replace(hindrances=()))


@cached
def _read_statuses_under(dossier: Dossier, *, trip: Trip) -> pd.DataFrame:
    rows = find_scenario(dossier, trip).statuses.set_index("leg_id")
    labels = dossier.labels("scenarios")
    rows["note"] = [
        f"Scenario: {labels[switch]}. {note}" if isinstance(switch, str) else note
        for switch, note in zip(rows["scenario_id"], rows["note"], strict=True)
    ]
    reasons = _explain_denials(dossier, trip)
    if reasons.empty:
        return rows.reset_index()
    rows = rows.reindex(rows.index.union(reasons.index))
    is_usable = rows["status_code"].isna() | rows["status_code"].isin(USABLE)
    shut = rows.index[is_usable & rows.index.isin(reasons.index)]
    rows = rows.astype(dict.fromkeys(reasons.columns, object))
    rows.loc[shut, reasons.columns] = reasons.loc[shut]
    rows.loc[shut, "status_code"] = "closed"
    return rows.reset_index()


def _explain_denials(dossier: Dossier, trip: Trip) -> pd.DataFrame:
    """Why each denied leg is denied, since when, and the row that says so; a scenario has neither.

    Returns:
        Columns `note`, `since_edtf` and `leg_status_id`, indexed by `leg_id`.
    """
    names = speak_actors(dossier)
    standing = {
        row["actor_id"]: (
            f"{describe_standing_veto(row, names)}.",
            row["from_edtf"],
            row["standing_veto_id"],
        )
        for row in find_standing_vetoes(dossier, trip).to_dict("records")
    }

    def explain(actors: tuple[str, ...]) -> tuple[str, str | None, str | None]:
        chosen = [names[actor] for actor in actors if actor not in standing]
        always = [standing[actor] for actor in actors if actor in standing]
        what_if = [f"Scenario: transit blocked by {join_words(chosen)}."] if chosen else []
        since = always[0][1:] if always else (None, None)
        return " ".join([*(note for note, *_ in always), *what_if]), *since

    denied = find_denied_legs(dossier, trip)
    reasons = {actors: explain(actors) for actors in set(denied.values())}
    return pd.DataFrame(
        [reasons[actors] for actors in denied.values()],
        index=pd.Index(denied, name="leg_id"),
        columns=["note", "since_edtf", "leg_status_id"],
        dtype=object,
    )


@cached
def describe_standing_vetoes(dossier: Dossier, *, trip: Trip) -> list[dict[str, Any]]:
    """The standing vetoes on this trade for `templates/route_standing.html`."""
    names, switches = speak_actors(dossier), dossier.labels("scenarios")
    cited = dossier["sources"].merge(dossier["standing_veto_sources"], on="source_id")
    return [
        {
            "sentence": describe_standing_veto(row, names),
            "note": row["note"],
            "lifted_by": switches.get(row["lifted_by_scenario_id"], ""),
            "sources": cited[cited["standing_veto_id"] == row["standing_veto_id"]].to_dict(
                "records"
            ),
        }
        for row in find_standing_vetoes(dossier, trip).to_dict("records")
    ]


def describe_standing_veto(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who denies transit to whose trade, since when, with no full stop."""
    begun = row["from_edtf"]
    since = "throughout the record" if begun == OPEN else f"since {in_words(begun)}"
    who, whose = names[row["actor_id"]], names[row["trade_of_actor_id"]]
    return f"{capitalise(who)} denies transit to the trade of {whose}, {since}"


def speak_actors(dossier: Dossier) -> dict[str, str]:
    """Actor to its name as it stands in a sentence."""
    return {actor: add_article(label) for actor, label in dossier.labels("actors").items()}


def name_governments(dossier: Dossier) -> dict[str, str]:
    """Actor to the short name of its government, or its own, as within a sentence."""
    return {**speak_actors(dossier), **dossier.document.governments}


def list_own_trade(dossier: Dossier, trip: Trip) -> tuple[str, ...]:
    """The actors that cannot hinder a trip, because it is their own trade."""
    network = find_scenario(dossier, trip.free).network
    return network.name_actors(network.find_own_trade(trip.origin, trip.destination))


def say_hindrances(hindrances: Sequence[Hindrance], names: Mapping[str, str]) -> str:
    """What actors do together, with no full stop: "both add 48 hours at their borders"."""
    who = join_words(sorted({names[one.actor] for one in hindrances}, key=drop_article))
    first, is_one = hindrances[0], len(hindrances) == 1
    s, whose = ("s", "its") if is_one else ("", "their")
    what = {
        "blocks": f"block{s}",
        "slows": f"add{s} {first.amount:.0f} hours at {whose} borders",
        "charges": f"charge{s} USD {first.amount:,.0f} per TEU at {whose} borders",
        "rations": f"let{s} through {format_share(first.amount)} of the traffic",
    }[first.degree]
    return f"{who} {what}"


def label_places(dossier: Dossier) -> dict[str, str]:
    """Node to its name without what stands in brackets."""
    labels = dossier.labels("nodes")
    return {node: shorten_place(label) for node, label in labels.items()}


def name_ends(dossier: Dossier, view: RoutesView) -> tuple[str, str]:
    """The names of origin and destination."""
    places = label_places(dossier)
    return places[view.origin], places[view.destination]


def cite_legs(legs: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of legs and of the status or standing veto that each is under, in file order."""
    behind = (
        ("leg_sources", "leg_id", legs["leg_id"]),
        ("leg_status_sources", "leg_status_id", legs["leg_status_id"]),
        ("standing_veto_sources", "standing_veto_id", legs["leg_status_id"]),
    )
    cited = [dossier.cite(table, column, ids) for table, column, ids in behind]
    return tuple(dict.fromkeys(chain.from_iterable(cited)))


def cite_rates(stages: pd.DataFrame, dossier: Dossier) -> tuple[str, ...]:
    """Sources of the rates that value the stages, in file order."""
    used = {rate_id for ids in stages["rate_ids"] for rate_id in ids.split(" ")}
    return dossier.cite("rate_sources", "rate_id", used)


def cite_corridors(corridor_ids: tuple[str, ...], dossier: Dossier) -> tuple[str, ...]:
    """Sources of what is published about corridors, in file order."""
    return dossier.cite("corridor_sources", "corridor_id", corridor_ids)
