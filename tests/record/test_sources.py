"""Origins, what sources support, and positions."""

import datetime as dt

import pandas as pd
import pytest

from entente.dossier.store import Dossier
from entente.record.evidence import keep_published
from entente.record.sources import count_origins, find_origins, find_support


def sources(**repeats: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"source_id": list(repeats), "origin_id": pd.array(list(repeats.values()), dtype="str")}
    )


HORIZON = dt.date(2026, 7, 1)
ABOUT = sources(a=None, b="a", c="b", d=None)
VERDICTS = pd.DataFrame(
    [
        ("c1-1", "c1", "2025-04-10", "open"),
        ("c1-3", "c1", "2025-09-01", "supported"),
        ("c1-2", "c1", "2025-05", "supported"),
        ("c2-1", "c2", "2025-04-10", "open"),
    ],
    columns=["assessment_id", "claim_id", "from_edtf", "verdict_code"],
)
LINKS = pd.DataFrame(
    [("c1-1", "a"), ("c1-1", "c"), ("c1-2", "d"), ("c1-3", "b")],
    columns=["assessment_id", "source_id"],
)
TABLES = {"assessments": VERDICTS, "assessment_sources": LINKS, "sources": ABOUT}


def test_copies_of_copies_go_back_to_the_first() -> None:
    assert find_origins(ABOUT) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_circle_does_not_hang() -> None:
    assert set(find_origins(sources(a="b", b="a"))) == {"a", "b"}


def test_two_copies_are_one_origin() -> None:
    rows = count_origins(TABLES).set_index("assessment_id")
    assert rows.at["c1-1", "source_count"] == 2
    assert rows.at["c1-1", "origin_count"] == 1
    assert rows.at["c1-1", "origin_ids"] == ("a",)


def test_a_confirmation_stands_on_the_equal_verdicts_before_it() -> None:
    rows = count_origins(TABLES).set_index("assessment_id")
    assert rows["run_origin_count"].to_dict() == {"c1-1": 1, "c1-3": 2, "c1-2": 1, "c2-1": 0}


def test_a_verdict_without_sources_has_no_origin() -> None:
    rows = count_origins(TABLES).set_index("assessment_id")
    assert rows.at["c2-1", "origin_count"] == 0
    assert rows.at["c2-1", "origin_ids"] == ()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2025, 4, 9), ["u"]),
        (dt.date(2025, 4, 10), ["u", "d"]),
        (dt.date(2025, 4, 29), ["u", "d"]),
        (dt.date(2025, 4, 30), ["u", "m", "d"]),
        (HORIZON, ["u", "m", "d", "y"]),
    ],
)
def test_a_source_counts_from_the_day_by_which_it_was_out(day, expected) -> None:
    table = pd.DataFrame(
        {
            "source_id": ["u", "m", "d", "y"],
            "published_edtf": [None, "2025-04", "2025-04-10", "2026"],
        }
    )
    assert keep_published(table, day, horizon=HORIZON)["source_id"].tolist() == expected


def test_support_names_claims_events_and_legs_once_each(dossier) -> None:
    found = find_support(dossier.tables)
    assert not found.duplicated().any()
    own = found[found["source_id"] == "belmark-post-2022-02"]
    assert {tuple(row) for row in own[["what", "id"]].to_numpy()} == {
        ("claims", "k04"),
        ("claims", "k15"),
        ("events", "relations"),
    }
    assert {"claims", "events", "legs", "corridors", "rates"} <= set(found["what"])


def test_a_source_stands_behind_a_statement_from_the_day_on_which_it_was_made(dossier) -> None:
    def told(day: dt.date) -> set[str]:
        found = find_support(dossier.tables, as_of=day)
        return set(found.loc[found["what"] == "statements", "id"])

    assert "k06-qno" not in told(dt.date(2022, 5, 31))
    assert told(dt.date(2022, 6, 1)) == set(dossier["positions"]["position_id"])


def test_the_copies_known_as_such_share_an_origin(live_dossier: Dossier) -> None:
    """About today’s dataset: each source that names an origin is counted with it."""
    table = live_dossier["sources"]
    own = find_origins(table)
    copies = table[table["origin_id"].notna()]
    assert not copies.empty
    assert all(own[row.source_id] == own[row.origin_id] for row in copies.itertuples())


def test_two_copies_of_one_wire_on_one_day_do_not_count_as_two(live_dossier: Dossier) -> None:
    """About today’s dataset: publishers that name one agency, on one day, for one event."""
    dossier = live_dossier
    table = dossier["sources"]
    wire = table["publisher"].str.extract(r"\((Reuters|AFP|AP|PTI|ANI|BTA|APP|TASS)\)$")[0]
    links = dossier["event_sources"].merge(table.assign(wire=wire), on="source_id")
    own = find_origins(table)
    groups = links[links["wire"].notna()].groupby(["event_id", "wire", "published_edtf"])
    for _, rows in groups:
        assert len({own[source_id] for source_id in rows["source_id"]}) == 1
