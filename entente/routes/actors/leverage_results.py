"""What vetoes cost on a trip, at typical rates and in draws of them: calculated once and kept."""

import datetime as dt

from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.routes.network.scenarios import read_variants
from entente.routes.trips import Trip, find_scenario, find_traffic
from entente.routes.valuation.leverage import LeverageResult, Veto, assemble_leverage, price_veto
from entente.routes.valuation.leverage_draws import (
    LeverageDraws,
    LossDraws,
    RateDraws,
    ShareDraws,
    draw_leverage,
    draw_rates,
    draw_shares,
)

QUANTITIES = {"time": "days", "cost": "usd", "co2e": "days"}  # objective to that of the bars
UNITS = {"days": "days", "usd": "USD per TEU"}


def find_leverage(dossier: Dossier, *, trip: Trip, objective: str) -> LeverageResult:
    """Leverage over a trip; its own vetoes are left aside."""
    free = trip.free
    return _find_leverage(dossier, trip=free, objective=objective)


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
    free = trip.free
    return _find_draws(dossier, trip=free, quantities=measured)


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
