"""What the property tests about routes draw from: days, scenarios, pairs, objectives, vetoes.

About today’s dataset: the laws are put to the largest network there is.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from entente.routes.network.graph import Network, build_network
from entente.routes.network.scenarios import Scenario, build_scenario
from entente.routes.network.search import (
    OBJECTIVES,
    Finder,
    GeneralisedCost,
    Objective,
    Route,
    prepare_search,
    tabulate_routes,
)
from entente.routes.valuation.corridors import value_stages
from tests.conftest import read_live
from tests.laws import examples

DAYS = [
    dt.date(2016, 1, 1),
    dt.date(2021, 6, 1),
    dt.date(2025, 4, 10),
    dt.date(2026, 3, 7),
    dt.date(2026, 5, 1),
    dt.date(2026, 7, 1),
]
# As often as a law of hindrances and flows is put to the test.
often = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
FIGURES = {
    "days": "days_typical",
    "usd": "cost_usd_per_teu_typical",
    "co2e": "co2e_kg_per_teu_typical",
}


def tables() -> Mapping[str, pd.DataFrame]:
    return read_live().tables


@cache
def network() -> Network:
    return build_network(tables())


def without_departures(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables in which nothing waits for a departure, and calls are the same from every port."""
    rates, local = tables["rates"], tables["local_rates"]
    waits = rates["rate_id"].str.startswith("HEADWAY-")
    bounds = ["low", "typical", "high"]
    periods = tables["rate_periods"]
    return {
        **tables,
        "rates": rates.assign(**{name: rates[name].mask(waits, 0.0) for name in bounds}),
        "rate_periods": periods[~periods["rate_id"].str.startswith("HEADWAY-")],
        "local_rates": local[~local["rate_id"].isin(["LINER-CALLS", *rates["rate_id"][waits]])],
    }


@cache
def at_rest(day: dt.date, scenario_ids: tuple[str, ...] = ()) -> Scenario:
    """As `at`, where nothing waits for a departure."""
    return build_scenario(without_departures(tables()), as_of=day, scenario_ids=scenario_ids)


@cache
def at(day: dt.date, scenario_ids: tuple[str, ...] = ()) -> Scenario:
    return build_scenario(tables(), as_of=day, scenario_ids=scenario_ids, network=network())


def switched(known: Scenario, leg_ids: list[str], status: str) -> Scenario:
    """A copy of the scenario with some legs set to a status, by a switch made for the test."""
    rows = pd.DataFrame(
        {
            "scenario_id": "test",
            "leg_id": leg_ids,
            "status_code": status,
            "multiplier": 1.0 if status == "open" else float("nan"),
            "note": "Set by a test.",
        }
    )
    held = known.statuses.drop(columns="scenario_id").assign(from_edtf="..")
    own = {
        **tables(),
        "leg_statuses": held,
        "scenarios": pd.DataFrame({"scenario_id": ["test"]}),
        "scenario_legs": rows,
    }
    changed = build_scenario(own, as_of=known.as_of, scenario_ids=["test"], network=known.network)
    return replace(changed, standing=known.standing)  # vetoes that a switch has lifted stay so


def find(known: Scenario, pair: tuple[str, str], aim: Objective | GeneralisedCost) -> Finder:
    """The search between two nodes for what takes the least."""
    return prepare_search(known, origin=pair[0], destination=pair[1], objective=aim)


def find_best_route(
    known: Scenario,
    *,
    origin: str,
    destination: str,
    objective: Objective,
    vetoes: Collection[str] = (),
) -> Route | None:
    """The best way between two nodes when those actors deny transit; None when there is none."""
    return find(known, (origin, destination), objective).best(known.network.to_bits(vetoes))


def value(
    known: Scenario, pair: tuple[str, str], objective: Objective, vetoes: Collection[str] = ()
) -> float:
    """Value of the best way; infinite when there is none."""
    way = find_best_route(
        known, origin=pair[0], destination=pair[1], objective=objective, vetoes=vetoes
    )
    return float("inf") if way is None else way.value


def stage_sums(way: Route, known: Scenario) -> dict[str, int]:
    """What the stages of a way add up to, in millionths."""
    rows = value_stages(
        tabulate_routes([way]), tables(), statuses=known.statuses, rates=known.rates
    )
    return {name: int((rows[figure] * 1e6).round().sum()) for name, figure in FIGURES.items()}


nodes = st.deferred(lambda: st.sampled_from(sorted(tables()["nodes"]["node_id"])))
pairs = st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1])
PAIRS = [
    ("IN_NSA", "RU_LED"),
    ("IN_NSA", "RU_MOW"),
    ("IN_NSA", "UZ_TAS"),
    ("PK_KHI", "TR_IST"),
    ("CN_XIY", "TR_IST"),
    ("PK_ISB", "AZ_BAK"),
    ("AM_EVN", "IN_DEL"),
]
known_pairs = st.sampled_from(PAIRS)
any_pair = st.one_of(known_pairs, pairs)
legs = st.deferred(lambda: st.sampled_from(sorted(tables()["legs"]["leg_id"])))
some_legs = st.lists(legs, min_size=1, max_size=12, unique=True)
actors = st.deferred(lambda: st.sampled_from(network().actors))
some_actors = st.lists(actors, max_size=5, unique=True)
scenario_ids = st.deferred(lambda: st.sampled_from(sorted(tables()["scenarios"]["scenario_id"])))
scenarios = st.builds(
    at,
    st.sampled_from(DAYS),
    st.lists(scenario_ids, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids))),
)
resting_scenarios = st.builds(at_rest, st.sampled_from(DAYS))
weights = st.floats(0, 1, allow_nan=False)
objectives = st.one_of(
    st.sampled_from(sorted(OBJECTIVES.values())),
    st.builds(Objective, weights, weights, weights).filter(lambda mix: sum(mix) > 0.01),
)
single_objectives = st.sampled_from(sorted(OBJECTIVES.values()))
