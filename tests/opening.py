"""Open whatever a dossier has to show: every page in every mode, every scene, every export.

Tests of laws that hold for any sound dossier use this, so nothing here names an id of a dataset.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pandas as pd
from pptx import Presentation
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from entente.address.codec import decode
from entente.address.pages import VIEWS, list_pages
from entente.address.views import default_view, has_page, list_controls
from entente.briefing.page_contents import page_content
from entente.briefing.scenes import choose_scenes
from entente.content import PageContent, has_map
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.files.data_zip import data_zip
from entente.export.files.geodata import geojson, geopackage
from entente.export.files.timeline import write_calendar, write_rows
from entente.export.files.writing import rows_csv
from entente.export.html.edition import briefing_html
from entente.style.text import NO_BREAK_SPACE, WORD_JOINER
from entente.timeline.items import find_items
from tests.charts import list_charts
from tests.conftest import ROOT

# Streamlit looks for components in all installed packages, at every page that a test opens.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
SAID = ("alt", "aria-label", "content", "title")
Parameters = dict[str, list[str]]
View = tuple[str, Parameters]


def list_views(dossier: Dossier) -> list[View]:
    """Every page that there is in every mode, by its address, with everything else by default."""
    views: list[View] = []
    for page, kind in ((one.code, one.view) for one in list_pages(dossier)):
        mode = list_controls(kind).get("mode")
        modes = mode.options(dossier) if mode else ()
        views += [(page, {mode.parameter: [name]}) for name in modes if mode] or [(page, {})]
    return views


def list_picks(dossier: Dossier) -> list[View]:
    """A page with one of its marks picked, for every mark of every page."""
    return [
        (page, {"pick": [mark]})
        for page, kind in ((one.code, one.view) for one in list_pages(dossier))
        if "pick" in list_controls(kind)
        for mark in list_controls(kind)["pick"].options(dossier)
    ]


def open_content(dossier: Dossier, page: str, parameters: Parameters) -> PageContent:
    """What an address shows, with figures and tables made; nothing of the app is run."""
    view, _ = decode(VIEWS[page], parameters, dossier)
    return page_content(dossier, page, view)


def run_page(page: str, parameters: Mapping[str, str | list[str]]) -> AppTest:
    """Run a page of the app as a reader opens it, on the dossier that the process serves."""
    app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=120)
    if page != "briefing":
        app.switch_page(f"{page}.py")
    for name, values in parameters.items():
        app.query_params[name] = values
    return app.run()


def open_drawers(app: AppTest) -> AppTest:
    """Open the controls that stand behind a button, where the page has any."""
    for name in ("exact-date", "filters", "more-options"):
        app.session_state[f"drawer-{name}"] = True
    return app.run()


def open_folds(app: AppTest) -> AppTest:
    """Open all that is filled when it is opened, as a reader would one by one."""
    for shown in app.expander:
        if shown.proto.id:
            app.session_state[f"fold-{shown.proto.id.partition('-fold-')[2]}"] = True
    return open_drawers(app)


def export_deck(dossier: Dossier) -> None:
    scenes = choose_scenes(dossier)
    slides = Presentation(io.BytesIO(deck(scenes, dossier=dossier))).slides
    assert len(slides) > len(scenes)


def export_html(dossier: Dossier) -> None:
    assert briefing_html(choose_scenes(dossier), dossier=dossier).startswith(b"<!doctype html>")


def export_rows(dossier: Dossier) -> None:
    for page, parameters in list_views(dossier):
        for panel in open_content(dossier, page, parameters).panels:
            rows = pd.read_csv(io.BytesIO(rows_csv(panel.table)), dtype=str, keep_default_na=False)
            assert len(rows) == len(panel.table)


def export_maps(dossier: Dossier) -> None:
    for page, parameters in list_views(dossier):
        for panel in open_content(dossier, page, parameters).panels:
            if has_map(panel.figure):
                assert "features" in json.loads(geojson(panel.figure))
                assert geopackage(panel.figure, released="2022-10-15").startswith(b"SQLite")


def export_timeline(dossier: Dossier) -> None:
    if not has_page(dossier, "timeline"):
        return
    view = default_view(VIEWS["timeline"], dossier)
    items = find_items(dossier, view)
    assert len(pd.read_csv(io.BytesIO(write_rows(dossier, items)), dtype=str)) == len(items)
    assert write_calendar(dossier, items, as_of=view.as_of).startswith(b"BEGIN:VCALENDAR\r\n")


def export_zip(dossier: Dossier) -> None:
    assert data_zip(dossier).startswith(b"PK")


EXPORTS: dict[str, Callable[[Dossier], None]] = {
    "deck": export_deck,
    "html": export_html,
    "rows": export_rows,
    "maps": export_maps,
    "timeline": export_timeline,
    "zip": export_zip,
}


def plain(text: str) -> str:
    """Text without what keeps the lines of headlines from ending anywhere."""
    return text.replace(NO_BREAK_SPACE, " ").replace(WORD_JOINER, "")


def title_of(app: AppTest) -> str:
    """The headline of a page as it reads."""
    return plain(app.title[0].value).replace("\\", "")


def texts_of(app: AppTest) -> Iterator[str]:
    """Every text that a page shows: markup, headings, labels, figures, tables."""
    for element in app.get("html"):
        yield plain(STYLE.sub("", element.proto.body))
    for kind in ("title", "header", "subheader", "caption", "markdown"):
        yield from (plain(element.value) for element in app.get(kind))
    for chart in list_charts(app):
        yield chart.alt
        yield from strings_in(chart.spec)


class Shown(HTMLParser):
    """The texts of an HTML file that a reader may see: its words, and the data of its figures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_data = dict(attrs).get("type") == "application/json"
        self._is_code = tag in ("script", "style") and not is_data
        self.texts += [value or "" for name, value in attrs if name in SAID]

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.texts.append(plain(data))


def strings_in(value: Any) -> Iterator[str]:
    """Every text of a figure, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings_in(part) if name != "family" else ()  # names of fonts
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)
