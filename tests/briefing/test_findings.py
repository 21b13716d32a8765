"""Findings: what is said of vetoes follows the model, and the rest the data."""

import datetime as dt
from dataclasses import replace

from entente.address.pages import VIEWS
from entente.address.views import default_view
from entente.briefing.home import fill_finding
from entente.dossier.store import Dossier
from entente.routes.actors.leverage import state_leverage
from entente.routes.content import title
from entente.routes.trips import Trip, find_draws
from entente.routes.valuation.corridors import find_land_states, join_corridors, list_states

DAY = dt.date(2021, 6, 15)


def find(dossier: Dossier, finding_id: str) -> dict[str, object]:
    rows = dossier["findings"].set_index("finding_id", drop=False)
    return dict(rows.loc[finding_id])


def test_a_finding_says_what_its_view_says(dossier: Dossier) -> None:
    filled = fill_finding(dossier, find(dossier, "the-gate"), as_of=DAY)
    start, told = filled["detail"].split(". ", maxsplit=1)
    assert start == "Every land branch crosses Torvia"
    view = replace(
        default_view(VIEWS["trade_routes"], dossier),
        mode="leverage",
        origin="SU_PORT",
        destination="NO_PORT",
        as_of=DAY,
    )
    assert told.startswith(f"{title(dossier, view)}; ")
    assert told == state_leverage(dossier, view)
    later = fill_finding(dossier, find(dossier, "the-gate"), as_of=dt.date(2022, 9, 30))
    assert later["detail"] != filled["detail"]


def test_a_finding_without_vetoes_stays_as_it_is(dossier: Dossier) -> None:
    row = find(dossier, "half-credit")
    assert fill_finding(dossier, row, as_of=DAY) == row


def test_nothing_is_said_where_there_is_no_route(dossier: Dossier) -> None:
    view = replace(
        default_view(VIEWS["trade_routes"], dossier), origin="TO_MINE", destination="SU_PORT"
    )
    assert state_leverage(dossier, view) == ""
    assert state_leverage(dossier, replace(view, destination="TO_MINE")) == ""


def test_where_the_north_south_routes_run(live_dossier: Dossier) -> None:
    """About today’s dataset: the headline of the finding about the corridor."""
    legs, rows = live_dossier["corridor_legs"], live_dossier["corridors"]
    ours = set(rows.loc[rows["corridor_id"].str.startswith("INSTC"), "corridor_id"])
    land = find_land_states(live_dossier["nodes"])
    crossed = {
        name: set(list_states([chain[0].from_node_id, *(s.to_node_id for s in chain)], land))
        for name, chain in join_corridors(legs, live_dossier["legs"])
        if name in ours
    }
    assert all("IRN" in states for states in crossed.values())
    assert sum("AZE" in states for states in crossed.values()) == 2
    assert not any({"TUR", "PAK"} & states for states in crossed.values())
    headline = str(find(live_dossier, "corridor")["headline"])
    assert "crosses Iran, two cross Azerbaijan, none crosses Türkiye or Pakistan" in headline


def test_the_finding_about_the_corridor_is_as_sure_as_the_draws(live_dossier: Dossier) -> None:
    """About today’s dataset."""
    day = live_dossier.document.day
    detail = fill_finding(live_dossier, find(live_dossier, "corridor"), as_of=day)["detail"]
    (asked,) = live_dossier.document.presets_as("asked")
    trip = Trip("IN_NSA", "RU_LED", day)
    losses = find_draws(live_dossier, trip=trip, objective="time").measure_losses(asked.actor_ids)
    shares = (losses.losses["days"] < 0.05).mean(axis=1)
    assert ("could not" in detail) == (shares >= 0.8).all()
    assert ("could add" in detail) == (shares <= 0.2).all()
    assert "{" not in detail
