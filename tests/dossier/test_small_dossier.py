"""The small dossier is sound, small, and has something for every part of the program."""

from itertools import product
from pathlib import Path
from urllib.parse import parse_qs

from entente.address.views import ClaimsView, MapView, RoutesView, TimelineView, list_controls
from entente.dossier.store import Dossier
from entente.dossier.versions import list_kept_versions
from entente.review import review_folder

MOST_ROWS = 60
PAGES = {
    "alliance_map": MapView,
    "timeline": TimelineView,
    "trade_routes": RoutesView,
    "claims": ClaimsView,
}


def test_it_passes_the_check(data: Path) -> None:
    assert review_folder(data) == ()


def test_it_can_be_read_in_one_sitting(dossier: Dossier) -> None:
    assert {name for name, table in dossier.tables.items() if len(table) > MOST_ROWS} == set()


def test_a_version_is_kept_beside_it(data: Path, dossier: Dossier) -> None:
    assert list_kept_versions(data) == ("1.0.0",)
    assert dossier.version == "1.1.0"


def test_its_scenes_show_every_page_in_every_mode(dossier: Dossier) -> None:
    wanted = {(page, "") for page in dossier.labels("pages")}
    for page, kind in PAGES.items():
        mode = list_controls(kind)["mode"]
        wanted |= set(product([page], mode.options(dossier)))
    assert wanted - {*_shown(dossier), *((page, "") for page in PAGES)} == set()


def test_its_dates_have_every_precision(dossier: Dossier) -> None:
    dates = " ".join(dossier["events"]["date_edtf"])
    for form in ("2016 ", "2017-05 ", "2018-11~", "2019-03-10?", "2014%", "2020-03-01/2020-03-20"):
        assert form in dates
    assert ".." in set(dossier["ties"]["start_edtf"])


def _shown(dossier: Dossier) -> set[tuple[str, str]]:
    """Page and mode of every scene; the mode of an address without one is the first."""
    shown = set()
    for scene in dossier["scenes"].fillna("").to_dict("records"):
        page = scene["page_code"]
        first = list_controls(PAGES[page])["mode"].options(dossier)[0] if page in PAGES else ""
        shown.add((page, parse_qs(scene["view"]).get("show", [first])[0]))
    return shown
