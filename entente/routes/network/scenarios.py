"""Scenarios: which legs can be used, since when and how well, on a day and under switches."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from entente.check.rules_of_network import USABLE
from entente.dates import known_from
from entente.routes.network.graph import Network, Tables, build_network
from entente.routes.network.rates import Floats, RateBook, read_rates

UNBUILT = ("under-construction", "planned")
STATUS_COLUMNS = [
    "leg_id",
    "leg_status_id",
    "status_code",
    "multiplier",
    "since_edtf",
    "as_of_edtf",
    "note",
]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The network on a day and under switches.

    Attributes:
        network: What does not change.
        as_of: The day.
        scenario_ids: The switches thrown, sorted.
        statuses: One row per leg, as :func:`apply_scenarios` gives.
        factors: For each leg in file order, the factor on its days and cost; NaN where it cannot
            be used. Shape (legs,).
        variant_id: The variant of the network, which says what services are allowed; None for all.
        is_allowed: For each leg whether its service is. Shape (legs,).
        rates: The rates of the day.
        standing: Pairs of those that deny transit and those to whose trade, on that day.
        costs: For each edge of the network days, USD and CO2e in whole millionths; infinite where
            its leg is shut. Shape (edges, 3).
    """

    network: Network
    as_of: dt.date
    scenario_ids: tuple[str, ...]
    statuses: pd.DataFrame
    factors: Floats
    variant_id: str | None
    is_allowed: npt.NDArray[np.bool_]
    rates: RateBook
    standing: tuple[tuple[str, str], ...]
    costs: Floats

    def find_standing_vetoes(self, origin: str, destination: str) -> int:
        """Bits of those that deny transit to trade between two nodes in any case."""
        ends = {self.network.states[origin], self.network.states[destination]}
        bits = self.network.to_bits(actor for actor, trade_of in self.standing if trade_of in ends)
        return bits & ~self.network.find_own_trade(origin, destination)


def build_scenario(
    tables: Tables,
    *,
    as_of: dt.date,
    scenario_ids: Collection[str] = (),
    variant_id: str | None = None,
    network: Network | None = None,
) -> Scenario:
    """The network of those tables on a day, with switches thrown in any order.

    A leg whose service the variant does not allow cannot be used, whatever its status says; without
    a variant all services are allowed. The network may be handed in where it has been built.

    Raises:
        ValueError: a scenario or a variant that the tables do not have.
    """
    unknown = sorted(set(scenario_ids) - set(tables["scenarios"]["scenario_id"]))
    if unknown:
        raise ValueError(f"no scenario {', '.join(unknown)}")
    recorded = read_statuses(tables["leg_statuses"], as_of=as_of)
    statuses = apply_scenarios(recorded, tables["scenario_legs"], chosen=scenario_ids)
    vetoes = select_standing_vetoes(
        tables["standing_vetoes"], as_of=as_of, scenario_ids=scenario_ids
    )
    network = network or build_network(tables)
    factors = _read_factors(statuses, network)
    rates = read_rates(tables, as_of=as_of)
    scenario = Scenario(
        network=network,
        as_of=as_of,
        scenario_ids=tuple(sorted(set(scenario_ids))),
        statuses=statuses,
        factors=factors,
        variant_id=variant_id,
        is_allowed=np.ones(len(factors), dtype=bool),
        rates=rates,
        standing=tuple(zip(vetoes["actor_id"], vetoes["trade_of_actor_id"], strict=True)),
        costs=network.cost_edges(rates.typical, factors),
    )
    if variant_id is None:
        return scenario
    services = tables["network_variant_services"]
    own = services[services["variant_id"] == variant_id]["service_code"]
    if own.empty:
        raise ValueError(f"no variant {variant_id} of the network")
    return allow_services(scenario, own.tolist())


def read_variants(tables: Tables, *, chosen: str | None = None) -> dict[str, tuple[str, ...]]:
    """Variants of the network in their order, each with the services that it may use.

    Args:
        tables: `network_variants` and `network_variant_services`, by name.
        chosen: The only variant to give; all of them where it is None or the first, which has all
            services.
    """
    order = tables["network_variants"].sort_values("sequence")["variant_id"].tolist()
    services = tables["network_variant_services"].groupby("variant_id")["service_code"].agg(tuple)
    kept = order if chosen is None or chosen == order[0] else [chosen]
    return {variant: services[variant] for variant in kept}


def allow_services(scenario: Scenario, services: Collection[str]) -> Scenario:
    """A scenario in which the legs of all other services are shut.

    Services are codes, as `network_variant_services` lists them for a variant.
    """
    allowed = np.isin(scenario.network.leg_services, list(services))
    if allowed.all():
        return scenario
    factors = np.where(allowed, scenario.factors, np.nan)
    costs = scenario.network.cost_edges(scenario.rates.typical, factors)
    return replace(scenario, factors=factors, costs=costs, is_allowed=scenario.is_allowed & allowed)


def open_everywhere(scenario: Scenario) -> Scenario:
    """A scenario in which every shut leg of an allowed service is open, with no hindrance."""
    opened = np.nan_to_num(scenario.factors, nan=1.0)
    factors = np.where(scenario.is_allowed, opened, np.nan)
    costs = scenario.network.cost_edges(scenario.rates.typical, factors)
    return replace(scenario, factors=factors, costs=costs)


def read_statuses(leg_statuses: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The status of each leg that held on `as_of`.

    Args:
        leg_statuses: The table of that name; rows in any order. A row holds from the day by
            which it must have begun until the next row of the same leg.
        as_of: The day.

    Returns:
        One row per leg, sorted by `leg_id`, with the columns `STATUS_COLUMNS`. `since_edtf` is
        where the present run began: a leg that was closed twice over has been cut since the first
        closure. Legs without a row by then are absent.
    """
    begun = leg_statuses["from_edtf"].map(known_from)
    known = leg_statuses.assign(begun=begun)[begun <= as_of].sort_values(["leg_id", "begun"])
    condition = known["status_code"].where(known["status_code"].isin(USABLE), "cut")
    changed = (known["leg_id"] != known["leg_id"].shift()) | (condition != condition.shift())
    since = known["from_edtf"].where(changed).ffill()
    last = known.assign(since_edtf=since).drop_duplicates("leg_id", keep="last")
    return last[STATUS_COLUMNS].reset_index(drop=True)


def apply_scenarios(
    statuses: pd.DataFrame, scenario_legs: pd.DataFrame, *, chosen: Collection[str]
) -> pd.DataFrame:
    """Statuses of the day, replaced where a chosen scenario says otherwise.

    Where two chosen scenarios touch one leg, shut beats usable and the larger factor the smaller,
    so that their order does not matter.

    Args:
        statuses: One row per leg, as `read_statuses` gives.
        scenario_legs: The table of that name.
        chosen: Ids of scenarios.

    Returns:
        Columns `STATUS_COLUMNS` and `scenario_id` (missing where the record holds),
        sorted by leg. What a scenario sets has no `leg_status_id` and no dates.
    """
    own = scenario_legs[scenario_legs["scenario_id"].isin(set(chosen))]
    ranked = own.assign(usable=own["status_code"].isin(USABLE)).sort_values(
        ["leg_id", "usable", "multiplier", "scenario_id"], ascending=[True, True, False, True]
    )
    switched = ranked.drop_duplicates("leg_id")
    recorded = statuses[~statuses["leg_id"].isin(switched["leg_id"])]
    columns = [*STATUS_COLUMNS, "scenario_id"]
    both = [frame.reindex(columns=columns) for frame in (recorded, switched) if len(frame)]
    if not both:
        return pd.DataFrame(columns=columns)
    return pd.concat(both).sort_values("leg_id").reset_index(drop=True)


def select_standing_vetoes(
    standing_vetoes: pd.DataFrame, *, as_of: dt.date, scenario_ids: Collection[str]
) -> pd.DataFrame:
    """The rows of that table that hold on a day, without those that a scenario lifts."""
    begun, ended = (
        [isinstance(text, str) and known_from(text) <= as_of for text in standing_vetoes[column]]
        for column in ("from_edtf", "to_edtf")
    )
    is_lifted = standing_vetoes["lifted_by_scenario_id"].isin(set(scenario_ids))
    return standing_vetoes[np.array(begun, bool) & ~np.array(ended, bool) & ~is_lifted]


def _read_factors(statuses: pd.DataFrame, network: Network) -> Floats:
    """A leg of which nothing is on record by then is taken as open, as in all comparisons."""
    usable = statuses["status_code"].isin(USABLE)
    factors = statuses["multiplier"].astype(float).where(usable).set_axis(statuses["leg_id"])
    return factors.reindex(list(network.leg_ids), fill_value=1.0).to_numpy()
