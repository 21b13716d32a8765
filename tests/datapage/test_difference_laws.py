"""Laws of differences: none between equals, all that was done is found, and they read both ways."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from entente.datapage.differences import (
    ChangedRow,
    TableDifferences,
    compare_tables,
    count_changes,
    list_cells,
    mark_words,
    narrow_to_row,
)

cell = st.text("abü 1", max_size=4)
ids = st.from_regex(r"[a-c][0-9]{2}", fullmatch=True)
content = st.fixed_dictionaries({"label": cell, "note": cell})
# One table of the contract with a key of one column, one with a key of two, one that is unknown.
KEYS: dict[str, list[str]] = {
    "areas": ["area_id"],
    "tie_claims": ["tie_id", "claim_id"],
    "novel": [],
}
COLUMNS = {
    "areas": ["area_id", "label", "note"],
    "tie_claims": ["tie_id", "claim_id"],
    "novel": ["one", "two"],
}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    made = {}
    for name, columns in COLUMNS.items():
        if draw(st.booleans()):
            row = st.fixed_dictionaries(dict.fromkeys(columns, ids))
            rows = draw(st.lists(row, max_size=5))
            made[name] = pd.DataFrame(rows, columns=columns, dtype=str)
    return made


def areas(rows: dict[str, dict[str, str]]) -> dict[str, pd.DataFrame]:
    lines = [{"area_id": key, **cells} for key, cells in rows.items()]
    return {"areas": pd.DataFrame(lines, columns=COLUMNS["areas"], dtype=str)}


def bag(rows: Any) -> list[tuple[tuple[str, str], ...]]:
    return sorted(tuple(sorted(row.items())) for row in rows)


@given(tables())
def test_nothing_differs_from_itself(found: dict[str, pd.DataFrame]) -> None:
    assert compare_tables(found, found) == ()


@given(tables())
def test_the_order_of_rows_is_no_difference(found: dict[str, pd.DataFrame]) -> None:
    keyed = {name: frame.drop_duplicates(KEYS[name] or None) for name, frame in found.items()}
    turned_over = {name: frame.iloc[::-1] for name, frame in keyed.items()}
    assert compare_tables(keyed, turned_over) == ()


@given(
    old=st.dictionaries(ids, content, max_size=8),
    put=st.dictionaries(ids, content, max_size=8),
    drop=st.sets(ids, max_size=8),
)
def test_all_that_was_done_is_found_and_nothing_else(
    old: dict[str, dict[str, str]], put: dict[str, dict[str, str]], drop: set[str]
) -> None:
    new = {key: cells for key, cells in {**old, **put}.items() if key not in drop}
    found = compare_tables(areas(old), areas(new))
    table = found[0] if found else None
    added = {key for key in put if key not in old and key not in drop}
    changed = {key for key in put if key in old and key not in drop and put[key] != old[key]}
    assert {row["area_id"] for row in table.added} == added if table else not added
    assert {row.row for row in table.changed} == changed if table else not changed
    assert {row["area_id"] for row in table.removed} == set(old) & drop if table else True
    assert applied(areas(old)["areas"], table) == bag(areas(new)["areas"].to_dict("records"))


def applied(old: pd.DataFrame, found: TableDifferences | None) -> list[Any]:
    """The rows of `old` after the differences: what the newer version must be."""
    rows = {row["area_id"]: row for row in old.to_dict("records")}
    if found:
        for row in found.removed:
            del rows[row["area_id"]]
        for row in found.changed:
            rows[row.row] = {**rows[row.row], **{name: row.after[name] for name in row.columns}}
        rows |= {row["area_id"]: dict(row) for row in found.added}
    return bag(rows.values())


@given(tables(), tables())
def test_differences_read_the_other_way_round_are_mirrored(
    one: dict[str, pd.DataFrame], two: dict[str, pd.DataFrame]
) -> None:
    there = {found.table: found for found in compare_tables(one, two)}
    back = {found.table: found for found in compare_tables(two, one)}
    assert set(there) == set(back)
    for name, found in there.items():
        mirror = back[name]
        assert bag(found.added) == bag(mirror.removed)
        assert bag(found.removed) == bag(mirror.added)
        assert (found.is_added, found.is_removed) == (mirror.is_removed, mirror.is_added)
        assert found.added_columns == mirror.removed_columns
        assert turned(found.changed) == sorted(map(repr, mirror.changed))


def turned(changed: tuple[ChangedRow, ...]) -> list[str]:
    return sorted(
        repr(ChangedRow(row=row.row, before=row.after, after=row.before)) for row in changed
    )


@given(tables(), tables())
def test_the_lines_say_all_that_the_totals_count(
    one: dict[str, pd.DataFrame], two: dict[str, pd.DataFrame]
) -> None:
    found = compare_tables(one, two)
    lines, counts = list_cells(found), count_changes(found)
    kinds = lines["change"].value_counts()
    assert kinds.get("table added", 0) == counts["tables_added"]
    assert kinds.get("table removed", 0) == counts["tables_removed"]
    changed = lines[lines["change"] == "changed"]
    assert (changed["before"] != changed["after"]).all()


@given(tables(), tables(), ids)
def test_what_is_about_a_row_names_it(
    one: dict[str, pd.DataFrame], two: dict[str, pd.DataFrame], area: str
) -> None:
    for found in narrow_to_row(compare_tables(one, two), "areas", area):
        assert found.table == "areas"
        for row in (*found.added, *found.removed, *(item.after for item in found.changed)):
            assert row["area_id"] == area


words = st.lists(st.sampled_from(["one", "two", "of", "—", "3,5"]), max_size=8).map(" ".join)


@given(words, words)
def test_texts_marked_up_are_still_the_texts(before: str, after: str) -> None:
    old, new = mark_words(before, after)
    assert "".join(text for text, _ in old) == before
    assert "".join(text for text, _ in new) == after
    if before == after:
        assert not any(is_apart for _, is_apart in (*old, *new))
