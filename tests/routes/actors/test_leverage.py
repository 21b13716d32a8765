"""The mode of vetoes: its headings and its tables, whoever can deny anything."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from entente.address.pages import VIEWS
from entente.address.views import default_view
from entente.dossier.store import Dossier
from entente.routes.actors import leverage, leverage_tables
from entente.routes.trips import Trip, find_draws
from entente.routes.valuation.leverage_draws import LeverageDraws

DAY = dt.date(2021, 6, 15)


def test_where_nobody_can_deny_anything_it_is_said(dossier: Dossier) -> None:
    trip = Trip("CP_GATE", "TO_BAY", DAY)
    assert find_draws(dossier, trip=trip, objective="time").actors == ()
    view = replace(
        default_view(VIEWS["trade_routes"], dossier),
        mode="leverage",
        origin=trip.origin,
        destination=trip.destination,
        as_of=DAY,
    )
    bars, *_ = leverage.panels(dossier, view, "light")
    assert bars.heading == "By any route, sea included, no single veto is sure to cost a day"
    assert "could not make" in leverage.title(dossier, view)
    told = leverage_tables.describe_coalitions(dossier, trip=trip, objective="time")
    assert (told["rows"], told["unsure"]) == ([], "")


def test_the_table_has_the_range_of_each_veto(dossier: Dossier) -> None:
    trip = Trip("SU_PORT", "VE_CITY", DAY)
    drawn = leverage.draw_bars(dossier, trip=trip, objective="time", appearance="light")
    draws = find_draws(dossier, trip=trip, objective="time")
    assert set(draws.actors) <= {actor for one in drawn.figure.data for actor in one.name.split()}
    row = drawn.table.set_index("Veto of").loc["Torvia"]
    told = draws.measure_losses(["QTO"]).find_range("days")
    shown = [row[f"Days lost, {name}"] for name in ("P10", "P50", "P90")]
    assert shown == ["route lost" if np.isinf(one) else round(one, 1) for one in told]


@pytest.mark.parametrize(
    ("by_actor", "heading"),
    [
        (
            {"QTO": [3.0] * 10, "QVE": [1.0] * 10},
            "By any route, sea included, Torvia’s veto costs most",
        ),
        (
            {"QTO": [3.0] * 10, "QVE": [3.0] * 10},
            "By any route, sea included, the vetoes of Torvia and Vestia cost most",
        ),
        (
            {"QTO": [3.0, 0.0] * 5, "QVE": [0.0, 3.0] * 5},
            "By any route, sea included, no single veto is sure to cost most",
        ),
        ({"QTO": [np.inf] * 10, "QVE": [1.0] * 10}, "Torvia alone could cut it"),
        ({"QTO": [0.0] * 10}, "By any route, sea included, no single veto is sure to cost a day"),
    ],
)
def test_the_dearest_is_named_where_that_can_be_told(
    dossier: Dossier, by_actor: dict[str, list[float]], heading: str
) -> None:
    found = find_draws(dossier, trip=Trip("SU_PORT", "VE_CITY", DAY), objective="time")
    network = found.network
    bits = [network.to_bits([actor]) for actor in by_actor]
    # A route without a veto, and for each actor one that costs what its own veto does.
    draws = LeverageDraws(
        network=network,
        own_trade=0,
        variants=("all",),
        without_route=(),
        routes=(),
        deniers=np.array([sum(bits), *(sum(bits) & ~bit for bit in bits)]),
        allowed=np.ones((1, len(bits) + 1), dtype=bool),
        values={"days": np.array([[0.0] * 10, *by_actor.values()])},
    )
    assert leverage._name_dearest(dossier, draws, "time") == heading
