"""Ids of new sources: the key of a bibliography where it can be one."""

import pytest

from entente.intake.entries import Entry, make_ids
from entente.intake.fields import KINDS
from entente.intake.grid import Row


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("Smith2020_a", "Smith2020_a"),
        ("smith:2020", "smith-2020"),
        ("Smith:Road_2", "smith-road-2"),
        ("", "hill-post-2022"),
        ("12", "hill-post-2022"),
        ("Schäfer2020", "hill-post-2022"),
        ("a.b", "hill-post-2022"),
        ("http://zotero.org/users/1/items/AB", "hill-post-2022"),
        ("_a", "hill-post-2022"),
        ("x" * 61, "hill-post-2022"),
        ("taken", "taken-2"),
    ],
)
def test_a_key_is_the_id_where_it_can_be_one(key: str, expected: str) -> None:
    make = make_ids(KINDS["sources"], ["taken"], ())
    cells = {"publisher": ["Hill Post"], "published_edtf": ["2022"]}
    entry = Entry(row=Row(number=1, where="", cells={"key": key}), cells=cells)
    assert make(entry) == expected
