"""An address means a view, and a view means an address, whatever the address is."""

import datetime as dt
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.address import codec, pages, views
from entente.dossier.store import Dossier
from tests.laws import examples

KINDS = {**pages.VIEWS, "presenter": views.PresentView}
PAGES = sorted(KINDS)
anything = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def values(control: views.Control, dossier: Dossier) -> st.SearchStrategy:
    options = control.options(dossier)
    if control.kind == "many":
        least = 1 if control.means_all(dossier) else 0
        return st.sets(st.sampled_from(options), min_size=least).map(
            lambda chosen: tuple(code for code in options if code in chosen)
        )
    if control.kind == "day":
        return st.dates(dossier.earliest, dossier.horizon)
    if control.kind == "maybe-day":
        return st.none() | st.dates(dossier.earliest, dossier.horizon)
    if control.kind == "weights":
        return st.tuples(*[st.integers(0, 10)] * len(options)).filter(any)
    if control.kind == "maybe-map-camera":
        return st.none() | st.sampled_from(["1.5_44.5_-12.25", "16_-180_90"])
    if control.kind == "maybe-time-camera":
        days = st.integers(7, 900).map(lambda days: dossier.horizon - dt.timedelta(days))
        return st.none() | days.map(lambda day: f"{day}_{dossier.horizon}")
    if control.kind == "search":
        return st.text("abc ü-9%", max_size=20).map(lambda text: " ".join(text.split()))
    return st.sampled_from([*options, None] if control.kind == "maybe" else options)


@pytest.mark.parametrize("page", PAGES)
@given(draw=st.data())
@anything
def test_what_is_encoded_is_decoded(page: str, draw: st.DataObject, dossier: Dossier) -> None:
    kind = KINDS[page]
    controls = views.list_controls(kind)
    view = kind(**{name: draw.draw(values(c, dossier)) for name, c in controls.items()})
    address = urlencode(codec.encode(view, dossier))
    again, notices = codec.decode(kind, parse_qs(address, keep_blank_values=True), dossier)
    assert again == view
    assert getattr(again, "camera", None) == getattr(view, "camera", None)
    assert notices == ()


@pytest.mark.parametrize("page", PAGES)
@given(
    parameters=st.dictionaries(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                [
                    "lens",
                    "at",
                    "theme",
                    "actor",
                    "pick",
                    "show",
                    "from",
                    "to",
                    "v",
                    "d",
                    "q",
                    "kind",
                    "camera",
                ]
            ),
        ),
        st.lists(st.text(max_size=60), max_size=3),
        max_size=6,
    )
)
@anything
def test_any_address_gives_a_view(page: str, parameters: dict, dossier: Dossier) -> None:
    kind = KINDS[page]
    view, notices = codec.decode(kind, parameters, dossier)
    assert isinstance(view, kind)
    assert codec.decode(kind, _as_lists(codec.encode(view, dossier)), dossier) == (view, ())
    assert all(len(notice.text) < 200 for notice in notices)
    assert not any(mark in notice.text for notice in notices for mark in "<>\x00\u202e")


def _as_lists(encoded: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in encoded.items()}


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_address_means_the_default_view(page: str, dossier: Dossier) -> None:
    kind = KINDS[page]
    assert codec.decode(kind, {}, dossier) == (views.default_view(kind, dossier), ())


def test_what_is_dropped_is_named(dossier: Dossier) -> None:
    view, notices = codec.decode(
        views.MapView,
        {"lens": ["sideways"], "theme": ["defence.gossip"], "pick": ["<b>"], "utm": ["1"]},
        dossier,
    )
    assert view.lens == "both"
    assert view.themes == ("defence",)
    text = " ".join(notice.text for notice in notices)
    assert "sideways" in text
    assert "gossip" in text
    assert "utm" in text
    assert "<" not in text


def test_nothing_chosen_means_all_but_in_a_list_that_starts_empty(dossier: Dossier) -> None:
    view, notices = codec.decode(views.ClaimsView, {"verdict": ["none"]}, dossier)
    assert view == views.default_view(views.ClaimsView, dossier)
    assert notices == ()
    view, notices = codec.decode(views.RoutesView, {"veto": ["none"]}, dossier)
    assert view.vetoes == ()
    assert notices == ()


def test_a_repeated_key_counts_once_and_says_so(dossier: Dossier) -> None:
    view, notices = codec.decode(views.MapView, {"lens": ["record", "document"]}, dossier)
    assert view.lens == "record"
    assert "twice" in notices[0].text


def test_dates_beyond_the_record_are_brought_back_with_a_notice(dossier: Dossier) -> None:
    for given_day, shown in (
        ("1066-10-14", dossier.earliest),
        ("2999-01-01", dossier.horizon),
    ):
        view, notices = codec.decode(views.MapView, {"at": [given_day]}, dossier)
        assert view.as_of == shown
        assert len(notices) == 1
    assert isinstance(view.as_of, dt.date)


def test_another_dataset_or_format_is_said(dossier: Dossier) -> None:
    _, notices = codec.decode(views.MapView, {"v": ["0"], "d": ["0.0.1"]}, dossier)
    assert [notice.parameter for notice in notices] == ["v", "d"]
