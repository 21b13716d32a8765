"""What every page lets a reader take: link, files, pictures, rows; and the sheet on paper."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from entente.address.views import ClaimsView, MapView, default_view
from entente.app import export_menu
from entente.dossier.store import Dossier
from entente.export.files.writing import rows_csv
from tests.app.conftest import Open
from tests.app.test_every_page import PAGES, text_of

SHEET = '<p class="e-sheet"'


def opened(app: AppTest, panel: str) -> AppTest:
    """The page after one of its panels was opened."""
    app.session_state[panel] = True
    return app.run()


def buttons(app: AppTest) -> dict[str, Any]:
    return {element.proto.label: element.proto for element in app.get("download_button")}


def code(app: AppTest) -> list[str]:
    return [element.value for element in app.code]


@pytest.mark.parametrize("name", PAGES)
def test_no_file_is_offered_before_a_panel_is_open(open_page: Open, name: str) -> None:
    labels = buttons(open_page(name))
    assert not {"Offline copy (HTML)", "PowerPoint deck", "Page (HTML)", "Rows as CSV"} & set(
        labels
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_briefing_and_the_view_can_be_exported(open_page: Open, name: str) -> None:
    labels = buttons(opened(open_page(name), "export-panel"))
    wanted = {"Offline copy (HTML)", "PowerPoint deck", "Page (HTML)", "PowerPoint slide"}
    assert wanted <= set(labels)
    assert all(labels[label].deferred_file_id for label in wanted)


def test_an_empty_view_is_not_offered(open_page: Open) -> None:
    app = opened(open_page("claims", q="nothing has these words"), "export-panel")
    assert not app.exception
    assert "Offline copy (HTML)" in buttons(app)
    assert "Page (HTML)" not in buttons(app)


def test_the_same_view_is_made_once(dossier: Dossier) -> None:
    view = default_view(ClaimsView, dossier)

    def made(base: str, day: int = 1) -> bytes:
        made_on = dt.date(2023, 1, day)
        return export_menu.make_file(dossier, kind="html", view=view, base=base, made_on=made_on)

    assert made("") is made("")
    assert made("") != made("https://a.example")
    assert made("") != made("", day=2)


def test_a_file_of_a_part_of_the_map_is_not_that_of_another(dossier: Dossier) -> None:
    """Views that differ by where they look alone are equal, and their files are not."""
    view = default_view(MapView, dossier)
    day = dt.date(2023, 1, 1)
    looks = []
    for camera in (None, "2_50_38", "2_60_38"):
        part = replace(view, camera=camera)
        file = export_menu.make_file(dossier, kind="html", view=part, base="", made_on=day)
        looks.append(re.findall(r'"center":\{"lon":([\d.]+)', file.decode()))
    assert looks == [[], ["50.0"], ["60.0"]]


def test_a_link_can_be_shared_cited_and_framed(open_page: Open) -> None:
    app = opened(open_page("timeline", zoom="visits"), "share-panel")
    link, plain, bibtex, frame = code(app)
    assert "zoom=visits" in link
    assert link in plain
    assert "accessed" in plain
    assert f"url = {{{link}}}" in bibtex
    assert "embed=true" in frame
    assert frame.startswith("<iframe")


def test_a_map_gives_picture_rows_and_geometry(open_page: Open) -> None:
    app = opened(open_page("alliance_map"), "download-alliance-map")
    wanted = {"Rows as CSV", "Lines and points as GeoJSON", "Lines and points as GeoPackage"}
    assert wanted <= set(buttons(app))
    assert 'data-picture="svg" data-of="alliance-map"' in text_of(app)
    assert "Outlines: United Nations" in text_of(app)


def test_another_figure_gives_no_geometry(open_page: Open) -> None:
    labels = buttons(opened(open_page(), "download-outcomes"))
    assert "Rows as CSV" in labels
    assert "Lines and points as GeoJSON" not in labels


def test_a_sheet_says_which_view_it_is(open_page: Open) -> None:
    text = text_of(open_page("timeline", lens="record", at="2021-06-15"))
    head = text[text.index(SHEET) :].split("</p>")[0]
    for said in ("Timeline", "as of 15 June 2021", "compare: record", "dataset ", "printed "):
        assert said in head
    assert "newest source 30 September 2022" in head


def test_rows_for_a_spreadsheet_run_nothing(dossier: Dossier) -> None:
    table = dossier["claims"][["claim_id", "paragraph"]].head(2).assign(said=["=1+1", None])
    text = rows_csv(table).decode("utf-8-sig")
    assert text.splitlines()[0] == "claim_id,paragraph,said"
    assert text.splitlines()[1].endswith(",'=1+1")
    assert text.splitlines()[2].endswith(",")
