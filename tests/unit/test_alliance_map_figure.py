"""The map and the matrix: what is drawn, how it is told apart, and what each mark carries."""

import datetime as dt
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from pyproj import Geod
from shapely import LineString, Polygon

from entente.analysis.ties import shown_ties
from entente.figures.alliance_map import alliance_map, alliance_map_alt
from entente.figures.basemap import basemap, blend, coordinates
from entente.figures.theme import blank_figure, canonical
from entente.figures.tie_arcs import SEGMENTS, Place, arc_between, fanned, headings, places
from entente.figures.tie_marks import THEME_SYMBOLS, hover, lifetime
from entente.figures.tie_matrix import cell_marks, tie_matrix, tie_matrix_alt
from entente.palette import DARK, LIGHT, THEME_DASHES
from entente.vocabulary import TIE_THEMES

LIMIT = 150_000
WORDS = {
    **{code: code.capitalize() for code in TIE_THEMES},
    **{code: code.capitalize() for code in ("cooperation", "ambivalent", "principal", "power")},
}


@pytest.fixture
def actors() -> pd.DataFrame:
    rows = [
        ("TUR", "Türkiye", "principal", 39.93, 32.86, None),
        ("AZE", "Azerbaijan", "principal", 40.41, 49.87, None),
        ("PAK", "Pakistan <b>", "principal", 33.68, 73.05, "Note <i>with</i> markup"),
        ("USA", "United States", "power", 38.9, -77.04, None),
        ("CHN", "China", "power", 35.9, 104.2, None),
        ("ORG-X", "A bank", "organisation", np.nan, np.nan, None),
        ("FRA", "France", "transit", 48.86, 2.35, None),
    ]
    return pd.DataFrame(rows, columns=["actor_id", "label", "role_code", "lat", "lon", "note"])


@pytest.fixture
def ties() -> pd.DataFrame:
    rows = [
        ("t1", "AZE", "PAK", "diplomacy", "mutual", "cooperation", False, "c1", "e1 e2 e3", 1, 3),
        ("t2", "PAK", "AZE", "defence", "one-way", "cooperation", False, "", "e4", 0, 1),
        ("t3", "PAK", "TUR", "nuclear", "mutual", "ambivalent", True, "c2 c3", "", 2, 0),
        ("t4", "USA", "PAK", "rivalry", "one-way", "rivalry", False, "", "e5", 0, 1),
        ("t5", "ORG-X", "PAK", "finance", "one-way", "cooperation", False, "", "e6", 0, 1),
    ]
    columns = [
        "tie_id",
        "from_actor_id",
        "to_actor_id",
        "theme_code",
        "direction_code",
        "valence_code",
        "is_asserted_only",
        "claim_ids",
        "event_ids",
        "claim_count",
        "event_count",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(label="A label & <script>", start_edtf="..", end_edtf=None)


@pytest.fixture
def plate() -> dict[str, Any]:
    lines = gpd.GeoDataFrame(
        {
            "area_id": ["XJK", "XJK"],
            "kind": ["outline", "hatch"],
            "geometry": [Polygon([(73, 33), (75, 33), (74, 35)]), LineString([(73, 33), (74, 34)])],
        },
        crs="EPSG:4326",
    )
    areas = pd.DataFrame({"area_id": ["XJK"], "label": ["An area"], "note": ["Claimed by two."]})
    return {"area_lines": lines, "areas": areas}


def drawn(
    ties: pd.DataFrame, actors: pd.DataFrame, plate: dict[str, Any], **options: Any
) -> go.Figure:
    shared = {"palette": LIGHT, "words": WORDS, "theme_order": TIE_THEMES, **plate}
    return alliance_map(ties=ties, actors=actors, **{**shared, **options})


def trace(figure: go.Figure, name: str) -> Any:
    return next(item for item in figure.data if item.name == name)


def test_every_tie_is_a_line_that_carries_its_id(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    for tie_id in ties["tie_id"]:
        line = trace(figure, tie_id)
        assert list(line.customdata[0]) == ["tie", tie_id]
        assert len(line.customdata) == len(line.lon)


def test_knots_carry_kind_id_and_evidence(ties, actors, plate) -> None:
    carried = {row[1]: row for row in trace(drawn(ties, actors, plate), "knots").customdata}
    assert list(carried["t1"]) == ["tie", "t1", "c1 e1 e2 e3"]
    assert list(carried["t3"]) == ["tie", "t3", "c2 c3"]


def test_asserted_ties_are_unlike_documented_ones_in_more_than_colour(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    alone, recorded = trace(figure, "t3").line, trace(figure, "t4").line
    assert alone.dash not in THEME_DASHES.values()
    assert alone.width < recorded.width
    knots = trace(figure, "knots")
    fills = dict(zip([row[1] for row in knots.customdata], knots.marker.color, strict=True))
    assert fills["t3"] == LIGHT.paper
    assert fills["t4"] != LIGHT.paper


def test_more_events_make_a_wider_line(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    assert trace(figure, "t1").line.width > trace(figure, "t2").line.width


def test_one_way_ties_have_an_arrow_and_ill_will_has_bars(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)

    def seen(tie_id: str) -> list[str]:
        marker = trace(figure, tie_id).marker
        pairs = zip(marker.symbol, marker.opacity, strict=True)
        return [symbol for symbol, opacity in pairs if opacity]

    assert seen("t1") == []
    assert seen("t2") == ["arrow"]
    assert seen("t3") == ["line-ew"]
    assert seen("t4") == ["line-ew", "line-ew", "arrow"]


def test_themes_differ_by_symbol_and_by_hue_with_dash() -> None:
    assert len({symbol for symbol, _ in THEME_SYMBOLS.values()}) == len(TIE_THEMES)
    for palette in (LIGHT, DARK):
        looks = {(palette.themes[code], THEME_DASHES[code]) for code in TIE_THEMES}
        assert len(looks) == len(TIE_THEMES)


def test_actors_beyond_the_frame_stand_at_its_edge_with_their_name(ties, actors, plate) -> None:
    edge = trace(drawn(ties, actors, plate), "edge")
    assert any("United States" in name and "↑" in name for name in edge.text)
    assert any("no place on this map" in name for name in edge.text)
    assert [list(row)[:2] for row in edge.customdata] == [["actor", "USA"], ["actor", "ORG-X"]]


def test_actors_without_a_tie_are_left_out_but_principals_stay(ties, actors, plate) -> None:
    figure = drawn(ties[ties["tie_id"] == "t1"], actors, plate)
    named = {
        row[1]
        for item in figure.data
        if item.customdata is not None
        for row in item.customdata
        if row[0] == "actor"
    }
    assert named == {"TUR", "AZE", "PAK"}


def test_text_from_data_is_never_markup(ties, actors, plate) -> None:
    for figure in (drawn(ties, actors, plate), matrix(ties, actors)):
        text = figure.to_json()
        assert "<script>" not in text
        assert "Pakistan <b>" not in text
        assert "<i>with" not in text


def test_what_is_not_lit_fades(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate, lit={"t1"}, pick="t1")
    assert trace(figure, "t1").opacity == 1
    assert trace(figure, "t4").opacity < 0.5


def test_nothing_to_draw_says_so(ties, actors, plate) -> None:
    for figure in (drawn(ties[:0], actors, plate), matrix(ties[:0], actors)):
        assert "No tie" in figure.layout.annotations[0].text
    assert "none" in alliance_map_alt(
        ties=ties[:0], actors=actors, words=WORDS, theme_order=TIE_THEMES, day="today"
    )
    assert "none" in tie_matrix_alt(ties=ties[:0], actors=actors, day="today")


def test_nothing_given_is_changed_and_the_order_of_rows_does_not_matter(
    ties, actors, plate
) -> None:
    before = ties.copy(), actors.copy()
    one = drawn(ties, actors, plate)
    other = drawn(ties[::-1].reset_index(drop=True), actors[::-1].reset_index(drop=True), plate)
    assert canonical(one) == canonical(other)
    pd.testing.assert_frame_equal(ties, before[0])
    pd.testing.assert_frame_equal(actors, before[1])


def test_alternative_text_counts_what_is_drawn(ties, actors) -> None:
    alt = alliance_map_alt(
        ties=ties, actors=actors, words=WORDS, theme_order=TIE_THEMES, day="1 July 2026"
    )
    assert "5 ties between 5 actors on 1 July 2026, 1 of them" in alt
    assert "Pakistan <b> 5" in alt
    assert "2 pairs" not in tie_matrix_alt(ties=ties, actors=actors, day="1 July 2026")


def test_the_plate_comes_from_our_own_outlines_and_fits_explicit_ranges(plate) -> None:
    figure = basemap(
        blank_figure(LIGHT, key="x"),
        palette=LIGHT,
        lon_range=(20, 100),
        lat_range=(10, 50),
        **plate,
    )
    assert figure.layout.geo.fitbounds is False
    assert figure.layout.geo.resolution == 50
    assert figure.layout.geo.projection.rotation.lon == 60
    assert "An area" in figure.data[0].hovertext


def test_the_plate_leaves_the_given_figure_alone(plate) -> None:
    given = blank_figure(LIGHT, key="x")
    basemap(given, palette=LIGHT, lon_range=(20, 100), lat_range=(10, 50), **plate)
    assert len(given.data) == 0


def test_lines_are_kept_apart() -> None:
    lon, lat = coordinates([LineString([(0, 1), (2, 3)]), LineString([(4, 5), (6, 7)])])
    assert lon == [0, 2, None, 4, 6]
    assert lat == [1, 3, None, 5, 7]


def test_blend_is_the_ground_at_nought_and_the_colour_at_one() -> None:
    assert blend("#112233", "#FFFFFF", share=0) == "#FFFFFF"
    assert blend("#112233", "#FFFFFF", share=1) == "#112233"


def test_a_line_without_a_lane_is_the_geodesic() -> None:
    start, end = Place(lon=32.86, lat=39.93), Place(lon=73.05, lat=33.68)
    arc = arc_between(start, end)
    there = Geod(ellps="WGS84").npts(32.86, 39.93, 73.05, 33.68, SEGMENTS - 1)
    assert np.allclose(list(zip(arc.lon, arc.lat, strict=True))[1:-1], there, atol=0.01)


def test_lanes_part_in_the_middle_and_meet_at_the_ends() -> None:
    start, end = Place(lon=50, lat=40), Place(lon=73, lat=34)
    left, right = (arc_between(start, end, lane=lane) for lane in (-1, 1))
    assert (left.lon[0], left.lat[-1]) == (right.lon[0], right.lat[-1])
    assert left.lat[8] > right.lat[8] + 0.5


def test_lines_of_one_pair_never_coincide_whichever_way_they_go(ties, actors) -> None:
    arcs = fanned(ties, places(actors), theme_order=TIE_THEMES)
    assert arcs["t1"].lon[0] == pytest.approx(49.87)
    assert arcs["t2"].lon[0] == pytest.approx(73.05)
    assert arcs["t1"].lat[8] != arcs["t2"].lat[8]


def test_headings_point_along_the_line() -> None:
    east = arc_between(Place(lon=58, lat=0.0), Place(lon=60, lat=0.0))
    north = arc_between(Place(lon=59, lat=20.0), Place(lon=59, lat=30.0))
    assert headings(east)[8] == pytest.approx(90, abs=2)
    assert headings(north)[8] == pytest.approx(0, abs=2)


def test_a_lifetime_is_said_no_more_exactly_than_it_is_known() -> None:
    assert lifetime("..", None) == "Since before the record"
    assert lifetime("2022-09~", "2025-08-31") == "Since about September 2022, until 31 August 2025"


def test_hover_tells_whose_word_it_is(ties, actors) -> None:
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    texts = {tie.tie_id: hover(tie, names=names, words=WORDS) for tie in ties.itertuples()}
    assert "Only the document says so (2 claims)" in texts["t3"]
    assert "1 event on record, no claim" in texts["t2"]


def matrix(ties: pd.DataFrame, actors: pd.DataFrame) -> go.Figure:
    return tie_matrix(ties=ties, actors=actors, words=WORDS, theme_order=TIE_THEMES, palette=LIGHT)


def test_the_matrix_shows_every_tie_on_both_sides_of_its_diagonal(ties, actors) -> None:
    order = ["AZE", "PAK", "TUR", "USA", "ORG-X"]
    marks = cell_marks(ties, order, TIE_THEMES)
    assert marks["tie_id"].value_counts().eq(2).all()
    here = {(round(mark.x), round(mark.y)) for mark in marks.itertuples()}
    assert here == {(y, x) for x, y in here}
    assert not marks.duplicated(["x", "y"]).any()


@pytest.mark.parametrize("day", [dt.date(2025, 4, 10), dt.date(2026, 7, 1)])
def test_figures_of_the_real_ties_stay_small(dossier, day: dt.date) -> None:
    ties = shown_ties(
        **{name: dossier[name] for name in ("ties", "tie_claims", "tie_events", "events")},
        lens="both",
        as_of=day,
        themes=TIE_THEMES,
        actors=tuple(dossier["actors"]["actor_id"]),
    )
    words = {code: code for code in (*TIE_THEMES, "cooperation", "ambivalent")}
    shared = {"actors": dossier["actors"], "words": words, "theme_order": TIE_THEMES}
    figure = alliance_map(
        ties=ties, areas=dossier["areas"], area_lines=dossier.area_lines, palette=DARK, **shared
    )
    assert len(figure.to_json()) <= LIMIT
    assert len(tie_matrix(ties=ties, palette=DARK, **shared).to_json()) <= LIMIT
