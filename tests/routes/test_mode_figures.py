"""Figures of benchmarks, stability and leverage."""

import json
import math
import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from entente.routes.accuracy import benchmark_scatter, benchmark_scatter_alt
from entente.routes.charts.leverage import (
    LOSS_COLUMNS,
    PHONE_AXIS,
    leverage_bars,
    leverage_bars_alt,
)
from entente.routes.charts.stability import (
    HEIGHT,
    mark_reader,
    stability_shares,
    stability_shares_alt,
    stability_triangle,
    stability_triangle_alt,
)
from entente.routes.valuation.benchmarks import COMPARED_COLUMNS
from entente.routes.valuation.weights import find_winners, measure_winning_shares
from entente.style.palette import DARK, LIGHT, Palette
from entente.style.text import measure_text

EVIL = "<b>Port</b> & <script>"
LIMIT = 150_000


@pytest.fixture
def compared() -> pd.DataFrame:
    base = dict.fromkeys(COMPARED_COLUMNS)
    rows = [
        {"benchmark_id": "B1", "from_place": EVIL, "quantity": "days", "is_inside": False},
        {"benchmark_id": "B2", "from_place": "Pune", "quantity": "distance_km", "is_inside": None},
        {"benchmark_id": "B3", "from_place": "Agra", "quantity": "days", "is_inside": True},
    ]
    figures = {"published": 10.0, "p10": 11.0, "p50": 12.0, "p90": 14.0, "ratio": 1.2, "error": 0.2}
    shared = {"to_place": "Baku", "event_edtf": "2025", "verdict_note": f"Says {EVIL}."}
    shared |= {"source_id": "press", "leg_ids": "L001 L002", "kind_code": "planned"}
    shared |= {"calibrated_p10": 9.0, "calibrated_p90": 16.0}
    table = pd.DataFrame([{**base, **figures, **shared, **row} for row in rows])
    return table.assign(
        is_bad=[True, False, False],
        is_calibration=[False, False, True],
        is_inside_calibrated=table["is_inside"],
    )


@pytest.fixture
def corridors() -> pd.DataFrame:
    names = ["West", EVIL, "Sea"]
    ids = ["W", "E", "S"]
    rows = {"corridor_id": ids, "number": [1, 2, 3], "short_label": names}
    return pd.DataFrame({**rows, "identity": [["corridor", one, "L001"] for one in ids]})


@pytest.fixture
def values() -> pd.DataFrame:
    columns = ["corridor_id", "days_typical", "cost_usd_per_teu_typical", "co2e_kg_per_teu_typical"]
    table = pd.DataFrame([("W", 1, 3, 2), ("E", 4, 4, 4), ("S", 3, 1, 1)], columns=columns)
    return table.assign(reliability_days=1.0, veto_count=[2, 3, 0])


@pytest.fixture
def points(values: pd.DataFrame) -> pd.DataFrame:
    return find_winners(values, criteria=("time", "cost", "emissions"), steps=12)


@pytest.fixture
def actors() -> pd.DataFrame:
    rows = [
        ("AZE", EVIL, 0.0, (0.0, 0.8, 2.5, 0.3), (0.0, 300.0, 900.0, 0.2)),
        ("RUS", "Russia", 0.95, (math.inf, math.inf, math.inf, 0.0), (math.inf,) * 3 + (0.0,)),
        ("IRN", "Iran", 0.0, (1.1, 2.1, 3.0, 0.0), (0.0, 100.0, 150.0, 0.2)),
        ("TUR", "Türkiye", 0.0, (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)),
    ]
    return with_marks(rows)


@pytest.fixture
def joint() -> pd.DataFrame:
    rows = [
        ("AZE IRN", "Both", 0.2, (2.0, 5.0, math.inf, 0.0), (400.0, 500.0, math.inf, 0.0)),
        ("AZE RUS", "Azerbaijan and Russia", 1.0, (math.inf,) * 3 + (0.0,), (math.inf,) * 3 + (0,)),
    ]
    return with_marks(rows)


def with_marks(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows as `leverage_bars` takes them: ids, label, share of lost routes, days, USD."""
    table = pd.DataFrame([(*row[:3], *row[3], *row[4]) for row in rows], columns=LOSS_COLUMNS)
    return table.assign(identity=[["veto", actors, "L001"] for actors in table["actor_id"]])


def marks(figure: go.Figure) -> list[list[str]]:
    return [list(mark) for trace in figure.data for mark in (trace.customdata or ())]


def text_of(figure: go.Figure) -> str:
    text = json.dumps(figure.to_plotly_json(), default=str, ensure_ascii=False)
    assert len(text) < LIMIT
    return text


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_benchmark_is_a_mark(palette: Palette, compared: pd.DataFrame) -> None:
    figure = benchmark_scatter(compared=compared, palette=palette)
    dots = [list(mark) for trace in figure.data[2:] for mark in trace.customdata]
    behind = "L001 L002 press"
    assert sorted(dots) == [["benchmark", f"B{n}", behind] for n in (1, 2, 3)]
    assert [mark[1] for mark in figure.data[0].customdata] == ["B1"] * 3 + ["B3"] * 3
    days = next(trace for trace in figure.data if trace.name == "days")
    assert list(days.marker.color) == [palette.accent, palette.paper]
    assert [trace.name for trace in figure.data[:2]] == ["calibrated range", "P10–P90"]
    assert [len(trace.x) for trace in figure.data[:2]] == [6, 6]
    assert figure.layout.xaxis.type == "log"


def test_quantities_differ_by_symbol(compared: pd.DataFrame) -> None:
    figure = benchmark_scatter(compared=compared, palette=LIGHT)
    assert {trace.marker.symbol for trace in figure.data[2:]} == {"circle", "square"}
    assert [label[-1] for label in figure.layout.yaxis.ticktext] == ["●", "■", "●"]


def test_the_triangle_marks_every_point_once(points: pd.DataFrame, corridors: pd.DataFrame) -> None:
    figure = stability_triangle(points=points, corridors=corridors, palette=LIGHT)
    assert len(marks(figure)) == len(points)
    looks = {(t.marker.symbol, t.marker.color) for t in figure.data if t.customdata is not None}
    assert len(looks) == points["corridor_id"].nunique() == 2
    numbers = [note.text for note in figure.layout.annotations]
    assert "<b>1</b>" in numbers
    assert "<b>3</b>" in numbers


def test_the_readers_mix_is_marked_where_it_lies(
    points: pd.DataFrame, corridors: pd.DataFrame
) -> None:
    reader = {"time": 2.0, "cost": 0.0, "emissions": 0.0, "exposure": 3.0}
    figure = mark_reader(
        stability_triangle(points=points, corridors=corridors, palette=LIGHT),
        reader,
        palette=LIGHT,
    )
    assert (figure.data[-1].x, figure.data[-1].y) == ((0.0,), (0.0,))
    elsewhere = {"exposure": 1.0}
    bare = mark_reader(
        stability_triangle(points=points, corridors=corridors, palette=LIGHT),
        elsewhere,
        palette=LIGHT,
    )
    assert len(bare.data) == len(figure.data) - 2


def test_no_number_of_a_region_covers_the_readers_mix(
    points: pd.DataFrame, corridors: pd.DataFrame
) -> None:
    plain = stability_triangle(points=points, corridors=corridors, palette=LIGHT)
    for note in [note for note in plain.layout.annotations if note.bgcolor]:
        emissions = note.y / HEIGHT
        cost = note.x - emissions / 2
        reader = {"time": 1 - cost - emissions, "cost": cost, "emissions": emissions}
        marked = mark_reader(plain, reader, palette=LIGHT)
        (moved,) = [other for other in marked.layout.annotations if other.text == note.text]
        assert note.yshift is None
        assert abs(moved.yshift) > marked.data[-1].marker.size / 2 + note.font.size / 2


def test_shares_are_bars_with_figures(values: pd.DataFrame, corridors: pd.DataFrame) -> None:
    shares = measure_winning_shares(values)
    figure = stability_shares(shares=shares, corridors=corridors, palette=LIGHT)
    assert [trace.name for trace in figure.data] == ["W", "E", "S"]
    assert figure.data[1].x == (0.0,)
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(1, abs=1e-3)
    alt = stability_shares_alt(shares=shares, corridors=corridors)
    assert alt.index("Sea") < alt.index("West")


def test_vetoes_are_ranked_and_cuts_come_first(actors: pd.DataFrame, joint: pd.DataFrame) -> None:
    figure = leverage_bars(
        actors=actors, joint=joint, quantity="days", place_pair="A and B", palette=LIGHT
    )
    bars = [trace for trace in figure.data if isinstance(trace, go.Bar)]
    order = list(dict.fromkeys(trace.customdata[0][1] for trace in bars))
    assert order == ["RUS", "IRN", "AZE", "TUR", "AZE IRN", "AZE RUS"]
    assert bars[0].marker.pattern.shape == "x"
    texts = [note.text for note in figure.layout.annotations]
    assert texts.count("<b>✕ cuts the route</b>") == 2
    assert "<b>nothing</b>" in texts
    assert "<b>+0.8</b>, nothing in 30%" in texts


def test_the_words_at_the_longest_line_stand_within_the_figure(
    actors: pd.DataFrame, joint: pd.DataFrame
) -> None:
    figure = leverage_bars(
        actors=actors, joint=joint, quantity="days", place_pair="A and B", palette=LIGHT
    )
    start, end = figure.layout.xaxis.range
    words = [note for note in figure.layout.annotations if note.xshift]
    assert len(words) > 1
    for note in words:
        width, _ = measure_text([re.sub("<.*?>", "", note.text)], note.font.size)
        for axis in (PHONE_AXIS, 900):
            place = (note.x - start) / (end - start) * axis
            assert place + note.xshift + width <= axis + figure.layout.margin.r


def test_a_line_runs_from_p10_to_p90(actors: pd.DataFrame, joint: pd.DataFrame) -> None:
    figure = leverage_bars(
        actors=actors, joint=joint, quantity="days", place_pair="A and B", palette=LIGHT
    )
    bars = {trace.name: trace for trace in figure.data}
    assert bars["AZE"].x[0] == 0.8
    line = bars["AZE"].error_x
    assert (line.arrayminus[0], line.array[0]) == (0.8, pytest.approx(1.7))
    assert not bars["RUS"].error_x.visible
    assert bars["TUR"].error_x.visible, "nothing lost is a stroke at zero"
    assert bars["AZE IRN"].x[0] + bars["AZE IRN"].error_x.array[0] == 5.0, "as far as the axis"
    assert figure.layout.xaxis.range[1] > 5


def test_usd_are_ranked_by_themselves(actors: pd.DataFrame, joint: pd.DataFrame) -> None:
    figure = leverage_bars(
        actors=actors, joint=joint.iloc[:0], quantity="usd", place_pair="A and B", palette=DARK
    )
    assert [t.customdata[0][1] for t in figure.data] == ["RUS", "AZE", "IRN", "TUR"]


def test_markup_shows_as_text(
    compared: pd.DataFrame,
    points: pd.DataFrame,
    corridors: pd.DataFrame,
    values: pd.DataFrame,
    actors: pd.DataFrame,
    joint: pd.DataFrame,
) -> None:
    figures = [
        benchmark_scatter(compared=compared, palette=LIGHT),
        stability_triangle(points=points, corridors=corridors, palette=LIGHT),
        stability_shares(shares=measure_winning_shares(values), corridors=corridors, palette=LIGHT),
        leverage_bars(
            actors=actors, joint=joint, quantity="days", place_pair="A and B", palette=LIGHT
        ),
    ]
    assert not any("<script" in text_of(figure) for figure in figures)


def test_nothing_to_draw_is_said(
    compared: pd.DataFrame, points: pd.DataFrame, corridors: pd.DataFrame, actors: pd.DataFrame
) -> None:
    none = corridors.iloc[:0]
    nobody = {"actors": actors.iloc[:0], "joint": actors.iloc[:0], "quantity": "days"}
    no_points, no_shares = points.iloc[:0], pd.Series(dtype=float)
    pairs = [
        (
            benchmark_scatter(compared=compared.iloc[:0], palette=LIGHT),
            benchmark_scatter_alt(compared=compared.iloc[:0]),
        ),
        (
            stability_triangle(points=no_points, corridors=none, palette=LIGHT),
            stability_triangle_alt(points=no_points, corridors=none, reader=None),
        ),
        (
            stability_shares(shares=no_shares, corridors=none, palette=LIGHT),
            stability_shares_alt(shares=no_shares, corridors=none),
        ),
        (
            leverage_bars(**nobody, place_pair="A and B", palette=LIGHT),
            leverage_bars_alt(**nobody, place_pair="A and B"),
        ),
    ]
    for figure, alt in pairs:
        assert not figure.data
        assert figure.layout.annotations[0].text
        assert alt.startswith("An empty chart")


def test_alts_say_what_comes_out(
    compared: pd.DataFrame,
    points: pd.DataFrame,
    corridors: pd.DataFrame,
    actors: pd.DataFrame,
    joint: pd.DataFrame,
) -> None:
    assert "1 of 2 times and prices" in benchmark_scatter_alt(compared=compared)
    triangle = stability_triangle_alt(points=points, corridors=corridors, reader={"time": 1.0})
    assert "Sea" in triangle
    assert "reader's weights" in triangle
    veto = leverage_bars_alt(actors=actors, joint=joint, quantity="days", place_pair="A and B")
    assert "Russia cuts the route" in veto
    assert "Türkiye changes nothing in 100% of simulations" in veto
    assert "Iran 2 days more, from 1 to 3" in veto
    assert "Both 5 days more, from 2 to no route left" in veto
    assert "0.8 days more, from 0 to 2, nothing in 30% of simulations" in veto


def test_inputs_are_left_alone(actors: pd.DataFrame, joint: pd.DataFrame) -> None:
    before = actors.copy(), joint.copy()
    leverage_bars(actors=actors, joint=joint, quantity="days", place_pair="A and B", palette=LIGHT)
    pd.testing.assert_frame_equal(actors, before[0])
    pd.testing.assert_frame_equal(joint, before[1])
