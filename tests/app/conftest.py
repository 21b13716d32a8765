"""Pages run without a browser, from the router, by name and address."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.opening import run_page

Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """Run a page with the parameters of an address; keep the result to run it again."""

    def opened(name: str = "briefing", **parameters: str | list[str]) -> AppTest:
        return run_page(name, parameters)

    return opened
