"""What a reader does: follow a link, use a control, go back, meet a broken dataset."""

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from entente.app.panels import MOST_SENT_AHEAD
from tests.browser.conftest import Visit
from tests.conftest import ROOT
from tools.serving import serve_app

Start = Callable[..., Visit]


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_a_control_changes_the_address_and_a_reload_keeps_it(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/alliance_map")
    page.wait_for_url("**lens=both**")
    page.get_by_role("radio", name="Claim", exact=True).click()
    page.wait_for_url("**lens=document**")
    title = visiting.settle().locator("h1").inner_text()
    page.reload()
    visiting.settle()
    expect(page.locator("h1")).to_have_text(title)
    assert parameters(page)["lens"] == ["document"]


@pytest.mark.slow
def test_a_table_comes_when_it_is_opened_and_stays(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/claims")
    shut = page.get_by_role("group").filter(has_text="Table (72 rows)")
    rows = page.get_by_role("region", name="Content of the figure above").locator("tbody tr")
    expect(rows).to_have_count(0)
    shut.locator("summary").press("Enter")
    expect(rows).to_have_count(72)
    line = page.locator(".stColumn").filter(has=rows).first.bounding_box()
    frame = page.locator(".e-table-frame").first.bounding_box()
    assert line is not None
    assert frame is not None
    assert frame["width"] > 0.9 * line["width"]  # not a third of it, as shut
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("radio", name="Claim", exact=True).click()
    page.wait_for_url("**lens=document**")
    visiting.settle()
    expect(rows.first).to_be_visible()
    page.locator('[class*="st-key-fold-table"] summary').first.press("Enter")
    expect(rows).to_have_count(0)


@pytest.mark.slow
def test_a_long_list_of_sources_comes_when_it_is_opened(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/timeline")
    sources = page.locator(".e-sources li")
    expect(sources).to_have_count(0)
    summary = page.locator(".st-key-fold-sources-timeline summary")
    summary.press("Enter")
    sources.first.wait_for()
    assert f"({sources.count()})" in summary.inner_text()
    assert sources.count() > MOST_SENT_AHEAD


def test_a_finding_leads_to_its_exact_view(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(server)
    page.locator(".e-findings").get_by_role("link", name="Timeline →").first.click()
    page.wait_for_url("**pick=e036**")
    visiting.settle()
    expect(page.get_by_text("12–13 February 2025").filter(visible=True).first).to_be_visible()
    expect(page.get_by_text("12 January 2025").filter(visible=True).first).to_be_visible()


@pytest.mark.slow
def test_each_claim_has_an_address(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/claims?pick=c63")
    expect(page.locator("h1")).to_contain_text("Armenia")
    expect(page.get_by_text("31 August 2025").filter(visible=True).first).to_be_visible()


def test_a_mark_on_the_map_opens_its_dossier(server: str, visit: Start) -> None:
    visiting = visit()
    page = visiting.open(f"{server}/alliance_map?actor=TUR&theme=nuclear")
    marks = page.locator(".scattergeo .point")
    marks.last.click(force=True)
    page.wait_for_url(lambda address: "pick=none" not in address)
    assert parameters(visiting.settle())["pick"] != ["none"]


@pytest.mark.slow
def test_what_an_address_holds_beyond_the_page_is_said(server: str, visit: Start) -> None:
    page = visit().open(f"{server}/timeline?lens=<img src=x onerror=alert(1)>&theme=gossip")
    expect(page.get_by_text("About this address")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.mark.slow  # `tests/app/test_broken_data.py` looks at the same without a browser
def test_a_broken_file_shows_a_banner_and_a_mended_one_removes_it(
    own_data: Path, visit: Start
) -> None:
    events = own_data / "events.csv"
    sound = events.read_text(encoding="utf-8")
    with serve_app(data=own_data) as address:
        visiting = visit()
        page = visiting.open(address)
        expect(page.get_by_text("fault in the dataset")).to_have_count(0)
        events.write_text(sound.replace("2025-02-12/2025-02-13", "2025-02-30"), encoding="utf-8")
        visiting.open(address)
        expect(page.get_by_text("1 fault in the dataset")).to_be_visible()
        expect(page.locator("h1")).to_contain_text("claims")
        events.write_text(sound, encoding="utf-8")
        visiting.open(address)
        expect(page.get_by_text("fault in the dataset")).to_have_count(0)


@pytest.mark.slow
def test_a_start_on_broken_data_says_what_to_mend(own_data: Path, visit: Start) -> None:
    (own_data / "claims.csv").unlink()
    with serve_app(data=own_data) as address:
        page = visit().open(address)
        expect(page.get_by_text("claims.csv", exact=True).first).to_be_visible()
        expect(page.get_by_text("Put the file back").first).to_be_visible()
        assert page.locator('[data-testid="stException"]').count() == 0
