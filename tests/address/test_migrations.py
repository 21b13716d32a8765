"""Addresses of older formats keep their meaning."""

from urllib.parse import parse_qs

import pytest

from entente.address import codec, pages, views
from entente.address.codec import FORMAT, SHOWN_IN, upgrade
from entente.dossier.store import Dossier

# Addresses as format 1 wrote them.
OLD = {
    "briefing": "at=2021-06-15&pick=none&d=1.0.0&v=1",
    "alliance_map": "lens=record&at=2022-09-30&theme=all&actor=QBE.QMA.QOR.QSU.QVE&show=map"
    "&pick=none&d=1.0.0&v=1",
    "timeline": "lens=both&at=2022-09-30&theme=all&actor=all&pick=winter-visit&d=1.0.0&v=1",
    "trade_routes": "from=SU_PORT&to=NO_PORT&at=2022-09-30&show=leverage&with=none&veto=none"
    "&by=time&w=5.5.5.5.5&pick=none&d=1.0.0&v=1",
    "claims": "at=2022-09-30&verdict=all&kind=all&theme=all&q=&pick=k04&d=1.0.0&v=1",
    "data": "table=claims&d=1.0.0&v=1",
}


@pytest.mark.parametrize("page", sorted(OLD))
def test_an_address_of_format_1_is_read_without_a_word_on_its_format(
    page: str, dossier: Dossier
) -> None:
    parameters = parse_qs(OLD[page], keep_blank_values=True)
    _, notices = codec.decode(pages.VIEWS[page], parameters, dossier)
    assert [notice.parameter for notice in notices if notice.parameter != "d"] == []


@pytest.mark.parametrize("page", sorted(OLD))
def test_what_format_1_showed_is_written_out(page: str, dossier: Dossier) -> None:
    parameters = upgrade(page, parse_qs(OLD[page], keep_blank_values=True))
    known = {control.parameter for control in views.list_controls(pages.VIEWS[page]).values()}
    # Those whose default the dossier gives: the newest, which move, and the first of a list. And
    # the camera, which a named view does without.
    later = {"data": {"at", "old", "new"}, "trade_routes": {"services", "goods"}}.get(page, set())
    assert known - set(parameters) - {"camera"} == later
    assert parameters["v"] == (FORMAT,)
    for name, value in SHOWN_IN["1"][page].items():
        assert parameters[name] == (value,)


@pytest.mark.parametrize("page", ["briefing", "claims"])
def test_an_address_of_format_2_counts_claims(page: str, dossier: Dossier) -> None:
    assert upgrade(page, {"v": ["2"]}) == {"v": (FORMAT,), "count": ("claims",)}
    view, notices = codec.decode(pages.VIEWS[page], {"v": ["2"], "lens": ["record"]}, dossier)
    assert (view.lens, view.count) == ("record", "claims")
    assert not notices


@pytest.mark.parametrize("version", ["1", "2", "3"])
def test_who_was_put_on_a_veto_before_format_4_blocks(version: str, dossier: Dossier) -> None:
    parameters = {"v": [version], "veto": ["QTO"]}
    view, notices = codec.decode(views.RoutesView, parameters, dossier)
    assert (view.vetoes, view.degree) == (("QTO",), "blocks")
    assert view.services == views.network_variants(dossier)[0]
    assert not notices


@pytest.mark.parametrize("version", ["1", "4", None])
def test_the_mode_of_found_routes_is_a_part_of_the_comparison(
    version: str | None, dossier: Dossier
) -> None:
    parameters = {"show": ["ways"], **({"v": [version]} if version else {})}
    view, notices = codec.decode(views.RoutesView, parameters, dossier)
    assert (view.mode, view.built) == ("corridors", "found")
    assert not notices


def test_what_an_old_address_says_itself_wins() -> None:
    parameters = upgrade("alliance_map", {"v": ["1"], "borders": ["india"]})
    assert parameters["borders"] == ["india"]


@pytest.mark.parametrize("version", ["1", "2", "3", "4"])
def test_a_map_before_format_5_drew_every_tie_as_an_arc(version: str, dossier: Dossier) -> None:
    """Its addresses named the frame from the second format on; what they say wins."""
    parameters = {"v": [version], "actor": ["all"]}
    view, notices = codec.decode(views.MapView, parameters, dossier)
    assert (view.frame, view.side, view.drawing) == ("all", "both", "arcs")
    assert not notices
    named, _ = codec.decode(views.MapView, {**parameters, "frame": ["three"]}, dossier)
    assert (named.frame, named.side) == ("three", "both")


@pytest.mark.parametrize("version", ["0", "6", "9999", "x", ""])
def test_a_format_that_nobody_knows_is_left_alone(version: str) -> None:
    assert upgrade("claims", {"v": [version]}) == {"v": [version]}
