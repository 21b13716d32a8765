"""Maps as native shapes: every country, tie and name where it belongs, named by its id."""

import numpy as np
import pytest
import shapely

from entente.address.views import MapView, default_view
from entente.alliance.content import panels
from entente.dossier.store import Dossier
from entente.export.deck.maps import (
    Name,
    cut_countries,
    cut_line,
    fit_projection,
    follow_globe,
    place_names,
    read_outlines,
)
from entente.export.deck.shapes import EMU
from entente.export.deck.text import read_markup
from entente.style.text import Box
from entente.style.theme import aim
from tests.export.deck_scenes import all_shapes, first_slide, map_figure

FRAME = Box(300, 60, 600, 400)


@pytest.fixture
def plane():
    return fit_projection(map_figure().layout.geo, FRAME)


@pytest.fixture(scope="module")
def slide(dossier: Dossier):
    return first_slide(map_figure(), dossier)


def named(slide, name: str) -> list:
    return [shape for shape in all_shapes(slide.shapes) if shape.name == name]


def test_outlines_are_whole() -> None:
    found = read_outlines("countries")
    assert {"PAK", "IND", "ARM", "XJK", "XAC", "XAP"} <= set(found.index)
    assert all(found.is_valid)
    assert found["PAK"].contains(shapely.Point(67.0, 28.0))


def test_countries_lie_in_the_frame(plane) -> None:
    for rings in cut_countries(plane).values():
        xs, ys = np.array([point for ring in rings for point in ring]).T
        assert xs.min() >= FRAME.left - 0.01
        assert xs.max() <= FRAME.right + 0.01
        assert ys.min() >= FRAME.top - 0.01
        assert ys.max() <= FRAME.bottom + 0.01


def test_the_whole_frame_of_the_figure_is_shown(plane) -> None:
    corners = plane.project([21, 97, 59], [19, 19, 56.5])
    assert all(FRAME.left - 0.01 <= x <= FRAME.right + 0.01 for x, _ in corners)
    assert corners[2][1] < corners[0][1]  # north is up
    assert corners[0][0] < corners[2][0] < corners[1][0]  # east is right


def test_a_part_that_is_looked_at_fills_the_frame(plane) -> None:
    part = fit_projection(aim(map_figure(), "4_70_35").layout.geo, FRAME)
    ((x, y),) = part.project([70], [35])
    assert (x, y) == pytest.approx((FRAME.left + FRAME.width / 2, FRAME.top + FRAME.height / 2))
    assert part.scale == pytest.approx(4 * plane.scale)
    assert "IND" in cut_countries(part)
    assert "TUR" not in cut_countries(part)


def test_areas_keep_their_share(plane) -> None:
    """The projection is equal-area: what is twice as large on the globe is on the slide."""
    east, north = (
        plane.cut(shapely.box(60, 30, 62, 32)),
        plane.cut(shapely.box(60, 50, 62, 52)),
    )
    expected = np.diff(np.sin(np.radians([30, 32])))[0] / np.diff(np.sin(np.radians([50, 52])))[0]
    ratio = shapely.segmentize(east, 1).area / shapely.segmentize(north, 1).area
    assert ratio == pytest.approx(expected, rel=0.01)


def test_far_points_are_joined_by_a_great_circle() -> None:
    points = follow_globe([0, 90], [50, 50])
    assert len(points) > 20
    assert max(lat for _, lat in points) > 58
    assert points[0] == pytest.approx((0, 50), abs=1e-9)
    assert points[-1] == (90, 50)


def test_a_line_beyond_the_frame_is_cut_into_what_is_seen(plane) -> None:
    assert cut_line(plane, [0.0], [0.0]) == []
    assert cut_line(plane, [-20.0, -22.0], [-30.0, -32.0]) == []
    (part,) = cut_line(plane, [59.0, 59.0], [35.0, -40.0])
    assert max(y for _, y in part) == pytest.approx(FRAME.bottom, abs=0.3)


def test_every_country_is_a_freeform_with_its_id(slide) -> None:
    (shape,) = named(slide, "country ARM")
    assert shape._element.find(".//{*}custGeom") is not None
    (filled,) = named(slide, "country PAK")
    assert filled._element.find(".//{*}solidFill/{*}srgbClr").get("val") == "A83304"


def test_ties_carry_their_id_dash_and_colour(slide) -> None:
    line, arrow = named(slide, "tie t01")
    assert line._element.find(".//{*}ln//{*}srgbClr").get("val") == "1668A8"
    assert line._element.find(".//{*}prstDash").get("val") == "dash"
    assert arrow.rotation == 90


def test_a_disputed_area_is_one_shape_of_its_lines(slide) -> None:
    (shape,) = named(slide, "XJK")
    assert len(shape._element.findall(".//{*}moveTo")) == 2


def test_names_are_text_and_numbers_stand_in_their_marks(slide) -> None:
    (name,) = named(slide, "Islamabad <&")
    assert name.text_frame.text == "Islamabad <&"
    (badge,) = named(slide, "actor TUR")
    assert badge.text_frame.text == "7"


def test_all_of_a_map_is_in_one_group_within_the_slide(slide) -> None:
    (group,) = named(slide, "figure")
    assert {shape.name for shape in group.shapes} >= {
        "figure sea",
        "figure countries",
        "figure lines",
        "figure marks",
        "figure names",
    }
    for shape in all_shapes(group.shapes):
        assert shape.left >= 0
        assert shape.left + shape.width <= 960 * EMU
        assert shape.top + shape.height <= 540 * EMU


def name_at(x: float, text: str, *, needed: bool = False, size: float = 12) -> Name:
    return Name(
        lines=read_markup(text),
        point=(x, 200.0),
        side="middle right",
        gap=5,
        size=size,
        colour="#000000",
        is_needed=needed,
    )


def test_no_name_lies_upon_another() -> None:
    names = [name_at(400 + 3 * n, f"Place {n}") for n in range(30)]
    boxes = [box for _, box, _ in place_names(names, taken=[], frame=FRAME)]
    assert 1 < len(boxes) < 30
    for place, box in enumerate(boxes):
        assert box.lies_in(FRAME)
        assert not any(box.touches(other) for other in boxes[place + 1 :])


def test_a_name_that_is_needed_is_set_in_any_case() -> None:
    taken = [FRAME]
    names = [name_at(400, "Baku"), name_at(500, "Ankara", needed=True)]
    assert [
        name.lines[0][0].text for name, _, _ in place_names(names, taken=taken, frame=FRAME)
    ] == ["Ankara"]


def test_a_name_that_is_too_long_is_cut_and_stays_in_the_frame(dossier: Dossier) -> None:
    figure = map_figure()
    figure.data[-1].text = ["<b>7</b>", f"<b>{'x' * 300}</b>"]
    shown = first_slide(figure, dossier)
    (name,) = [shape for shape in all_shapes(shown.shapes) if shape.name.startswith("xxx")]
    assert name.text_frame.text == "x" * 59 + "…"
    assert 0 <= name.left < name.left + name.width <= 960 * EMU


def test_a_needed_name_without_room_is_drawn_back_into_the_frame() -> None:
    ((_, box, _),) = place_names([name_at(600, "x" * 95, needed=True)], taken=[], frame=FRAME)
    assert box.left == FRAME.left


def test_words_beside_a_ribbon_keep_their_lines_and_names_for_phones_are_left_out(
    dossier: Dossier,
) -> None:
    (panel,) = panels(dossier, default_view(MapView, dossier), "light")
    slide = first_slide(panel.figure, dossier)
    texts = {
        shape.name: shape.text_frame.text
        for shape in all_shapes(slide.shapes)
        if shape.has_text_frame
    }
    label = "Diplomacy, defence ○ nuclear: claimed only by Lowland"
    assert texts[label].splitlines() == label.replace(" ○", "\n○").splitlines()
    narrow = dossier.document.map_views["three"].name_places["narrow"]
    assert set(narrow) == {"QOR"}
    assert list(texts.values()).count("Orania") == 1
    names = {shape.name for shape in all_shapes(slide.shapes)}
    assert "pair mar-ora-diplomacy mar-ora-defence mar-ora-nuclear" in names
