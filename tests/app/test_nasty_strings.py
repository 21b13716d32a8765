"""Whatever words the dataset holds, pages and exports show them as words.

The check refuses most of these; here they are put behind it, so that nothing rests on it alone.
"""

import io
import json
import re

import pandas as pd
import pytest
from pptx import Presentation

from entente.address.views import TimelineView, default_view
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck
from entente.export.files.geodata import geojson, geopackage
from entente.export.files.timeline import write_calendar, write_rows
from entente.export.files.writing import rows_csv
from entente.export.html.edition import briefing_html
from entente.timeline.items import find_items
from tests.app.conftest import Open
from tests.charts import list_charts
from tests.conftest import read_small
from tests.hostile import Elements, nasty
from tests.opening import open_folds, strings_in

VIEWS = [
    ("briefing", {}),
    pytest.param("briefing", {"lens": "document", "pick": "k04"}, marks=pytest.mark.slow),
    ("alliance_map", {"pick": "QMA"}),
    pytest.param(
        "alliance_map",
        {"show": "matrix", "actor": "all", "since": "2021-06-15"},
        marks=pytest.mark.slow,
    ),
    pytest.param("alliance_map", {"show": "table", "borders": "sundria"}, marks=pytest.mark.slow),
    ("timeline", {"pick": "winter-visit"}),
    pytest.param("timeline", {"show": "list", "zoom": "visits"}, marks=pytest.mark.slow),
    pytest.param("timeline", {"show": "tempo"}, marks=pytest.mark.slow),
    ("trade_routes", {}),
    pytest.param("trade_routes", {"show": "ways", "veto": "QTO"}, marks=pytest.mark.slow),
    *(
        pytest.param("trade_routes", {"built": built}, marks=pytest.mark.slow)
        for built in ("legs", "time", "cost")
    ),
    pytest.param("trade_routes", {"show": "leverage"}, marks=pytest.mark.slow),
    pytest.param("trade_routes", {"show": "weights"}, marks=pytest.mark.slow),
    pytest.param("trade_routes", {"show": "benchmarks"}, marks=pytest.mark.slow),
    pytest.param("trade_routes", {"lens": "document"}, marks=pytest.mark.slow),
    ("claims", {}),
    pytest.param("claims", {"pick": "k04"}, marks=pytest.mark.slow),
    pytest.param("claims", {"show": "scoreboard"}, marks=pytest.mark.slow),
    pytest.param("claims", {"show": "sources"}, marks=pytest.mark.slow),
    ("data", {"rows": "scenes"}),
    ("briefing", {"present": "1", "scene": "ties"}),
    pytest.param("briefing", {"present": "1", "scene": "best"}, marks=pytest.mark.slow),
    pytest.param(
        "briefing", {"present": "1", "scene": "unknown", "speaker": "on"}, marks=pytest.mark.slow
    ),
]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return nasty(read_small())


@pytest.mark.parametrize(("page", "parameters"), VIEWS)
def test_a_page_shows_words_as_words(
    open_page: Open, served: Dossier, page: str, parameters: dict[str, str]
) -> None:
    app = open_folds(open_page(page, **parameters))
    assert not app.exception, app.exception
    for element in app.get("html"):
        assert Elements(element.proto.body).hits == []
    for chart in list_charts(app):
        for text in strings_in(chart.spec):
            assert Elements(text).hits == [], text
    for kind in ("title", "header", "subheader", "caption", "markdown"):
        for element in app.get(kind):
            assert not re.search(r"(?<!\\)\]\(javascript", element.value)
            assert "<b id=hit>" not in element.value.replace("\\<", "")


def test_the_file_shows_words_as_words(dossier: Dossier) -> None:
    page = briefing_html(choose_scenes(dossier), dossier=dossier).decode("utf-8")
    assert Elements(page).hits == []
    assert "window.hit=1</script>" not in page


def test_the_deck_opens(dossier: Dossier) -> None:
    slides = Presentation(io.BytesIO(deck(choose_scenes(dossier), dossier=dossier))).slides
    assert len(slides) == len(choose_scenes(dossier)) + 4


def test_maps_are_read_again(dossier: Dossier) -> None:
    for scene in choose_scenes(dossier, ["ties", "best"]):
        figure = scene.content.panels[0].figure
        assert json.loads(geojson(figure))["features"]
        assert geopackage(figure, released="2026-11-25").startswith(b"SQLite format 3")


def test_rows_are_read_again_and_run_nothing(dossier: Dossier) -> None:
    for scene in choose_scenes(dossier):
        for panel in scene.content.panels:
            rows = pd.read_csv(io.BytesIO(rows_csv(panel.table)), dtype=str, keep_default_na=False)
            assert len(rows) == len(panel.table)
            assert inert(rows)
    view = default_view(TimelineView, dossier)
    items = find_items(dossier, view)
    assert inert(pd.read_csv(io.BytesIO(write_rows(dossier, items)), dtype=str))
    assert write_calendar(dossier, items, as_of=view.as_of).startswith(b"BEGIN:VCALENDAR\r\n")


def inert(rows: pd.DataFrame) -> bool:
    """Whether no cell would be run: what begins like a formula is a number or has its quote."""
    cells = rows.fillna("").astype(str).to_numpy().ravel()
    return not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)]
