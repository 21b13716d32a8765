"""The map and the matrix: what is drawn, how it is told apart, and what each mark carries."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from pyproj import Geod
from shapely import LineString, Polygon

from entente.address.views import MapView, default_view
from entente.alliance.arcs import STEP_WIDTHS, fan_out, measure_headings
from entente.alliance.borders import list_areas
from entente.alliance.content import list_corridor_legs
from entente.alliance.ground import (
    AROUND_NAME,
    MAP_WIDTHS,
    NARROW,
    Place,
    count_beyond,
    measure_strip,
    place_actors,
)
from entente.alliance.map import describe_map, draw_map
from entente.alliance.marks import CHANGE_RINGS, THEME_SYMBOLS, say_lifetime, write_hover
from entente.alliance.matrix import describe_matrix, draw_matrix, place_ties
from entente.alliance.ribbons import ARC_SEGMENTS, draw_arc
from entente.alliance.ties import STEP_ENDS, add_strength, compare_days, list_ties
from entente.style.basemap import Plane, blend, draw_basemap, list_coordinates
from entente.style.palette import DARK, LIGHT, THEME_DASHES
from entente.style.text import measure_text
from entente.style.theme import SMALL, blank_figure
from entente.vocabulary import EVIDENCE_WEIGHTS, TIE_THEMES
from tests.conftest import read_small

LIMIT = 150_000
DOCUMENT = read_small().document
FRAMES = DOCUMENT.map_views
MIDDLE = FRAMES["all"].middle[0]
DRAWING = {
    "frame": FRAMES["all"],
    "label_sides": DOCUMENT.label_sides,
    "bows_km": DOCUMENT.arc_bows_km,
}
WORDS = {
    **{code: code.capitalize() for code in TIE_THEMES},
    **{code: code.capitalize() for code in ("cooperation", "ambivalent", "principal", "power")},
}


@pytest.fixture
def actors() -> pd.DataFrame:
    rows = [
        ("QMA", "Türkiye", "principal", 39.93, 32.86, None),
        ("QVE", "Azerbaijan", "principal", 40.41, 49.87, None),
        ("QOR", "Pakistan <b>", "principal", 33.68, 73.05, "Note <i>with</i> markup"),
        ("USA", "United States", "power", 38.9, -77.04, None),
        ("CHN", "China", "power", 35.9, 104.2, None),
        ("ORG-X", "A bank", "organisation", np.nan, np.nan, None),
        ("FRA", "France", "transit", 48.86, 2.35, None),
    ]
    return pd.DataFrame(rows, columns=["actor_id", "label", "role_code", "lat", "lon", "note"])


@pytest.fixture
def ties() -> pd.DataFrame:
    rows = [
        ("t1", "QVE", "QOR", "diplomacy", "mutual", "cooperation", False, "c1", "e1 e2 e3", 1, 3),
        ("t2", "QOR", "QVE", "defence", "one-way", "cooperation", False, "", "e4", 0, 1),
        ("t3", "QOR", "QMA", "nuclear", "mutual", "ambivalent", True, "c2 c3", "", 2, 0),
        ("t4", "USA", "QOR", "rivalry", "one-way", "rivalry", False, "", "e5", 0, 1),
        ("t5", "ORG-X", "QOR", "finance", "one-way", "cooperation", False, "", "e6", 0, 1),
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
    worded = frame.assign(label="A label & <script>", start_edtf="..", end_edtf=None)
    kinds = {event: "deeds" for ids in frame["event_ids"] for event in ids.split()}
    strong = add_strength(worded, kind_of=kinds, weights=EVIDENCE_WEIGHTS)
    return compare_days(strong, strong)


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
    shared = {"palette": LIGHT, "words": WORDS, "theme_order": TIE_THEMES, **DRAWING, **plate}
    return draw_map(ties=ties, actors=actors, **{**shared, **options})


def trace(figure: go.Figure, name: str) -> Any:
    return next(item for item in figure.data if item.name == name)


def test_every_tie_is_a_line_that_carries_its_id(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    for tie_id in ties["tie_id"]:
        line = trace(figure, tie_id)
        assert list(line.customdata[0])[:2] == ["tie", tie_id]
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


def test_a_stronger_tie_has_a_wider_line(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    assert trace(figure, "t1").line.width > trace(figure, "t2").line.width
    assert len(STEP_WIDTHS) == len(STEP_ENDS) + 2
    assert list(STEP_WIDTHS) == sorted(set(STEP_WIDTHS))


@pytest.fixture
def changed(ties) -> pd.DataFrame:
    codes = ["stronger", "new", "same", "ended", "same"]
    return ties.assign(change_code=codes, strength_then=[8, 0, 0, 8, 8])


def test_what_changed_is_told_apart_by_shape_and_line(changed, actors, plate) -> None:
    figure = drawn(changed, actors, plate, since="10 April 2025")
    rings = trace(figure, "changes")
    shapes = dict(zip([row[1] for row in rings.customdata], rings.marker.symbol, strict=True))
    assert shapes == {
        "t1": CHANGE_RINGS["stronger"][0].removesuffix("-open"),
        "t2": CHANGE_RINGS["new"][0].removesuffix("-open"),
    }
    ghost = trace(figure, "t4")
    assert ghost.line.dash not in {*THEME_DASHES.values(), trace(figure, "t3").line.dash}
    knots = trace(figure, "knots")
    symbols = dict(zip([row[1] for row in knots.customdata], knots.marker.symbol, strict=True))
    assert symbols["t4"] not in {symbol for symbol, _ in THEME_SYMBOLS.values()}
    assert trace(figure, "t5").opacity < trace(figure, "t2").opacity
    assert "Ended since 10 April 2025" in ghost.hovertext
    assert "Stronger since 10 April 2025: 8 → 24" in trace(figure, "t1").hovertext


def test_without_an_earlier_day_nothing_is_said_to_have_changed(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate)
    assert not [item for item in figure.data if item.name == "changes"]
    assert "since" not in trace(figure, "t1").hovertext


def test_the_matrix_marks_changes_by_shape_too(changed, actors) -> None:
    rings = trace(matrix(changed, actors, since="10 April 2025"), "changes")
    assert {row[1] for row in rings.customdata} == {"t1", "t2"}
    assert len(rings.x) == 4


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
    figure = drawn(ties, actors, plate)
    edge = trace(figure, "edge")
    assert [list(row)[:2] for row in edge.customdata] == [["actor", "USA"], ["actor", "ORG-X"]]
    assert [text.rpartition("<br>")[2] for text in edge.hovertext] == [
        "Its point lies beyond the frame of this map",
        "It has no place on a map",
    ]
    (names,) = [item for item in figure.data if item.name == "names"]
    assert {"United States ↑", "A bank"} <= {text.strip() for text in names.text}


def test_actors_beyond_the_frame_stand_above_the_neatline(ties, actors, plate) -> None:
    frame = FRAMES["all"]
    spots = place_actors(actors, window=frame)
    plane = Plane(frame.lon_range, frame.lat_range)
    height = measure_strip(count_beyond(spots))
    for spot in spots.values():
        ((_, down),) = plane.project([spot.lon], [spot.lat])
        assert (down < height) == bool(spot.side)
    ground = trace(drawn(ties, actors, plate), "ground of the strip")
    assert (ground.fill, ground.fillcolor) == ("toself", LIGHT.paper)
    shares = plane.project(ground.lon, ground.lat)
    assert shares[:, 1].max() == pytest.approx(height, abs=0.001)
    everywhere = drawn(ties[ties["tie_id"] == "t1"], actors, plate)
    assert not [item for item in everywhere.data if item.name == "ground of the strip"]


def test_actors_without_a_tie_are_left_out_but_principals_stay(ties, actors, plate) -> None:
    figure = drawn(ties[ties["tie_id"] == "t1"], actors, plate)
    named = {
        row[1]
        for item in figure.data
        if item.customdata is not None
        for row in item.customdata
        if row[0] == "actor"
    }
    assert named == {"QMA", "QVE", "QOR"}


def test_text_from_data_is_never_markup(ties, actors, plate) -> None:
    for figure in (drawn(ties, actors, plate), matrix(ties, actors)):
        text = figure.to_json()
        assert "<script>" not in text
        assert "Pakistan <b>" not in text
        assert "<i>with" not in text


def test_what_is_not_lit_fades(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate, pick="t1")
    assert trace(figure, "t1").opacity == 1
    assert trace(figure, "t4").opacity < 0.5


def test_nothing_to_draw_says_so(ties, actors, plate) -> None:
    for figure in (drawn(ties[:0], actors, plate), matrix(ties[:0], actors)):
        assert "No tie" in figure.layout.annotations[0].text
    assert "none" in describe_map(
        ties=ties[:0],
        actors=actors,
        words=WORDS,
        theme_order=TIE_THEMES,
        day="30 September 2022",
        frame=FRAMES["all"],
    )
    assert "none" in describe_matrix(ties=ties[:0], actors=actors, day="30 September 2022")


def test_nothing_given_is_changed_and_the_order_of_rows_does_not_matter(
    ties, actors, plate
) -> None:
    before = ties.copy(), actors.copy()
    one = drawn(ties, actors, plate)
    other = drawn(ties[::-1].reset_index(drop=True), actors[::-1].reset_index(drop=True), plate)
    assert one.to_plotly_json() == other.to_plotly_json()
    pd.testing.assert_frame_equal(ties, before[0])
    pd.testing.assert_frame_equal(actors, before[1])


def test_alternative_text_counts_what_is_drawn(ties, actors) -> None:
    alt = describe_map(
        ties=ties,
        actors=actors,
        words=WORDS,
        theme_order=TIE_THEMES,
        day="1 July 2026",
        frame=FRAMES["all"],
    )
    assert "5 ties between 5 actors on 1 July 2026, 1 of them claimed only by the document" in alt
    assert "Compared" not in alt
    assert "Pakistan <b> 5" in alt
    assert "2 pairs" not in describe_matrix(ties=ties, actors=actors, day="1 July 2026")


def test_alternative_text_says_lens_comparison_frame_and_borders(changed, actors) -> None:
    alt = describe_map(
        ties=changed,
        actors=actors,
        words=WORDS,
        theme_order=TIE_THEMES,
        day="1 July 2026",
        lens="Record",
        author="Lowland",
        since="10 April 2025",
        borders="Borders in the Sundrian view.",
        frame=FRAMES["north"],
    )
    assert alt.startswith("Map of the north with 4 ties")
    assert "Compared with 10 April 2025: 1 new, 1 ended, 1 stronger." in alt
    assert alt.endswith("Shown: record. Borders in the Sundrian view.")


def list_marks(figure: go.Figure) -> list[list[str]]:
    found = [item.customdata for item in figure.data if not (item.meta or {}).get("scaffold")]
    assert all(rows is not None for rows in found)
    return [list(row) for rows in found for row in rows]


@pytest.mark.parametrize("frame", list(FRAMES))
def test_every_mark_carries_kind_id_and_what_is_behind_it(
    changed, actors, plate, dossier, frame: str
) -> None:
    corridors = list_corridor_legs(dossier) if frame == "routes" else None
    figure = drawn(changed, actors, plate, frame=FRAMES[frame], since="a day", corridors=corridors)
    rows = list_marks(figure)
    assert {len(row) for row in rows} == {3}
    kinds = {row[0] for row in rows}
    assert kinds == {"tie", "actor", "area"} | ({"leg"} if frame == "routes" else set())
    behind = {row[1]: row[2] for row in rows if row[0] == "actor"}
    assert behind["QVE"] == "c1 e1 e2 e3 e4"
    if corridors is not None:
        assert trace(figure, "corridors").hoverinfo == "skip"


def test_a_frame_zooms_and_says_where_those_beyond_it_lie(actors) -> None:
    for view in FRAMES.values():
        assert set(place_actors(actors, window=view)) == set(actors["actor_id"])
    north = place_actors(actors, window=FRAMES["north"])
    assert [north[name].side for name in ("QVE", "QOR", "QMA")] == ["", "east", "west"]


def test_those_in_the_strip_keep_apart(actors) -> None:
    """Seven capitals in the west, two of them in one place, take two rows of the strip."""
    many = pd.concat([actors.iloc[:1]] * 7, ignore_index=True).assign(
        actor_id=list("abcdefg"), lat=[38.0, 40.0, 40.0, 40.5, 41.0, 44.0, 47.0], lon=20.0
    )
    many["label"] = ["A long name", "B", "C", "D", "E", "F", "G"]
    view = FRAMES["north"]
    spots = place_actors(many, window=view)
    assert {spot.side for spot in spots.values()} == {"west"}
    plane = Plane(view.lon_range, view.lat_range)
    shares = plane.project([s.lon for s in spots.values()], [s.lat for s in spots.values()])
    rows = {}
    for (across, down), label in zip(shares.tolist(), many["label"], strict=True):
        rows.setdefault(round(down, 2), []).append((across, label))
    assert len(rows) == 2
    for row in rows.values():
        for (one, label), (other, _) in pairwise(sorted(row)):
            assert (other - one) * MAP_WIDTHS[NARROW] >= measure_text([label], SMALL)[
                0
            ] + AROUND_NAME - 1


def test_the_stamp_stands_on_the_figure(ties, actors, plate) -> None:
    figure = drawn(ties, actors, plate, stamp="Indian view <b>")
    assert figure.layout.annotations[0].text == "Indian view &lt;b&gt;"
    assert not drawn(ties, actors, plate).layout.annotations


def test_the_plate_comes_from_our_own_outlines_and_fits_explicit_ranges(plate) -> None:
    figure = draw_basemap(
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
    draw_basemap(given, palette=LIGHT, lon_range=(20, 100), lat_range=(10, 50), **plate)
    assert len(given.data) == 0


def test_lines_are_kept_apart() -> None:
    lon, lat = list_coordinates([LineString([(0, 1), (2, 3)]), LineString([(4, 5), (6, 7)])])
    assert lon == [0, 2, None, 4, 6]
    assert lat == [1, 3, None, 5, 7]


def test_blend_is_the_ground_at_nought_and_the_colour_at_one() -> None:
    assert blend("#112233", "#FFFFFF", share=0) == "#FFFFFF"
    assert blend("#112233", "#FFFFFF", share=1) == "#112233"


def test_a_line_without_a_lane_is_the_geodesic() -> None:
    start, end = Place(lon=32.86, lat=39.93), Place(lon=73.05, lat=33.68)
    arc = draw_arc(start, end)
    there = Geod(ellps="WGS84").npts(32.86, 39.93, 73.05, 33.68, ARC_SEGMENTS - 1)
    assert np.allclose(list(zip(arc.lon, arc.lat, strict=True))[1:-1], there, atol=0.01)


def test_lanes_part_in_the_middle_and_meet_at_the_ends() -> None:
    start, end = Place(lon=50, lat=40), Place(lon=73, lat=34)
    left, right = (draw_arc(start, end, lane=lane) for lane in (-1, 1))
    assert (left.lon[0], left.lat[-1]) == (right.lon[0], right.lat[-1])
    assert left.lat[8] > right.lat[8] + 0.5


def test_lines_of_one_pair_never_coincide_whichever_way_they_go(ties, actors) -> None:
    arcs = fan_out(
        ties,
        place_actors(actors, window=FRAMES["all"]),
        theme_order=TIE_THEMES,
        bows_km=DOCUMENT.arc_bows_km,
    )
    assert arcs["t1"].lon[0] == pytest.approx(49.87)
    assert arcs["t2"].lon[0] == pytest.approx(73.05)
    assert arcs["t1"].lat[8] != arcs["t2"].lat[8]


def test_headings_point_along_the_line() -> None:
    east = draw_arc(Place(lon=MIDDLE - 1, lat=0.0), Place(lon=MIDDLE + 1, lat=0.0))
    north = draw_arc(Place(lon=MIDDLE, lat=20.0), Place(lon=MIDDLE, lat=30.0))
    assert measure_headings(east, middle=MIDDLE)[8] == pytest.approx(90, abs=2)
    assert measure_headings(north, middle=MIDDLE)[8] == pytest.approx(0, abs=2)


def test_a_lifetime_is_said_no_more_exactly_than_it_is_known() -> None:
    assert say_lifetime("..", None) == "Since before our data begin"
    assert (
        say_lifetime("2022-09~", "2025-08-31") == "Since about September 2022, until 31 August 2025"
    )


def test_hover_tells_whose_word_it_is(ties, actors) -> None:
    names = dict(zip(actors["actor_id"], actors["label"], strict=True))
    texts = {tie.tie_id: write_hover(tie, names=names, words=WORDS) for tie in ties.itertuples()}
    assert "Claimed only by the document (2 claims)" in texts["t3"]
    assert "1 event on record, no claim" in texts["t2"]
    assert "Strength 24: 3 deeds" in texts["t1"]
    assert "Strength" not in texts["t3"]


def matrix(ties: pd.DataFrame, actors: pd.DataFrame, **options: Any) -> go.Figure:
    shared = {"words": WORDS, "theme_order": TIE_THEMES, "palette": LIGHT}
    return draw_matrix(ties=ties, actors=actors, **shared, **options)


def test_the_matrix_shows_every_tie_on_both_sides_of_its_diagonal(ties, actors) -> None:
    order = ["QVE", "QOR", "QMA", "USA", "ORG-X"]
    marks = place_ties(ties, order, TIE_THEMES)
    assert marks["tie_id"].value_counts().eq(2).all()
    here = {(round(mark.x), round(mark.y)) for mark in marks.itertuples()}
    assert here == {(y, x) for x, y in here}
    assert not marks.duplicated(["x", "y"]).any()


def test_few_actors_have_upright_names_and_large_symbols(ties, actors) -> None:
    few = matrix(ties[ties["tie_id"] == "t1"], actors)
    many = matrix(ties, actors)
    (small,), (large,) = (
        [trace.marker.size for trace in figure.data if trace.name == "ties"]
        for figure in (many, few)
    )
    assert large > small
    assert (few.layout.xaxis.tickangle, many.layout.xaxis.tickangle) == (0, -45)


@pytest.mark.parametrize("frame", list(FRAMES))
def test_figures_of_the_real_ties_stay_small(dossier, frame: str) -> None:
    everyone = tuple(dossier["actors"]["actor_id"])
    chosen = replace(default_view(MapView, dossier), frame=frame, actors=everyone)
    shown = list_ties(dossier, chosen)
    ties = compare_days(shown, shown).assign(change_code="new")
    words = {code: code for code in (*TIE_THEMES, "cooperation", "ambivalent")}
    shared = {"actors": dossier["actors"], "words": words, "theme_order": TIE_THEMES}
    figure = draw_map(
        ties=ties,
        areas=list_areas(dossier, "pakistan"),
        area_lines=dossier.area_lines,
        palette=DARK,
        **{**DRAWING, "frame": FRAMES[frame]},
        since="10 April 2025",
        corridors=list_corridor_legs(dossier) if frame == "routes" else None,
        **shared,
    )
    assert len(figure.to_json()) <= LIMIT
    matrix_figure = draw_matrix(ties=ties, palette=DARK, since="10 April 2025", **shared)
    assert len(matrix_figure.to_json()) <= LIMIT
