"""One truth: whichever mode of the page shows a route, its days, dollars and emissions are one.

And a typical figure lies inside its own ranges.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.address.views import RoutesView, corridor_ends, default_view, transit_actors
from entente.cli.routes import answer_routes
from entente.dossier.store import Dossier
from entente.routes import best, compare_tables, priorities
from entente.routes.network.search import Route, tabulate_routes
from entente.routes.trips import find_leverage, read_price_code, read_trip
from entente.routes.valuation.calibration import read_calibration
from entente.routes.valuation.simulation import simulate, summarise
from entente.routes.valued_corridors import compare_corridors, value_chains
from entente.routes.words import round_estimate
from tests.conftest import read_small
from tests.laws import examples

QUANTITIES = {"days": "days", "cost_usd_per_teu": "usd", "co2e_kg_per_teu": "co2e"}
Legs = tuple[str, ...]
Figures = tuple[float, float, float]
often = settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


@st.composite
def views(draw: st.DrawFn) -> RoutesView:
    dossier = read_small()
    ends = st.sampled_from(corridor_ends(dossier))
    pair = st.tuples(ends, ends).filter(lambda two: two[0] != two[1])
    origin, destination = draw(pair)
    return replace(
        default_view(RoutesView, dossier),
        origin=origin,
        destination=destination,
        as_of=draw(st.dates(dossier.earliest, dossier.horizon)),
        scenarios=draw(some(tuple(dossier["scenarios"]["scenario_id"]))),
        vetoes=draw(some(transit_actors(dossier))),
        services=draw(st.sampled_from(tuple(dossier["network_variants"]["variant_id"]))),
        objective=draw(st.sampled_from(("time", "cost", "co2e"))),
        lens="record",
    )


def figures_of(route: Route) -> Figures:
    return route.days, route.usd, route.co2e


def list_found(dossier: Dossier, view: RoutesView) -> Iterator[tuple[str, Legs, Figures]]:
    """Mode, legs and figures of all routes that the page and a command speak of."""
    trip, objective = read_trip(view), view.objective
    compared = compare_corridors(dossier, trip=trip)
    legs = compared.chains.groupby("corridor_id")["leg_id"].agg(tuple).to_dict()
    for row in compared.corridors.to_dict("records"):
        own = legs[row["corridor_id"]]
        yield "corridors", own, tuple(row[f"{quantity}_typical"] for quantity in QUANTITIES)
    stages = compared.stages.groupby("corridor_id").sum(numeric_only=True)
    for corridor_id, row in stages.iterrows():
        yield "leg by leg", legs[corridor_id], tuple(row[f"{one}_typical"] for one in QUANTITIES)
    ends = compared.spread.profiles.drop_duplicates("corridor_id", keep="last")
    for row in ends.to_dict("records"):
        days, usd = row["days_typical"], row["cost_usd_per_teu_typical"]
        yield "along the way", legs[row["corridor_id"]], (days, usd, math.nan)
    columns = [priorities.SHOWN[name][0] for name in ("time", "cost", "emissions")]
    for row in priorities.rank_by_reader(dossier, view).to_dict("records"):
        yield "weights", legs[row["corridor_id"]], tuple(row[name] for name in columns)
    found = best.search_routes(dossier, trip=trip, objective=objective)
    for route in [*found.routes, found.restored, found.barred]:
        if route:
            yield "best ways", route.leg_ids, figures_of(route)
    leverage = find_leverage(dossier, trip=trip, objective=read_price_code(view))
    vetoes = [*leverage.coalitions.values(), *(actor.alone for actor in leverage.actors)]
    for route in [leverage.best, *(veto.route for veto in vetoes)]:
        if route:
            yield "leverage", route.leg_ids, figures_of(route)


def list_ways_of_the_command(dossier: Dossier, view: RoutesView) -> Iterator[tuple[Legs, Figures]]:
    options = argparse.Namespace(
        origin=view.origin,
        destination=view.destination,
        veto=list(view.vetoes),
        scenario=list(view.scenarios),
        as_of=view.as_of.isoformat(),
        by=view.objective,
        ways=4,
        services=view.services,
        value_of_time=None,
        slow=[],
        charge=[],
        ration=[],
        volume=None,
        months=None,
    )
    for way in answer_routes(options, dossier)["ways"]:
        legs = tuple(leg["leg_id"] for leg in way["legs"])
        yield legs, (way["days"], way["usd"], way["co2e_kg"])


def assert_one_truth(found: list[tuple[str, Legs, Figures]]) -> dict[Legs, set[str]]:
    """The modes that each route was met in."""
    first: dict[Legs, tuple[str, Figures]] = {}
    modes: defaultdict[Legs, set[str]] = defaultdict(set)
    for mode, legs, figures in found:
        known, expected = first.setdefault(legs, (mode, figures))
        for one, other in zip(figures, expected, strict=True):
            is_same = math.isnan(one) or one == pytest.approx(other, abs=1e-3)
            assert is_same, f"{known} says {expected}, {mode} {figures} of {'–'.join(legs)}"
        modes[legs].add(mode)
    return modes


@given(view=views())
@often
def test_no_mode_contradicts_another(view: RoutesView) -> None:
    assert_one_truth(list(list_found(read_small(), view)))


def test_a_route_is_met_in_every_mode_and_in_the_command(dossier: Dossier) -> None:
    view = replace(default_view(RoutesView, dossier), lens="record")
    ways = [("command", *way) for way in list_ways_of_the_command(dossier, view)]
    modes = assert_one_truth([*list_found(dossier, view), *ways])
    everywhere = {"corridors", "leg by leg", "along the way", "weights", "best ways", "leverage"}
    assert everywhere | {"command"} in modes.values()


@given(view=views())
@often
def test_a_typical_figure_lies_inside_its_own_ranges(view: RoutesView) -> None:
    dossier, trip = read_small(), read_trip(view)
    routes = best.search_routes(dossier, trip=trip, objective=view.objective).routes
    stages = value_chains(dossier, trip, tabulate_routes(routes))
    calibration = read_calibration(dossier.tables)
    tables = [compare_corridors(dossier, trip=trip).corridors]
    tables += [summarise(simulate(stages), calibration)] if routes else []
    for table in tables:
        for quantity in QUANTITIES:
            ends = ["p10", "typical", "p90"]
            if quantity in calibration:
                ends = ["calibrated_p10", *ends, "calibrated_p90"]
            rows = table[[f"{quantity}_{end}" for end in ends]].astype(float)
            assert (rows.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_words_on_screen_are_those_figures(dossier: Dossier) -> None:
    view = replace(default_view(RoutesView, dossier), lens="record")
    trip = read_trip(view)
    compared = compare_corridors(dossier, trip=trip)
    shown = {row["number"]: row for row in compare_tables.list_corridors(dossier, view=view)}
    names = {"days": "days", "cost_usd_per_teu": "cost", "co2e_kg_per_teu": "co2e"}
    for row in compared.corridors.to_dict("records"):
        for quantity, name in names.items():
            assert shown[row["number"]][name]["typical"] == round_estimate(
                row[f"{quantity}_typical"]
            )
    found = best.search_routes(dossier, trip=trip, objective="time")
    rows = best.list_routes(dossier, trip=trip, found=found)
    for route, row in zip(found.routes, rows, strict=False):
        assert row["days"]["typical"] == f"{route.days:.1f}"
