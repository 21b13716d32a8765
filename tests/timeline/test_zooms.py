"""What a zoom covers, and which items it has."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.timeline.items import find_days, keep_within
from entente.timeline.scale import may_meet

HORIZON = dt.date(2022, 9, 30)
VISITS = (dt.date(2025, 1, 1), dt.date(2025, 7, 31))


def item(item_id: str, date: str, document: str = "", *, record: bool = True) -> dict:
    return {
        "item_id": item_id,
        "date_edtf": date,
        "document_date_edtf": document,
        "shows_record": record,
        "shows_document": bool(document),
    }


def test_every_zoom_has_days_but_the_one_for_all(dossier: Dossier) -> None:
    found = {zoom: find_days(dossier, zoom) for zoom in dossier.document.timeline_spans}
    assert [zoom for zoom, days in found.items() if days is None] == ["all"]
    assert found["visits"] == (dt.date(2021, 1, 1), dt.date(2021, 8, 31))
    assert found["year"] == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert found["since"] == (dt.date(2021, 6, 15), HORIZON)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("2024-12-31", False),
        ("2025-01-01", True),
        ("2025-07", True),
        ("2025-08-01", False),
        ("2024-12-20/2025-01-02", True),
        ("2024-01-01/..", True),
        ("2026-01-01/..", False),
        ("2025", True),
        ("..", True),
    ],
)
def test_a_date_is_inside_when_it_may_be(text: str, inside: bool) -> None:
    assert may_meet(text, VISITS) is inside


def test_either_shown_date_brings_an_item_into_a_zoom() -> None:
    items = pd.DataFrame(
        [
            item("said", "2024-09-25", "2025-04"),
            item("before", "2024-09-25"),
            item("hidden", "2025-05-01", record=False),
            item("done", "2025-07-04", "2025-04"),
        ]
    )
    assert list(keep_within(items, VISITS)["item_id"]) == ["said", "done"]
    assert list(keep_within(items, VISITS).index) == [0, 1]
    assert keep_within(items, None) is items
