"""Hostile text in an address, in a real browser: said, never run, and the console is silent."""

from collections.abc import Callable
from itertools import cycle, islice
from urllib.parse import urlencode

import pytest

from entente.address.pages import VIEWS
from entente.address.views import list_controls
from tests.browser.conftest import Visit
from tests.hostile import STRINGS
from tests.matrix import mostly_slow

Start = Callable[..., Visit]
# Strings that could become an element, each in one address with its neighbours.
MARKUP = [text for text in STRINGS if "hit" in text and "\x00" not in text]


def address(page: str) -> str:
    """Every control of a page filled with hostile text, on each page with other text."""
    names = [control.parameter for control in list_controls(VIEWS[page]).values()]
    texts = islice(cycle(MARKUP), 3 * list(VIEWS).index(page), None)
    return urlencode(list(zip([*names, "x"], texts, strict=False)))


@pytest.mark.parametrize("page", mostly_slow(VIEWS, "claims"))
def test_it_is_said_and_not_run(server: str, visit: Start, page: str) -> None:
    visiting = visit()
    said: list[str] = []
    # What the policy for scripts refuses is an error; a warning may be about a slow machine.
    visiting.page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    path = "" if page == "briefing" else page
    opened = visiting.open(f"{server}/{path}?{address(page)}")
    assert opened.evaluate("window.hit ?? null") is None
    assert opened.locator("#hit, [onerror], [onload], main script").count() == 0
    assert opened.locator(".e-notices li").count() >= 2
    assert opened.locator("h1").count() == 1
    assert said == []
    assert visiting.errors == []
    assert visiting.foreign == []
