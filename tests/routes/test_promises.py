"""Published figures by kind: promised and run."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.routes.accuracy import PROMISED, RIVAL, RUN, draw_kinds, say_kinds, select_figures
from entente.routes.charts.promises import (
    find_medians,
    promised_and_run,
    promised_and_run_alt,
    select_kinds,
    tabulate_kinds,
)
from entente.routes.valuation.benchmarks import COMPARED_COLUMNS
from entente.style.palette import DARK, LIGHT, Palette
from entente.style.text import measure_text

LABELS = {"actual": "Observed", "planned": "Plan", "rival": "Of the rival"}
EVIL = "<b>Port</b> & <script>"


def make(rows: list[dict[str, object]]) -> pd.DataFrame:
    base = dict.fromkeys(COMPARED_COLUMNS) | {
        "from_place": EVIL,
        "to_place": "Agra",
        "event_edtf": "2024",
        "source_id": "press",
        "leg_ids": "L001",
        "quantity": "days",
        "is_calibration": False,
        "p50": 10.0,
    }
    table = pd.DataFrame([base | row for row in rows], columns=COMPARED_COLUMNS)
    return table.assign(benchmark_id=[f"B{n}" for n in range(len(table))])


@pytest.fixture
def selected() -> pd.DataFrame:
    rows = [
        {"kind_code": "rival", "published": 30.0},
        {"kind_code": "actual", "published": 12.0},
        {"kind_code": "actual", "published": 8.0},
        {"kind_code": "planned", "published": 5.0, "quantity": "cost_usd_per_teu"},
        {"kind_code": "actual", "published": 99.0, "is_calibration": True},
        {"kind_code": "actual", "published": 99.0, "quantity": "distance_km"},
    ]
    return select_kinds(make(rows), LABELS)


def test_independent_times_and_prices_stand_by_kind_in_order(selected: pd.DataFrame) -> None:
    assert selected["kind"].tolist() == ["Observed", "Observed", "Plan", "Of the rival"]
    assert selected["by_model"].tolist() == [0.8, 1.2, 0.5, 3.0]
    assert find_medians(selected).to_dict() == {"Observed": 1.0, "Plan": 0.5, "Of the rival": 3.0}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_figure_is_a_dot_and_every_kind_has_its_median(palette: Palette, selected) -> None:
    figure = promised_and_run(selected=selected, palette=palette)
    *dots, medians = figure.data
    marks = [list(mark) for trace in dots for mark in trace.customdata]
    assert sorted(mark[1] for mark in marks) == sorted(selected["benchmark_id"])
    assert {tuple(mark[::2]) for mark in marks} == {("benchmark", "L001 press")}
    assert [trace.marker.symbol for trace in dots] == ["circle", "diamond"]
    assert list(medians.x) == [1.0, 1.0, None, 0.5, 0.5, None, 3.0, 3.0, None]
    head, *values = figure.layout.annotations
    assert head.text == "median"
    assert [note.text for note in values] == [
        f"<b>{value}</b>" for value in ("1.00", "0.50", "3.00")
    ]
    assert list(figure.layout.yaxis.ticktext) == ["Observed (2)", "Plan (1)", "Of the rival (1)"]
    text = json.dumps(figure.to_plotly_json(), default=str, ensure_ascii=False)
    assert "<script>" not in text


def test_no_value_of_a_median_stands_where_a_dot_may(selected: pd.DataFrame) -> None:
    figure = promised_and_run(selected=selected, palette=LIGHT)
    for note in figure.layout.annotations:
        assert (note.xref, note.x, note.xanchor) == ("paper", 1, "right")
        width, _ = measure_text([re.sub("<.*?>", "", note.text)], note.font.size, is_bold=True)
        assert width < note.xshift <= figure.layout.margin.r


def test_the_words_and_the_table_say_the_medians(selected: pd.DataFrame) -> None:
    assert "Observed 1.00 (2), Plan 0.50 (1), Of the rival 3.00 (1)" in promised_and_run_alt(
        selected=selected
    )
    table = tabulate_kinds(selected).set_index("Kind")
    assert table["Figures"].to_dict() == {"Observed": 2, "Plan": 1, "Of the rival": 1}
    assert table.loc["Observed"].tolist() == [2, 1.0, 0.8, 1.2]


def test_nothing_to_compare_is_said() -> None:
    empty = select_kinds(make([]), LABELS)
    assert not promised_and_run(selected=empty, palette=LIGHT).data
    assert "no published figure" in promised_and_run_alt(selected=empty)
    assert tabulate_kinds(empty).empty


@settings(deadline=None)
@given(ratios=st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_all_dots_lie_within_the_axis_and_in_their_row(ratios: list[float]) -> None:
    rows = [{"kind_code": "actual", "published": 10 * ratio} for ratio in ratios]
    figure = promised_and_run(selected=select_kinds(make(rows), LABELS), palette=LIGHT)
    low, high = (10**end for end in figure.layout.xaxis.range)
    assert all(low * 0.99 <= x <= high * 1.01 for x in figure.data[0].x if x)
    assert all(abs(y) <= 0.3 for y in figure.data[0].y)


def test_the_heading_is_made_from_the_figures(dossier: Dossier) -> None:
    found = select_figures(dossier)
    days = found[found["quantity"] == "days"]
    for codes in (RUN, PROMISED, RIVAL):
        median = days.loc[days["kind_code"].isin(codes), "by_model"].median()
        assert f"{median:.0%}" in say_kinds(dossier)
    panel = draw_kinds(dossier, appearance="light")
    assert set(panel.source_ids) == set(found["source_id"])
    assert panel.table["Kind"].tolist() == list(dict.fromkeys(found["kind"]))
