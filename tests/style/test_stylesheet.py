"""Rules that browsers can look up, instead of trying them on every element of a page."""

import re
from collections.abc import Iterator

from entente.address.pages import ASSETS, STYLE

# A compound that says nothing but what is inside of it.
OF_NO_CLASS = re.compile(r"(^|[\s>+~]):has\(")


def selectors(sheet: str) -> Iterator[str]:
    """Lists of selectors, as they stand before their braces."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return (found[1].strip() for found in re.finditer(r"([^{};@]+)\{", plain))


def test_no_rule_asks_every_element_what_is_inside() -> None:
    sheet = (ASSETS / STYLE).read_text(encoding="utf-8")
    found = list(selectors(sheet))
    assert len(found) > 400
    assert [selector for selector in found if OF_NO_CLASS.search(selector)] == []


def test_such_a_rule_would_be_found() -> None:
    costly = ".e-tools > :has(a) { color: red } .e-tools > p:has(a) { color: red }"
    assert [bool(OF_NO_CLASS.search(one)) for one in selectors(costly)] == [True, False]
