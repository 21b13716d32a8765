"""Map of routes that a search has found."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString

from entente.dossier.store import Dossier
from entente.routes.charts.labels import LETTER, choose_side
from entente.routes.charts.route_map import route_map, route_map_alt
from entente.style.palette import DARK, LIGHT, Palette
from entente.style.theme import READING_ORDER

EVIL = "<b>Port</b>"


@pytest.fixture
def lines() -> gpd.GeoDataFrame:
    rows = {
        "leg_id": ["L1", "L2", "L3"],
        "corridor_ids": [("way-1", "way-0"), ("way-0",), ("way-1",)],
        "mode_code": ["road", "rail", "road"],
        "from_label": [EVIL, "Tehran", "Tehran"],
        "to_label": ["Tehran", "Baku", "Baku"],
        "distance_km": [1000.0, 800.0, 900.0],
        "status_code": ["open", "closed", None],
        "status_note": ["", f"denied by {EVIL}", None],
    }
    shapes = [LineString([(56, 27), (51, 36)]), LineString([(51, 36), (50, 40)])]
    shapes.append(LineString([(51, 36), (45, 39), (50, 40)]))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


@pytest.fixture
def routes() -> pd.DataFrame:
    rows = [
        ("way-1", 1, EVIL, "detour", "best way left", ["leg", "L1 L3", ""]),
        ("way-0", 0, "through Iran", "reference", "without", ["leg", "L1 L2", ""]),
    ]
    columns = ["corridor_id", "number", "short_label", "role", "role_label", "identity"]
    return pd.DataFrame(rows, columns=columns)


def drawn(dossier: Dossier, lines, routes, palette: Palette = LIGHT):
    places = pd.DataFrame(
        {"node_id": ["A", "B"], "label": [EVIL, "Baku"], "lat": [27.0, 40.0], "lon": [56.0, 50.0]}
    )
    return route_map(
        lines=lines,
        routes=routes,
        places=places,
        modes=dossier.labels("modes"),
        area_lines=dossier.area_lines,
        areas=dossier["areas"],
        palette=palette,
    )


def test_detour_is_dashed_and_lies_on_the_solid_reference(dossier: Dossier, lines, routes) -> None:
    figure = drawn(dossier, lines, routes)
    names = [trace.name for trace in figure.data]
    own = {trace.name: trace for trace in figure.data}
    assert own["best way left"].line.dash == "dash"
    assert own["without"].line.dash == "solid"
    assert names.index("best way left") > names.index("without")


def test_a_way_that_is_barred_is_dotted_under_the_others(dossier: Dossier, lines, routes) -> None:
    barred = routes.replace(
        {"role": {"detour": "barred"}, "role_label": {"best way left": "barred"}}
    )
    figure = drawn(dossier, lines, barred)
    names = [trace.name for trace in figure.data]
    own = {trace.name: trace for trace in figure.data}
    assert own["barred"].line.dash == "dot"
    assert names.index("barred") < names.index("without")


def test_keys_go_along_each_route_by_its_legs(dossier: Dossier, lines, routes) -> None:
    order = drawn(dossier, lines, routes).layout.meta[READING_ORDER]
    assert order == ["leg L1", "leg L2", "leg L3"]
    turned = routes.assign(number=[0, 1], identity=routes["identity"].tolist())
    assert drawn(dossier, lines, turned).layout.meta[READING_ORDER] == [
        "leg L1",
        "leg L3",
        "leg L2",
    ]


def test_denied_legs_are_crossed_out(dossier: Dossier, lines, routes) -> None:
    own = {trace.name: trace for trace in drawn(dossier, lines, routes).data}
    assert len(own["closed or blocked"].lon) == 1
    assert own["closed or blocked"].marker.symbol == "x"


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_from_data_is_no_markup(dossier: Dossier, lines, routes, palette) -> None:
    spec = drawn(dossier, lines, routes, palette).to_json()
    assert "<b>Port</b>" not in spec.replace("\\u003c", "<").replace("\\u003e", ">")


def test_nothing_to_draw_is_said(dossier: Dossier, lines, routes) -> None:
    figure = drawn(dossier, lines.iloc[:0], routes.iloc[:0])
    assert "No route joins" in figure.layout.annotations[0].text
    assert "empty map" in route_map_alt(lines=lines.iloc[:0], routes=routes.iloc[:0])


def test_alt_names_routes_and_crosses(lines, routes) -> None:
    alt = route_map_alt(lines=lines, routes=routes)
    assert "through Iran (without)" in alt
    assert "Crossed out: Tehran to Baku" in alt


def test_the_same_tables_give_the_same_figure_and_stay_as_they_were(
    dossier: Dossier, lines, routes
) -> None:
    before = lines.copy(), routes.copy()
    first, second = (drawn(dossier, lines, routes) for _ in range(2))
    assert first.to_plotly_json() == second.to_plotly_json()
    pd.testing.assert_frame_equal(routes, before[1])
    assert lines.equals(before[0])


def test_no_name_of_a_place_runs_over_the_edge_of_a_phone(dossier: Dossier) -> None:
    names = dossier["nodes"]["label"].str.split(" (", regex=False).str[0].unique()
    for name in names:
        for share in (0.05, 0.3, 0.49, 0.55, 0.65, 0.74, 0.9):
            side = choose_side(name, share, (0.0, 1.0))
            room = share if "left" in side else 1 - share
            assert room >= LETTER * len(name) or room == max(share, 1 - share), (name, share)
