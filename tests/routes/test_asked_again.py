"""What a click shows rests on what was found before: nothing is drawn, staged or solved twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from entente.address.views import RoutesView, default_view
from entente.dossier.store import Dossier
from entente.routes import content, valued_corridors
from entente.routes.actors import complications, gate
from entente.routes.network.scenarios import Hindrance
from entente.routes.trips import Trip, find_scenario, read_trip
from entente.routes.valuation import simulation
from entente.routes.valuation.corridors import add_hindrances
from entente.routes.valuation.simulation import simulate, summarise
from entente.routes.valued_corridors import compare_corridors

Watch = Callable[[Any, str], list[str]]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Note every call of a function of a module."""

    def start(module: Any, name: str) -> list[str]:
        calls, real = [], getattr(module, name)

        def note(*given: Any, **options: Any) -> Any:
            calls.append(name)
            return real(*given, **options)

        monkeypatch.setattr(module, name, note)
        return calls

    return start


@pytest.fixture
def trip(dossier: Dossier) -> Trip:
    return read_trip(default_view(RoutesView, dossier))


def hinder_by(trip: Trip, hours: float) -> Trip:
    return trip._replace(hindrances=(Hindrance("QTO", "slows", hours),))


def test_a_delay_never_asked_before_draws_and_stages_nothing_anew(
    dossier: Dossier, trip: Trip, watch: Watch
) -> None:
    compare_corridors(dossier, trip=trip)
    staged, drawn = watch(valued_corridors, "value_stages"), watch(simulation, "draw_normal")
    slowed = compare_corridors(dossier, trip=hinder_by(trip, 31.0))
    assert (slowed.stages["what_code"] == "hindrance").any()
    assert (staged, drawn) == ([], [])
    assert len(slowed.spread.chances), "drawn when asked for"
    assert drawn


def test_what_a_delay_adds_to_is_the_trip_without_it(dossier: Dossier, trip: Trip) -> None:
    slowed = hinder_by(trip, 29.0)
    free = compare_corridors(dossier, trip=trip)
    network = find_scenario(dossier, trip).network
    stages = add_hindrances(
        valued_corridors.value_chains(dossier, trip, free.chains),
        free.chains,
        network,
        slowed.hindrances,
    )
    found = compare_corridors(dossier, trip=slowed)
    values = summarise(simulate(stages), found.calibration).set_index("corridor_id")
    shown = found.corridors.set_index("corridor_id").loc[values.index, ["days_p10", "days_p90"]]
    pd.testing.assert_frame_equal(shown, values[["days_p10", "days_p90"]], check_names=False)


def test_the_order_of_draws_is_kept_whatever_the_bounds() -> None:
    figures = pd.DataFrame(
        {
            "name": ["days|a", "days|b"],
            "correlation_group": ["days|g", "days|g"],
            "low": [1.0, 2.0],
            "typical": [2.0, 3.0],
            "high": [4.0, 9.0],
        }
    )
    simulation._order_draws.cache_clear()
    first = simulation.draw_figures(figures, count=500, seed=3)
    again = simulation.draw_figures(figures.assign(high=[8.0, 9.0]), count=500, seed=3)
    assert (np.argsort(first[0]) == np.argsort(again[0])).all()
    assert (first[1] == again[1]).all()
    simulation._order_draws.cache_clear()
    assert (simulation.draw_figures(figures, count=500, seed=3) == first).all()
    other = simulation.draw_figures(figures, count=500, seed=4)
    assert (np.argsort(other[0]) != np.argsort(first[0])).any()


def test_routes_through_the_gate_are_chosen_once(
    dossier: Dossier, trip: Trip, watch: Watch
) -> None:
    chosen = watch(gate, "_select_through")
    day = replace(default_view(RoutesView, dossier), mode="leverage", as_of=dossier.document.day)
    content.shown_panels(dossier, day, "light")
    content.title(dossier, day)
    assert len(chosen) <= 1


def test_the_page_solves_no_flow_until_a_reader_asks(dossier: Dossier, watch: Watch) -> None:
    solved = watch(complications, "compute_outcome")
    view = replace(default_view(RoutesView, dossier), mode="leverage", volume="5000", months="3")
    shown = content.shown_panels(dossier, view, "light")
    assert solved == []
    whole = content.panels(dossier, view, "light")
    assert [panel.key for panel in whole] == [*(panel.key for panel in shown), complications.KEY]
    assert solved
