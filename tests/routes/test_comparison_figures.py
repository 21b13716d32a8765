"""The figures of the trade routes page: contents, emptiness, size, markup, purity."""

import datetime as dt
import json
import re
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from entente.content import LEAST_IN_ROOM
from entente.dossier.store import Dossier
from entente.routes import built, compare
from entente.routes.actors.gate import find_gate
from entente.routes.charts.branch_map import branch_map, branch_map_alt
from entente.routes.charts.branch_names import follow_out, list_names
from entente.routes.charts.labels import place_numbers
from entente.routes.charts.ranges import range_bar_rows, range_bars, range_bars_alt
from entente.routes.charts.strands import Stretch
from entente.routes.charts.time_distance import (
    find_clusters,
    spread_apart,
    time_distance,
    time_distance_alt,
)
from entente.routes.found_routes import join_lines
from entente.routes.trips import Trip
from entente.routes.valued_corridors import Comparison, compare_corridors
from entente.style.basemap import Plane, fit_frame
from entente.style.palette import DARK, LIGHT
from entente.style.text import measure_text
from entente.style.theme import READING_ORDER

LIMIT = 150_000
DAY = dt.date(2022, 9, 30)
SEA = "round-sea"
BAND = "where 8 of 10 published times fall"


@pytest.fixture(scope="module")
def compared(dossier: Dossier) -> Comparison:
    return compare_corridors(dossier, trip=Trip("SU_PORT", "NO_PORT", DAY))


@pytest.fixture(scope="module")
def points(compared: Comparison) -> pd.DataFrame:
    return compared.spread.profiles.assign(what="<b>x</b> & y", basis="Basis.")


def lines_of(compared: Comparison, dossier: Dossier) -> gpd.GeoDataFrame:
    lines = join_lines(dossier, compared.facts, compared.ids)
    return lines.assign(since="")


def draw_ranges(compared: Comparison, **more):
    shown = {"corridors": compared.corridors, "band": BAND, "before": {}, **more}
    return range_bars(**shown, palette=LIGHT)


def drawn(compared: Comparison, dossier: Dossier, pick: str | None, palette=LIGHT, **more):
    return branch_map(
        chains=compare.read_chains(dossier, compared, compared.ids),
        corridors=compared.corridors.assign(is_branch=compared.corridors["corridor_id"] != SEA),
        nodes=dossier["nodes"],
        places=compare.choose_places(compared, dossier) if compared.ids else dossier["nodes"],
        gates={"QTO": "<b>Torvia</b>"},
        modes=dossier.labels("modes"),
        statuses=dossier.labels("leg_statuses"),
        picked=pick,
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=palette,
        **more,
    )


def test_keys_go_along_each_corridor_by_its_legs(compared: Comparison, dossier: Dossier) -> None:
    chains = {
        str(one): [
            name
            for leg in chain.itertuples()
            for name in (
                f"node {leg.from_node_id}",
                f"leg {leg.leg_id} {one}",
                f"node {leg.to_node_id}",
            )
        ]
        for one, chain in compared.chains.groupby("corridor_id", sort=False)
    }
    assert len(chains) > 2
    rows = compared.corridors
    usable = rows.loc[rows["is_usable"], "corridor_id"]
    for picked in (None, *chains):
        order = drawn(compared, dossier, picked).layout.meta[READING_ORDER]
        # Without a pick, the first of the branches that can be used.
        first = picked or next(one for one in usable if one != SEA)
        walk = list(dict.fromkeys(chains[first]))
        assert order[: len(walk)] == walk
        assert set(order) == {name for chain in chains.values() for name in chain}


def test_lines_end_where_the_sums_say(compared: Comparison, points: pd.DataFrame) -> None:
    figure = time_distance(
        profiles=points, corridors=compared.corridors, picked="western", palette=LIGHT
    )
    lines = {trace.name: trace for trace in figure.data}
    for row in compared.corridors.itertuples():
        assert lines[row.corridor_id].x[-1] == pytest.approx(row.distance_km, abs=0.1)
        assert lines[row.corridor_id].y[-1] == pytest.approx(row.days_typical, abs=0.01)
        assert lines[row.corridor_id].customdata[0][:2] == ["corridor", row.corridor_id]
    assert "range" in lines


def test_band_only_for_a_corridor_put_forward(compared: Comparison, points: pd.DataFrame) -> None:
    figure = time_distance(
        profiles=points, corridors=compared.corridors, picked=None, palette=LIGHT
    )
    assert "range" not in {trace.name for trace in figure.data}


def test_markup_in_data_stays_text(compared: Comparison, points: pd.DataFrame) -> None:
    named = compared.corridors.assign(short_label="<i>Way</i>")
    figure = time_distance(profiles=points, corridors=named, picked=None, palette=LIGHT)
    spec = figure.to_json()
    assert "<i>" not in spec
    assert "<b>x</b>" not in spec


def test_nothing_to_draw_is_said(compared: Comparison, dossier: Dossier) -> None:
    none = compare_corridors(dossier, trip=Trip("SU_PORT", "SU_PORT", DAY))
    figures = [
        time_distance(
            profiles=none.spread.profiles, corridors=none.corridors, picked=None, palette=DARK
        ),
        range_bars(corridors=none.corridors, palette=DARK, band=BAND, before={}),
        drawn(none, dossier, None, DARK),
    ]
    for figure in figures:
        assert "No corridor" in figure.layout.annotations[0].text


@pytest.mark.parametrize("pick", ["western", "round-sea", None])
def test_map_crosses_out_cut_legs_and_stays_small(
    compared: Comparison, dossier: Dossier, pick: str | None
) -> None:
    figure = drawn(compared, dossier, pick)
    traces = {trace.name: trace for trace in figure.data}
    crossed = [entry[1] for entry in traces["cannot be used"].customdata]
    assert "g07" in crossed
    assert traces["western"].customdata[0][0] == "leg"
    assert traces["western"].customdata[0][2] == "western"
    assert len(figure.to_json()) < LIMIT
    assert not any(trace.showlegend for trace in figure.data if trace.name in ("QXA", "QXB"))


def test_figures_of_the_widest_view_stay_small(dossier: Dossier) -> None:
    options = {"trip": Trip("SU_PORT", "NO_CITY", DAY), "appearance": "light"}
    for shown in (
        compare.map_corridors(dossier, **options, pick="lake"),
        built.chart_profiles(dossier, **options, pick="lake", quantity="days"),
        compare.chart_ranges(dossier, **options),
    ):
        assert len(shown.figure.to_json()) < LIMIT
        assert json.loads(shown.figure.to_json())["data"]
        assert len(shown.alt) > 40
        assert len(shown.table)
        assert shown.source_ids


def test_a_day_that_changes_nothing_of_the_map_shares_its_figure(dossier: Dossier) -> None:
    def draw(day: dt.date, *vetoes: str):
        trip = Trip("SU_PORT", "NO_PORT", day, vetoes=vetoes)
        found = compare.map_corridors(dossier, trip=trip, pick=None, appearance="light")
        return found.figure

    assert draw(DAY - dt.timedelta(days=1)) is draw(DAY)
    assert draw(DAY, "QHA") is not draw(DAY)


def test_ranges_show_published_figures_as_hollow_marks(compared: Comparison) -> None:
    figure = draw_ranges(compared)
    marks = {trace.name: trace for trace in figure.data}["published"]
    assert (marks.marker.symbol, marks.marker.color) == ("diamond", LIGHT.paper)
    own = zip(marks.x, marks.customdata, strict=True)
    assert sorted(days for days, mark in own if mark[1] == "western") == [14, 20, 30]


def test_days_and_price_stand_beside_all_bars_and_marks(compared: Comparison) -> None:
    figure = draw_ranges(compared)
    beside = [note for note in figure.layout.annotations if "USD" in note.text]
    assert len(beside) == len(compared.corridors)
    for note in beside:
        assert note.yshift is None  # on the line of its bar, where marks may stand
        plain = re.sub("<.*?>", "", note.text)
        left = note.xshift - measure_text([plain], note.font.size)[0]
        assert left >= 0
        assert note.xshift <= figure.layout.margin.r
    most = max(max(trace.x) for trace in figure.data if trace.x)
    assert most < figure.layout.xaxis.range[1]


def test_every_corridor_has_its_hue_and_code_on_map_and_bars(
    compared: Comparison, dossier: Dossier
) -> None:
    on_map = {trace.name: trace for trace in drawn(compared, dossier, None).data}
    bars = draw_ranges(compared)
    codes = {note.text: note.bgcolor for note in bars.layout.annotations if note.bgcolor}
    usable = compared.usable.to_dict("records")
    assert usable
    for row in usable:
        hue = LIGHT.corridors[row["hue"]]
        assert on_map[row["corridor_id"]].line.color == hue
        assert codes[f"<b>{row['code']}</b>"] == hue


def test_rank_is_of_those_that_could_be_used(compared: Comparison) -> None:
    ranks = compared.usable.sort_values("days_typical")["rank"].tolist()
    assert ranks == list(range(1, len(ranks) + 1))
    assert set(compared.corridors.loc[~compared.corridors["is_usable"], "rank"]) <= {0}


def test_a_figure_that_moves_shows_where_it_stood(compared: Comparison) -> None:
    first = compared.usable.iloc[0]
    before = {first["corridor_id"]: first["days_typical"] - 5}
    figure = draw_ranges(compared, before=before)
    (marks,) = [trace for trace in figure.data if trace.name == "before"]
    assert [mark[1] for mark in marks.customdata] == [first["corridor_id"]]
    assert marks.x[0] == pytest.approx(first["days_typical"] - 5, abs=0.1)


def test_bars_for_other_programs_are_those_that_are_drawn(compared: Comparison) -> None:
    chart = range_bar_rows(corridors=compared.corridors, palette=LIGHT)
    assert chart is not None
    assert [row.colour for row in chart.rows] == [
        LIGHT.corridors[hue] for hue in compared.corridors["hue"]
    ]


def test_gate_is_tinted_and_its_name_is_no_markup(compared: Comparison, dossier: Dossier) -> None:
    figure = drawn(compared, dossier, None)
    (tint,) = [trace for trace in figure.data if trace.type == "choropleth"]
    assert list(tint.locations) == ["QTO"]
    assert "<b>Torvia</b>" not in tint.hovertext[0].removeprefix("<b>")


def test_compact_map_has_one_set_of_names(compared: Comparison, dossier: Dossier) -> None:
    whole = [t for t in drawn(compared, dossier, None).data if getattr(t, "mode", "") == "text"]
    small = [
        t
        for t in drawn(compared, dossier, None, is_compact=True).data
        if getattr(t, "mode", "") == "text"
    ]
    assert 0 < len(small) < len(whole)


def test_map_for_a_room_shows_where_branches_part_in_large_type(
    compared: Comparison, dossier: Dossier
) -> None:
    room = (1080.0, 470.0)
    desk, large = drawn(compared, dossier, None), drawn(compared, dossier, None, room=room)
    plane = Plane(large.layout.geo.lonaxis.range, large.layout.geo.lataxis.range)
    assert plane.aspect == pytest.approx(room[0] / room[1], rel=0.02)
    (south, north), (low, high) = large.layout.geo.lataxis.range, desk.layout.geo.lataxis.range
    assert low < south < north < high
    (names,) = [t for t in large.data if t.name == "names" and t.meta is None]
    assert min(names.textfont.size) >= LEAST_IN_ROOM
    pairs = zip(names.text, names.customdata, strict=True)
    ends = {text.strip("\xa0") for text, mark in pairs if mark[0] == "node"}
    assert ends == {"<b>Sund Harbour ↘</b>", "<b>↖ Norland Harbour</b>"}, "both lie beyond"
    width, least = (
        min(t.line.width for t in figure.data if t.name in compared.ids and t.name != SEA)
        for figure in (large, desk)
    )
    assert width > 1.5 * least


@pytest.mark.parametrize(
    ("line", "kept", "arrow"),
    [
        ([(1, 1), (2, 2), (3, 3)], [(1, 1), (3, 3)], ""),
        ([(5, 5), (3, 5), (-1, 5), (-3, 8)], [(3, 5)], "←"),
        ([(5, 5), (5, -2), (8, 1), (8, 3), (12, 7)], [(8, 3), (5, 5)], "↗"),
        ([(20, 20), (30, 30)], [], ""),
    ],
)
def test_a_line_is_named_before_it_leaves_the_frame_with_an_arrow(
    line: list[tuple[int, int]], kept: list[tuple[int, int]], arrow: str
) -> None:
    points, found = follow_out(np.array(line, dtype=float), ((0.0, 10.0), (0.0, 10.0)))
    assert found == arrow
    assert points.tolist() == [list(point) for point in kept]


def test_a_branch_may_be_named_beside_what_few_others_share() -> None:
    """The middle one of three has little to itself, which others enclose."""
    ways = {
        "west": [("trunk", 0, 0), ("w", 0, 10)],
        "middle": [("trunk", 0, 0), ("m", 3, 3), ("east", 8, 10)],
        "far": [("trunk", 0, 0), ("f", 9, 3), ("east", 8, 10)],
    }
    taken = [leg for legs in ways.values() for leg, *_ in legs]
    stretches = [
        Stretch(
            branch_id=branch,
            leg_id=leg,
            mode_code="rail",
            status_code="",
            points=np.array([(x, y), (x, y + 2 + 8 * (leg == "f"))], dtype=float),
            is_shared=taken.count(leg) > 1,
        )
        for branch, legs in ways.items()
        for leg, x, y in legs
    ]
    row = {"name": "x", "map_label": "x", "identity": [], "hue": "corridor-1"}
    found = list_names(
        stretches,
        rows=dict.fromkeys(ways, row),
        places=pd.DataFrame({"is_end": []}),
        gates={},
        nodes=pd.DataFrame(),
        detours=gpd.GeoDataFrame(),
        frame=((-1.0, 10.0), (-1.0, 20.0)),
        palette=LIGHT,
        is_short=True,
    )
    points = {one.kind: set(one.name.points) for one in found}
    sides = {one.kind: one.name.sides[0] for one in found}
    assert [one.kind for one in found][-1] == "far", "who has least is placed first"
    assert {x for x, _ in points["middle"]} == {3.0, 8.0}
    assert 0.0 not in {x for x, _ in points["middle"] | points["far"]}, "not beside the trunk"
    assert sides == {"west": "middle left", "middle": "middle right", "far": "middle right"}


def test_gate_is_what_every_branch_crosses(dossier: Dossier, compared: Comparison) -> None:
    gate = find_gate(dossier, trip=Trip("SU_PORT", "NO_PORT", DAY))
    assert SEA not in gate.branches
    rows = compared.corridors.set_index("corridor_id")
    for actor in gate.actors:
        assert all(actor in rows.at[name, "states"].split(" ") for name in gate.branches)


def test_alt_texts_name_what_is_highlighted(
    compared: Comparison, points: pd.DataFrame, dossier: Dossier
) -> None:
    name = compared.find("western")["name"]
    rows = compared.corridors.assign(is_branch=compared.corridors["corridor_id"] != SEA)
    alt = branch_map_alt(corridors=rows, gates={"QTO": "Torvia"}, picked="western")
    assert f"{name} is highlighted" in alt
    assert "cross Torvia" in alt
    shared = {"corridors": compared.corridors, "picked": "western"}
    assert "drawn as a band" in time_distance_alt(profiles=points, **shared)
    assert "days (" in range_bars_alt(corridors=compared.corridors, band=BAND)


def test_drawing_changes_no_table(compared: Comparison, points: pd.DataFrame) -> None:
    before = points.copy(), compared.corridors.copy()
    time_distance(profiles=points, corridors=compared.corridors, picked="western", palette=LIGHT)
    pd.testing.assert_frame_equal(points, before[0])
    pd.testing.assert_frame_equal(compared.corridors, before[1])


def test_frame_holds_all_lines(compared: Comparison, dossier: Dossier) -> None:
    lines = lines_of(compared, dossier)
    (west, east), (south, north) = fit_frame(lines)
    least_lon, least_lat, most_lon, most_lat = lines.total_bounds
    assert west < least_lon < most_lon < east
    assert south < least_lat < most_lat < north


def test_numbers_on_the_map_keep_apart(compared: Comparison, dossier: Dossier) -> None:
    lines = lines_of(compared, dossier)
    spots = place_numbers(lines, compared.corridors, gap=3.0, taken=[])
    badges = [badge for _, badge in spots.values()]
    assert len(set(badges)) == len(compared.ids)


@pytest.mark.parametrize(
    ("values", "step"), [([], 2.0), ([5.0], 2.0), ([24.0, 24.5, 25.0, 30.0], 2.0)]
)
def test_labels_are_spread_apart_in_order(values: list[float], step: float) -> None:
    heights = spread_apart(values, step, 45.0)
    assert len(heights) == len(values)
    gaps = [after - before for before, after in pairwise(heights)]
    assert all(gap >= step - 1e-9 for gap in gaps)
    assert all(height <= 45.0 for height in heights)


def test_clusters_follow_gaps() -> None:
    values = pd.Series({"a": 1.0, "b": 9.0, "c": 1.5})
    assert find_clusters(values, 1.0) == [["a", "c"], ["b"]]
