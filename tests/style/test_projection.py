"""The projection of maps, and boxes of words on them."""

import numpy as np
import pytest

from entente.style.basemap import Plane
from entente.style.text import Box, measure_text, place_box

# Where plotly.js puts places on a map 920 pixels wide and 584.07 high, as shares of it.
LON, LAT = (25.0, 80.0), (18.5, 48.5)
DRAWN = {
    (25.0, 18.5): (0.0, 0.8599),
    (80.0, 48.5): (0.8483, -0.0370),
    (50.0, 30.0): (0.4593, 0.6085),
}


def test_places_stand_where_the_browser_draws_them() -> None:
    plane = Plane(LON, LAT)
    assert plane.aspect == pytest.approx(920 / 584.07, abs=0.001)
    for (lon, lat), drawn in DRAWN.items():
        assert plane.project([lon], [lat])[0] == pytest.approx(drawn, abs=0.002)


def test_a_place_is_found_again_from_where_it_stands() -> None:
    plane = Plane(LON, LAT)
    places = np.array([(30.0, 40.0), (52.5, 33.5), (79.0, 20.0)])
    again = plane.locate(plane.project(places[:, 0], places[:, 1]))
    assert again == pytest.approx(places, abs=1e-6)


@pytest.mark.parametrize("aspect", [1.0, 1.38, 2.2])
def test_a_window_takes_another_shape_around_its_middle(aspect: float) -> None:
    plane = Plane(LON, LAT).reshape(aspect)
    assert plane.aspect == pytest.approx(aspect, rel=0.001)
    assert plane.lon_range == LON
    assert sum(plane.lat_range) == pytest.approx(sum(LAT))


def test_a_window_is_stretched_to_either_side_as_well() -> None:
    plane = Plane(LON, LAT).stretch(2.5)
    assert plane.aspect == pytest.approx(2.5, rel=0.001)
    assert plane.lat_range == LAT
    assert sum(plane.lon_range) == pytest.approx(sum(LON))


def test_boxes_touch_lie_within_and_are_crossed() -> None:
    box = Box(10, 10, 10, 10)
    assert box.touches(Box(19, 19, 11, 11))
    assert not box.touches(Box(20, 10, 10, 10))
    assert box.lies_in(box.widen(1))
    assert not box.widen(1).lies_in(box)
    assert box.is_crossed_by(np.array([(0.0, 0.0), (100.0, 100.0)]))
    assert not box.is_crossed_by(np.array([(0.0, 30.0), (100.0, 30.0)]))


@pytest.mark.parametrize(
    ("position", "left", "top"),
    [("top center", -20, -25), ("middle right", 5, -10), ("bottom left", -45, 5)],
)
def test_text_stands_on_the_side_that_is_asked_for(position: str, left: float, top: float) -> None:
    box = place_box((0, 0), (40, 20), position=position, gap=5)
    assert (box.left, box.top) == (left, top)
    assert (box.width, box.height) == (40, 20)


def test_more_lines_are_higher_and_longer_ones_wider() -> None:
    wide, high = measure_text(["one", "two and three"], 14)
    assert (wide, high) > measure_text(["one"], 14)
    assert measure_text(["one"], 14, is_bold=True)[0] > measure_text(["one"], 14)[0]
