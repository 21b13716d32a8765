"""Rows drawn to be checked: in proportion, none twice, the same for a seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.dossier.store import Dossier
from entente.record.sample import count_rows, draw_rows, share_out

SIZES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 60), min_size=1)


@given(SIZES, st.data())
def test_shares_are_fair(sizes: dict[str, int], data: st.DataObject) -> None:
    total = sum(sizes.values())
    if not total:
        return
    count = data.draw(st.integers(1, total))
    shares = share_out(count, sizes)
    assert sum(shares.values()) == count
    assert all(0 <= shares[name] <= size for name, size in sizes.items())
    if count >= len(sizes):
        assert all(shares[name] for name, size in sizes.items() if size)
    if count == total:
        assert shares == sizes


@pytest.mark.parametrize("count", [0, -1, 11])
def test_what_cannot_be_drawn_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} rows cannot be drawn from 10"):
        share_out(count, {"a": 3, "b": 7})


@pytest.mark.parametrize("count", [1, 4, 20, 60])
def test_a_seed_draws_the_same_rows_in_any_order_of_the_files(dossier: Dossier, count: int) -> None:
    first = draw_rows(dossier.tables, count=count, seed=7)
    turned = {name: table.iloc[::-1] for name, table in dossier.tables.items()}
    drawn = [(row.kind, row.row_id) for row in first]
    assert drawn == [(row.kind, row.row_id) for row in draw_rows(turned, count=count, seed=7)]
    assert len(set(drawn)) == count
    if count >= 4:
        assert {kind for kind, _ in drawn} == set(count_rows(dossier.tables))
    assert drawn != [(r.kind, r.row_id) for r in draw_rows(dossier.tables, count=count, seed=8)]


def test_a_row_comes_with_all_its_sources(dossier: Dossier) -> None:
    total = sum(count_rows(dossier.tables).values())
    rows = {row.row_id: row for row in draw_rows(dossier.tables, count=total, seed=1)}
    sources = [source["source_id"] for source in rows["k06-1"].sources]
    assert sources == ["rail-study-2020", "north-wire-2021-02-05"]
    assert rows["k06-1"].row["verdict_code"] == "contested"
