"""Any address at all gives a page and a notice, never a traceback and never silence.

A corpus of addresses goes through a page each, and through all pages in `make test-all`; Hypothesis
makes up more, and many more in `make fuzz` (`FUZZ_EXAMPLES`).
"""

import os
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from entente.address import codec, pages, views
from entente.dossier.store import Dossier
from tests.app.conftest import Open
from tests.app.test_every_page import text_of
from tests.conftest import read_small
from tests.hostile import ADDRESSES, STRINGS, Elements
from tests.laws import examples

PAGES = (*pages.VIEWS, "presenter")
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", examples(8)))
# What Streamlit itself reads out of an address, and says nothing about.
STREAMLIT_S = ("embed", "embed_options")
VALID: Dossier = read_small()


def kind_of(page: str) -> type[Any]:
    return views.PresentView if page == "presenter" else pages.VIEWS[page]


def opened(open_page: Open, page: str, parameters: dict[str, list[str]]) -> Any:
    """The page of an address, as AppTest runs it; the presenter's screen lies on the first."""
    if page == "presenter":
        return open_page("briefing", **{"present": "1", **parameters})
    return open_page(page, **parameters)


def assert_stands(app: Any, page: str, parameters: dict[str, list[str]]) -> None:
    """One title, no exception, nothing of the address as markup, and a word on what was dropped."""
    assert not app.exception, app.exception
    bodies = text_of(app)
    presents = "present" in parameters or page == "presenter"
    assert len(app.title) == 1 or (presents and "e-present-head" in bodies)
    assert Elements(bodies).hits == []
    kind = views.PresentView if presents else kind_of(page)
    given_to_us = {name: v for name, v in parameters.items() if name not in STREAMLIT_S}
    _, notices = codec.decode(kind, given_to_us, VALID)
    assert ("About this address" in bodies) >= bool(notices)


def corpus() -> list[Any]:
    """Every address with one page in turn, and with all others when there is time."""
    return [
        pytest.param(page, address, marks=() if n == place % len(PAGES) else pytest.mark.slow)
        for place, address in enumerate(ADDRESSES)
        for n, page in enumerate(PAGES)
    ]


@pytest.mark.parametrize(("page", "address"), corpus(), ids=lambda part: part[:24] or "empty")
def test_the_corpus(open_page: Open, page: str, address: str) -> None:
    parameters = parse_qs(address, keep_blank_values=True, errors="replace")
    assert_stands(opened(open_page, page, parameters), page, parameters)


def parameters_of(page: str) -> st.SearchStrategy[dict[str, list[str]]]:
    """Names that the page knows with values that it knows, half knows, or never heard of."""
    controls = views.list_controls(kind_of(page)).values()
    known = [(control.parameter, control.options(VALID)) for control in controls]
    words = sorted({word for _, options in known for word in options})
    one = st.one_of(
        st.sampled_from(words or ["x"]),
        st.lists(st.sampled_from([*words, "", "nowhere"]), max_size=6).map(".".join),
        st.dates().map(str),
        st.sampled_from(STRINGS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.lists(st.integers(-2, 12), max_size=8).map(lambda n: ".".join(map(str, n))),
    )
    names = st.one_of(
        st.sampled_from([*(name for name, _ in known), "v", "d"]),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    )
    return st.dictionaries(names, st.lists(one, min_size=1, max_size=2), max_size=7)


@pytest.mark.parametrize("page", PAGES)
@given(draw=st.data())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_what_hypothesis_makes_up(open_page: Open, page: str, draw: st.DataObject) -> None:
    parameters = draw.draw(parameters_of(page))
    assert_stands(opened(open_page, page, parameters), page, parameters)


def test_an_address_full_of_nonsense_is_told_so_in_a_few_lines(open_page: Open) -> None:
    app = open_page("timeline", **{f"unknown{number}": "x" for number in range(60)})
    (said,) = [one.proto.body for one in app.get("html") if "About this address" in one.proto.body]
    assert said.count("<li>") == 11
    assert "50 more are not listed" in said
