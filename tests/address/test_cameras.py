"""A link shows the part of a map or timeline that was looked at; nonsense, the named view."""

import datetime as dt

import pytest

from entente.address import codec, views
from entente.address.codec import read_map_camera, read_time_camera
from entente.address.pages import encode_query, link_view
from entente.dossier.store import Dossier

KINDS = [views.MapView, views.TimelineView, views.RoutesView]


@pytest.mark.parametrize(
    "text",
    [
        *("", "none_", "1_2", "1_2_3_4", "a_b_c", "1,2,3", "nan_0_0", "inf_0_0", "1e3_0_0"),
        *("0_44_40", "0.5_44_40", "17_44_40", "2_181_40", "2_44_91", "2_44_-90.5", "-2_44_40"),
        *("2.123_44_40", "2_44_40 ", "<b>_1_1"),
    ],
)
def test_what_is_no_camera_of_a_map_is_refused(text: str) -> None:
    assert read_map_camera(text) is None


def test_a_camera_of_a_map_is_written_as_short_as_it_can_be() -> None:
    assert read_map_camera("2.50_44.10_-12.0") == "2.5_44.1_-12"
    assert read_map_camera("16_-180_90") == "16_-180_90"


@pytest.mark.parametrize(
    "text",
    [
        *("", "2020-01-01", "2020-01-01_", "2020-13-01_2021-01-01", "2021-01-01_2020-01-01"),
        *("2020-01-01_2020-01-03", "0001-01-01_2020-06-01", "2020-01-01_9999-12-31"),
        *("2031-01-01_2032-01-01", "1990-01-01_1999-12-31", "2020-01-01_2020-06-01_2021-01-01"),
    ],
)
def test_what_is_no_part_of_the_record_is_refused(text: str) -> None:
    earliest, latest = dt.date(2000, 1, 1), dt.date(2022, 9, 30)
    assert read_time_camera(text, earliest=earliest, latest=latest) is None
    sound = "2019-11-01_2020-03-31"
    assert read_time_camera(sound, earliest=earliest, latest=latest) == sound


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_gives_the_named_view_and_a_notice(kind: type, dossier: Dossier) -> None:
    view, notices = codec.decode(kind, {"camera": ["99_500_abc"]}, dossier)
    assert view.camera is None
    assert [notice.parameter for notice in notices] == ["camera"]
    assert "99_500_abc" in notices[0].text


@pytest.mark.parametrize("kind", KINDS)
def test_a_named_view_is_not_in_the_address(kind: type, dossier: Dossier) -> None:
    view = views.default_view(kind, dossier)
    assert "camera" not in encode_query(view, dossier)
    assert codec.decode(kind, {"camera": ["none"]}, dossier) == (view, ())


def test_views_are_the_same_for_what_is_drawn_whatever_is_looked_at(dossier: Dossier) -> None:
    whole, _ = codec.decode(views.MapView, {}, dossier)
    part, _ = codec.decode(views.MapView, {"camera": ["2_44_40"]}, dossier)
    assert part.camera == "2_44_40"
    assert part == whole
    assert hash(part) == hash(whole)
    assert "camera=2_44_40" in encode_query(part, dossier)
    assert "camera" not in link_view(part, dossier)
