"""Every page, at every size and in both appearances: drawn, in bounds, silent to the outside."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tools.browsing import draw_all
from tools.serving import serve_app

Start = Callable[..., Visit]
PAGES = ["", "alliance_map", "timeline", "trade_routes", "claims", "data"]
# The dark appearance changes colours, not sizes: once is enough.
SIZES = [
    (1280, 720, "light"),
    pytest.param(1920, 1080, "dark", marks=pytest.mark.slow),
    pytest.param(390, 844, "light", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("width", "height", "scheme"), SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands(
    server: str, visit: Start, name: str, width: int, height: int, scheme: str
) -> None:
    visiting = visit(width=width, height=height, scheme=scheme)
    page = visiting.open(f"{server}/{name}")
    assert page.locator("h1").count() == 1
    assert page.locator('[data-testid="stException"]').count() == 0
    overflow = page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollWidth - "
        "document.querySelector('[data-testid=stMain]').clientWidth"
    )
    assert overflow <= 0
    draw_all(page)
    assert visiting.foreign == []
    assert visiting.errors == []


UNSERVED = """
import plotly.graph_objects as go
import streamlit as st
from entente.style.theme import CONFIG
config = {name: value for name, value in CONFIG.items() if name != "topojsonURL"}
figure = go.Figure(go.Scattergeo(lon=[44.5], lat=[40.2]))
st.plotly_chart(figure, config=config, theme=None)
"""


@pytest.mark.slow
def test_without_our_outlines_the_count_is_not_zero(tmp_path: Path, visit: Start) -> None:
    """The negative control: the same count, on a map that asks its vendor for outlines."""
    script = tmp_path / "unserved.py"
    script.write_text(UNSERVED, encoding="utf-8")
    with serve_app(script=script) as address:
        visiting = visit()
        with visiting.page.expect_event(
            "request", lambda sent: "topojson" in sent.url or "plot.ly" in sent.url
        ):
            visiting.page.goto(address)
    assert visiting.foreign != []
