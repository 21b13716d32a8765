"""Pages run without a browser, from the router, by name and address."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT

Open = Callable[..., AppTest]


def open_folds(app: AppTest) -> AppTest:
    """Open all that is filled when it is opened, as a reader would one by one."""
    for shown in app.expander:
        if shown.proto.id:
            app.session_state[f"fold-{shown.proto.id.partition('-fold-')[2]}"] = True
    return app.run()


@pytest.fixture
def open_page() -> Open:
    """Run a page with the parameters of an address; keep the result to run it again."""

    def opened(name: str = "briefing", **parameters: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=120)
        if name != "briefing":
            app.switch_page(f"{name}.py")
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.run()

    return opened
