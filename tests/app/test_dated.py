"""Every page says how old the record is on the day of reading, and what may have changed."""

import datetime as dt
import re
from urllib.parse import parse_qsl

import pytest

from entente.app import chrome
from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.app.test_every_page import PAGES, text_of

NOTICE = "Our data end on"


@pytest.fixture
def read_after(monkeypatch: pytest.MonkeyPatch, dossier: Dossier):
    """Set the reader's clock to some days after the newest source."""

    def wait(days: int) -> None:
        day = dossier.horizon + dt.timedelta(days=days)
        monkeypatch.setattr(chrome, "get_reading_day", lambda: day)

    return wait


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_how_old_its_newest_source_is(open_page: Open, read_after, name: str) -> None:
    read_after(91)
    app = open_page(name)
    assert not app.exception
    text = text_of(app)
    assert "newest source 30 September 2022, 91 days ago; what came later" in text
    assert text.count(NOTICE) == 1
    assert "Latest (30 September 2022), 91 days ago" in app.select_slider[0].options
    assert "newest source 30 September 2022 · printed 30 December 2022, 91 days later" in text
    assert not re.search(r"\btoday\b", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("days", "said", "is_dated"),
    [
        (-1, "newest source 30 September 2022; what", False),
        (0, "newest source 30 September 2022, less than a day ago; what", False),
        (1, "newest source 30 September 2022, 1 day ago; what", False),
        (90, "newest source 30 September 2022, 90 days ago; what", False),
        (91, "newest source 30 September 2022, 91 days ago; what", True),
    ],
)
def test_the_notice_comes_after_ninety_days(
    open_page: Open, read_after, days: int, said: str, is_dated: bool
) -> None:
    read_after(days)
    text = text_of(open_page("data"))
    assert said in text
    assert (NOTICE in text) == is_dated


def test_what_may_have_changed_leads_to_its_marks(open_page: Open, read_after) -> None:
    read_after(400)
    text = text_of(open_page())
    notice = text[text.index('<details class="e-dated">') :].split("</details>")[0]
    links = re.findall(r'href="([^"]+)"', notice)
    assert len(links) == 2
    for link in links:
        page, _, query = link.replace("&amp;", "&").partition("?")
        chosen = dict(parse_qsl(query))
        app = open_page(page, **chosen)
        assert not app.exception
        assert "About this address" not in text_of(app)
        assert app.query_params["pick"] == chosen["pick"]
