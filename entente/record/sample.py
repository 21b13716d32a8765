"""Rows drawn at random, with all that supports them, so that people can check the record again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

# What can be drawn: the word for it, its table, and the table of its sources.
KINDS = (
    ("verdict", "assessments", "assessment_sources"),
    ("event", "events", "event_sources"),
    ("status", "leg_statuses", "leg_status_sources"),
    ("rate", "rates", "rate_sources"),
)

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """A row to check: its kind, its id, its cells, and the rows of its sources, oldest first."""

    kind: str
    row_id: str
    row: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]


def count_rows(tables: Tables) -> dict[str, int]:
    """How many rows of each kind there are to draw from."""
    return {kind: len(tables[name]) for kind, name, _ in KINDS}


def draw_rows(tables: Tables, *, count: int, seed: int) -> tuple[DrawnRow, ...]:
    """Rows drawn without replacement, by kind in proportion to their numbers.

    Rows are ranked by a hash of seed and id, so that equal arguments draw equal rows on every
    machine, whatever the order of the files.

    Args:
        tables: The dataset.
        count: How many rows; from four on, at least one of each kind that there is.
        seed: Any number; another one draws other rows.

    Returns:
        The rows by kind, then by id.

    Raises:
        ValueError: There are fewer rows, or less than one was asked for.
    """
    shares = share_out(count, count_rows(tables))
    return tuple(
        _read_row(tables, kind, name, links, row_id)
        for kind, name, links in KINDS
        for row_id in _draw_ids(tables[name].iloc[:, 0], shares[kind], seed)
    )


def share_out(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """A number shared out in proportion to sizes, by largest remainders.

    A size above nothing gets at least one, where there is one for each of them.

    Raises:
        ValueError: The number is below one, or above the sum of the sizes.
    """
    total = sum(sizes.values())
    if not 1 <= count <= total:
        raise ValueError(f"{count} rows cannot be drawn from {total}")
    present = [name for name, size in sizes.items() if size]
    floor = 1 if count >= len(present) else 0
    shares = {name: floor if size else 0 for name, size in sizes.items()}
    for _ in range(count - sum(shares.values())):
        lacking = {
            name: count * sizes[name] / total - shares[name]
            for name in present
            if shares[name] < sizes[name]
        }
        shares[max(lacking, key=lambda name: lacking[name])] += 1
    return shares


def _draw_ids(ids: pd.Series, count: int, seed: int) -> list[str]:
    """The ids that a seed ranks first, in order of the alphabet."""

    def rank(row_id: str) -> bytes:
        return hashlib.sha256(f"{seed} {ids.name} {row_id}".encode()).digest()

    return sorted(sorted(ids, key=rank)[:count])


def _read_row(tables: Tables, kind: str, name: str, links: str, row_id: str) -> DrawnRow:
    key = tables[name].columns[0]
    (row,) = tables[name][tables[name][key] == row_id].to_dict("records")
    cited = tables[links].loc[tables[links][key] == row_id, "source_id"]
    sources = tables["sources"][tables["sources"]["source_id"].isin(cited)]
    ordered = sources.sort_values(["published_edtf", "source_id"])
    return DrawnRow(kind=kind, row_id=row_id, row=row, sources=tuple(ordered.to_dict("records")))
