"""The readings of the trade routes page: with switches, with vetoes, with no route left."""

import pytest
from streamlit.testing.v1 import AppTest

from entente.dossier.store import Dossier
from entente.routes import valued_corridors
from entente.routes.best import list_routes, search_routes
from entente.routes.trips import Trip
from tests.app.conftest import Open
from tests.app.test_trade_routes_page import ROUTER, opened, words
from tests.charts import list_charts
from tests.opening import title_of

PAIRS = [("SU_PORT", "NO_PORT"), ("OR_PORT", "MA_PORT")]
NOBODY_LEFT = "QTO.QHA"
LIFTS = "settle-valley"
CHARTS = {"corridors": 2, "ways": 4, "leverage": 3, "weights": 2, "benchmarks": 2}


def heading(page: AppTest) -> str:
    return title_of(page)


@pytest.mark.parametrize(("start", "end"), PAIRS)
@pytest.mark.parametrize("mode", ["ways", "leverage", "benchmarks"])
def test_every_reading_has_a_finding_and_figures_with_alt(mode: str, start: str, end: str) -> None:
    page = opened(show=mode, **{"from": start, "to": end})
    assert len(heading(page)) > 30
    charts = list_charts(page)
    assert len(charts) in (CHARTS[mode], 2)  # without a corridor there is less to draw
    assert all(len(chart.alt) > 40 for chart in charts)


def test_a_scenario_is_said_and_cuts_branches() -> None:
    page = opened(**{"with": "close-gate"})
    assert "Round by sea is fastest" in heading(page)
    assert "1 scenario" in words(page)
    assert "The Gate closes" in words(page)


def test_a_block_closes_the_route_and_says_what_is_left() -> None:
    page = opened(veto="QTO.QVE")
    assert heading(page).startswith("If Torvia City and Vest City block, the Long route is closed")
    assert "Round by sea" in heading(page)
    assert "blocked by Torvia" in words(opened(veto="QTO.QVE", built="table"))


def test_who_slows_is_said_with_each_corridor_that_changes() -> None:
    page = opened(veto="QVE", how="slows", hours="96", at="2021-06-15")
    assert "adds 96 hours at its borders" in heading(page)
    assert "days instead of" in words(page)
    assert "<strong>" in words(page)


def test_each_actor_has_a_row_of_what_it_may_do() -> None:
    def choose(page: AppTest, actor: str, degree: str | None) -> AppTest:
        (row,) = [group for group in page.button_group if group.label == f"If {actor}"]
        chosen: AppTest = row.set_value(degree).run()
        assert not chosen.exception
        return chosen

    page = choose(opened(), "Vest City", "blocks")
    assert "If Vest City blocks" in heading(page)
    page = choose(page, "Torvia City", "slows")
    assert "If Torvia City and Vest City add 48 hours" in heading(page)
    assert page.query_params["how"] in ("slows", ["slows"])
    page = choose(page, "Torvia City", None)
    assert "If Vest City adds 48 hours" in heading(page)


def test_a_veto_over_own_trade_is_said_to_be_none() -> None:
    page = opened(veto="QNO")
    assert "a country can’t block its own trade" in heading(page)
    assert "no effect on its own trade" in words(page)


def test_corridors_show_odds_and_what_the_spread_is_made_of() -> None:
    text = words(opened(built="table"))
    assert "comes out ahead" in text
    assert "On the move: " in text
    assert "if our rates are right" in text
    assert "P50" not in text


def test_two_vetoes_turn_the_best_route() -> None:
    free, turned = words(opened(show="ways")), words(opened(show="ways", veto="QTO.QVE"))
    assert "days, through Torvia" in free
    assert "days, through Torvia" not in turned
    assert "Without the scenarios: through Torvia" in turned


@pytest.mark.parametrize(("by", "word"), [("time", "fastest"), ("cost", "cheapest")])
def test_objective_is_in_the_sentence(by: str, word: str) -> None:
    assert f"The {word} route" in words(opened(show="ways", by=by))


def test_no_route_is_an_answer_with_its_cut() -> None:
    page = opened(show="ways", veto=NOBODY_LEFT)
    assert heading(page).endswith("no corridor is left")
    assert "denied by" in words(page)
    assert "would have to open" in words(page)


def test_no_route_is_route_lost_in_leverage() -> None:
    page = opened(show="leverage", veto=NOBODY_LEFT)
    assert "could cut the route" in heading(page)


def test_preset_questions_are_answered_and_the_claim_with_them() -> None:
    text = words(opened(show="leverage"))
    for label in ("Mar City alone", "Vest City alone", "together they", "Torvia City"):
        assert label in text
    assert "could make the route longer" in text


def test_who_trades_there_is_not_said_to_veto() -> None:
    page = opened(show="leverage", **{"from": "OR_CITY", "to": "MA_CITY"})
    assert "Mar City could" not in heading(page)
    assert "Mar City alone has no veto over trade of its own" in words(page)


def test_claim_links_to_the_reading_that_answers_it() -> None:
    page = AppTest.from_file(str(ROUTER), default_timeout=60)
    page.query_params["pick"] = "k07"
    page.switch_page("claims.py")
    page.run()
    assert "trade_routes?show=leverage&amp;from=SU_PORT&amp;to=NO_PORT" in words(page)


def test_weights_change_the_winner_and_the_address_keeps_them() -> None:
    fast = opened(show="weights", w="10.0.0.0.0", at="2021-06-15")
    cheap = opened(show="weights", w="0.10.0.0.0", at="2021-06-15")
    assert heading(fast) != heading(cheap)
    assert fast.query_params["w"] in ("10.0.0.0.0", ["10.0.0.0.0"])
    assert len(list_charts(fast)) == CHARTS["weights"]
    assert len(fast.slider) == 5


def test_a_slider_moves_the_ranking() -> None:
    page = opened(show="weights", w="0.10.0.0.0", at="2021-06-15")
    before = heading(page)
    page.slider[1].set_value(0)
    page.slider[0].set_value(10).run()
    assert not page.exception
    assert heading(page) != before


def test_model_check_says_how_near_it_comes_and_where_it_is_off() -> None:
    page = opened(show="benchmarks")
    assert "within its calibrated range" in heading(page)
    assert "worst first" in words(page)


@pytest.mark.parametrize("mode", ["corridors", "leverage", "weights"])
def test_one_place_twice_is_said(mode: str) -> None:
    page = opened(show=mode, **{"from": "SU_PORT", "to": "SU_PORT"})
    assert not list_charts(page)
    assert "Select another destination" in words(page)


def test_nonsense_in_the_address_leaves_a_notice() -> None:
    page = opened(show="ways", veto="NOBODY", **{"with": "<script>"})
    assert "About this address" in words(page)
    assert "<script>" not in words(page)


def test_the_best_way_by_the_readers_mix_follows_the_weights(open_page: Open) -> None:
    def lead_by(weights: str) -> str:
        app = open_page("trade_routes", show="ways", by="mix", w=weights)
        assert not app.exception
        (lead,) = [item.proto.body for item in app.get("html") if "your mix" in item.proto.body]
        return str(lead)

    assert lead_by("10.0.0.5.5") != lead_by("0.10.0.5.5")


def test_a_mix_has_no_unit_so_vetoes_are_priced_in_time(open_page: Open) -> None:
    by_mix = title_of(open_page("trade_routes", show="leverage", by="mix"))
    assert by_mix == title_of(open_page("trade_routes", show="leverage", by="time"))


def test_any_two_nodes_can_be_searched(open_page: Open, dossier: Dossier) -> None:
    address = {"from": "BE_POST", "to": "NO_HILL"}
    app = open_page("trade_routes", show="ways", **address)
    assert not app.exception
    assert "Bélmark Post" in title_of(app)
    (origin,) = [box for box in app.selectbox if box.label == "From"]
    assert len(origin.options) == len(dossier["nodes"])
    assert not open_page("trade_routes", show="corridors", **address).exception


def test_ways_that_sound_alike_are_told_apart_by_a_place(live_dossier: Dossier) -> None:
    """About today’s dataset: its default trip has ways through the same states."""
    document = live_dossier.document
    trip = Trip(document.default_origin, document.default_destination, live_dossier.horizon)
    found = search_routes(live_dossier, trip=trip, objective="time")
    labels = [row["label"] for row in list_routes(live_dossier, trip=trip, found=found)]
    assert len(set(labels)) == len(labels)
    assert any(" via " in label for label in labels)
    end = live_dossier["nodes"].set_index("node_id").at[trip.destination, "label"]
    assert not any(f"via {end}" in label for label in labels)


BARRED = {"from": "SU_PORT", "to": "NO_HILL", "at": "2018-06-01"}


@pytest.mark.parametrize("mode", ["corridors", "ways", "leverage", "weights"])
def test_a_standing_veto_on_the_trade_is_said_in_every_reading(mode: str) -> None:
    text = words(opened(show=mode, **BARRED))
    assert "Orania denies transit to the trade of Sundria" in text
    assert "study.example" in text
    assert "denies transit" not in words(opened(show=mode, **BARRED, **{"with": LIFTS}))


def test_legs_that_it_denies_are_crossed_out_on_the_route_that_it_bars() -> None:
    page = opened(show="ways", **BARRED)
    assert "If Orania let this trade through, the best route would go through Orania" in words(page)
    alt = list_charts(page)[-2].alt
    assert "(without standing vetoes)" in alt
    assert "Sund Harbour to Oran Harbour" in alt


def test_it_is_said_where_it_makes_no_difference() -> None:
    page = opened(show="ways", **{"from": "SU_PORT", "to": "MA_PORT", "at": "2021-06-15"})
    assert "The denial of transit by Orania makes no difference here" in words(page)
    assert "No leg is crossed out" in list_charts(page)[-2].alt


@pytest.mark.parametrize("mode", ["leverage", "benchmarks"])
def test_no_corridor_is_valued_where_none_is_shown(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A veto costs no comparison of all corridors there, not even to settle the pick."""
    valued: list[object] = []
    monkeypatch.setattr(valued_corridors, "simulate", valued.append)
    page = opened(show=mode, at="2021-02-03", veto="QTO.QVE", pick="western")
    assert not valued
    assert page.query_params["pick"] == "western"


def test_a_pick_that_does_not_join_the_places_is_dropped_where_no_corridor_is_shown() -> None:
    assert opened(show="leverage", pick="hill-line").query_params["pick"] == "none"
