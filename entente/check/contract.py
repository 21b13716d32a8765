"""The contract of the tables: what each column may hold, read from `contract.toml`.

`TABLES` maps a table's name (its path below `data/`, without `.csv`) to its description. From it
are made the schemas that check the files, the casts, the data dictionary on the page of data and
`data/datapackage.json`.

The schemas check text, because validation runs on the files as they were written, before anything
is cast: a fault can then quote the very characters that stand in the file.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pandera.pandas as pa

from entente import dates

SOURCE = Path(__file__).with_suffix(".toml")
FIRST_YEAR, LAST_YEAR = 1700, 2200
LARGEST = 1e9

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
_URL = re.compile(r"https?://[^\s<>\"|]+\Z")
_MARKUP = re.compile(r"<\s*[A-Za-z/!?]|&#?\w+;")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t")
_INTEGER = re.compile(r"-?[0-9]+\Z")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\Z")
_DIGEST = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column of a table may hold.

    Attributes:
        name: Its heading.
        kind: `key`, `reference`, `code`, `choice`, `text`, `url`, `version`, `digest`, `edtf`,
            `integer`, `number` or `flag`; `CHECKS` says what each demands of a cell.
        about: What it says, in a sentence.
        is_key: Whether it names a row, alone or together with other columns.
        is_optional: Whether a cell may be empty.
        table: The table whose key it holds; empty when it refers to none.
        unit: Unit of a number; empty for anything else.
        least: Smallest number that is allowed; None where there are no numbers.
        most: Largest number that is allowed; None where there are no numbers.
        words: What a choice is made from.
        needs: Of a date: `first_day` when it must begin somewhere, `day` when it must be one exact
            day, `nothing` when it may also be `..`, already so before anything on record.
    """

    name: str
    kind: str
    about: str
    is_key: bool = False
    is_optional: bool = False
    table: str = ""
    unit: str = ""
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()
    needs: str = "first_day"

    @property
    def checks(self) -> tuple[str, ...]:
        """Codes of the faults that a cell can have by itself."""
        return (*CHECKS[self.kind], *(DATE_NEEDS[self.needs] if self.kind == "edtf" else ()))

    def cast(self, cells: pd.Series) -> pd.Series:
        """Faultless cells as whole numbers, decimals, booleans or text; empty ones are missing."""
        if self.kind == "integer":
            return cells.astype("int64")
        if self.kind == "number":
            return cells.map(number, na_action="ignore").astype("float64")
        return cells == "true" if self.kind == "flag" else cells.astype("str")


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a table is.

    Attributes:
        name: Path of its file below the data folder, without `.csv`.
        about: What its rows are, in a sentence.
        columns: By name, in their order.
        rows: How many it needs: `some` for at least one, `one` for exactly one, `any` for none.
        needed_with: The table whose rows make rows of this one necessary; empty for none. Without
            any there, this one needs none.
        is_shared: Whether a dossier that leaves it out has that of Entente's own data.
    """

    name: str
    about: str
    columns: Mapping[str, Column]
    rows: str = "some"
    needed_with: str = ""
    is_shared: bool = False

    @property
    def may_be_missing(self) -> bool:
        """Whether a dossier without its file has no rows of it, and may be sound."""
        return self.rows == "any"

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Columns that together name a row."""
        return tuple(name for name, column in self.columns.items() if column.is_key)

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """What checks the table as text. Its columns may stand in any order; there are no others.

        Each check is named by the code of the fault that it finds.
        """
        return pa.DataFrameSchema(
            {name: _schema_column(column) for name, column in self.columns.items()}, strict=True
        )

    def cast(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns of a faultless text frame in their proper types; the index is kept."""
        blank = frame.replace("", None)
        cells = {name: column.cast(blank[name]) for name, column in self.columns.items()}
        return pd.DataFrame(cells, index=frame.index)


def number(text: str) -> float:
    """The number that `text` states in plain decimal notation; NaN when it states none."""
    return float(text) if _NUMBER.match(text) else math.nan


def _is_in_range(text: str, column: Column) -> bool:
    """Whether a number lies within its limits; what is no number is another check's business."""
    value = number(text)
    assert column.least is not None
    assert column.most is not None
    return math.isnan(value) or column.least <= value <= column.most


def _has_near_years(text: str, column: Column) -> bool:
    def is_near(when: dates.Span) -> bool:
        known = [day.year for day in (when.first, when.last) if day]
        return all(FIRST_YEAR <= year <= LAST_YEAR for year in known)

    return _date_passes(text, is_near)


def _date_passes(text: str, test: Callable[[dates.Span], bool]) -> bool:
    """Whether a date passes; what is no date is another check's business."""
    return not dates.is_edtf(text) or test(dates.span(text))


# Code of a fault to what a cell without it passes.
PASSES: Mapping[str, Callable[[str, Column], bool]] = {
    "bad_key": lambda text, _: bool(_KEY.match(text)),
    "unknown_word": lambda text, column: text in column.words,
    "not_an_integer": lambda text, _: bool(_INTEGER.match(text)),
    "not_a_number": lambda text, _: not math.isnan(number(text)),
    "out_of_range": _is_in_range,
    "not_a_flag": lambda text, _: text in ("true", "false"),
    "bad_date": lambda text, _: dates.is_edtf(text),
    "far_date": _has_near_years,
    "no_first_day": lambda text, _: _date_passes(text, lambda when: when.first is not None),
    "not_a_day": lambda text, _: not dates.is_edtf(text) or bool(_DAY.match(text)),
    "bad_url": lambda text, _: bool(_URL.match(text)),
    "bad_version": lambda text, _: bool(VERSION.match(text)),
    "bad_digest": lambda text, _: bool(_DIGEST.match(text)),
    "markup": lambda text, _: not _MARKUP.search(text),
    "control_character": lambda text, _: not _CONTROL.search(text),
    "formula": lambda text, _: not text.startswith(_FORMULA),
    "padded": lambda text, _: text == text.strip(),
}
CHECKS: Mapping[str, tuple[str, ...]] = {
    "key": ("bad_key",),
    "reference": ("bad_key",),
    "code": ("bad_key",),
    "choice": ("unknown_word",),
    "text": ("markup", "control_character", "formula", "padded"),
    "url": ("bad_url",),
    "version": ("bad_version",),
    "digest": ("bad_digest",),
    "edtf": ("bad_date", "far_date"),
    "integer": ("not_an_integer", "out_of_range"),
    "number": ("not_a_number", "out_of_range"),
    "flag": ("not_a_flag",),
}
DATE_NEEDS: Mapping[str, tuple[str, ...]] = {
    "nothing": (),
    "first_day": ("no_first_day",),
    "day": ("not_a_day",),
}


def _schema_column(column: Column) -> pa.Column:
    checks = [
        pa.Check(partial(_passing, PASSES[code], column), name=code, error=code)
        for code in column.checks
    ]
    return pa.Column(checks=checks, nullable=column.is_optional, description=column.about)


def _passing(test: Callable[[str, Column], bool], column: Column, cells: pd.Series) -> pd.Series:
    """Which cells pass a test; each value is tested once, however often it stands there."""
    verdicts = {value: test(value, column) for value in cells.unique()}
    return pd.Series([verdicts[value] for value in cells], index=cells.index, dtype=bool)


def read_contract(text: str) -> dict[str, Table]:
    """The tables of a contract written in TOML, in its order; code tables come last.

    Raises:
        TypeError: A table or a column says something that no table or column can say.
        KeyError: A column is of no known kind, or refers to a table that is not there.
    """
    written = tomllib.loads(text)
    codes = written["codes"]
    names = codes.pop("names")
    described = {**written["tables"], **{f"codes/{name}": codes for name in names}}
    tables = {name: _read_table(name, **parts) for name, parts in described.items()}
    for table in tables.values():
        for column in table.columns.values():
            assert CHECKS[column.kind]
            assert not column.table or tables[column.table].key
    return tables


def _read_table(
    name: str, *, about: str, columns: dict[str, Any], shared: bool = False, **demands: str
) -> Table:
    needed_with = demands.get("with", "")
    return Table(
        name=name,
        about=about,
        columns=MappingProxyType(
            {one: _read_column(one, **parts) for one, parts in columns.items()}
        ),
        rows="any" if needed_with else demands.get("rows", "some"),
        needed_with=needed_with,
        is_shared=shared,
    )


def _read_column(
    name: str,
    *,
    kind: str,
    about: str,
    key: bool = False,
    optional: bool = False,
    words: tuple[str, ...] = (),
    **others: Any,
) -> Column:
    if kind == "number":
        others = {"least": 0, "most": LARGEST, **others}
    return Column(
        name=name,
        kind=kind,
        about=f"{about} One of: {', '.join(words)}." if words else about,
        is_key=key or kind == "key",
        is_optional=optional,
        words=tuple(words),
        **others,
    )


TABLES: Mapping[str, Table] = MappingProxyType(read_contract(SOURCE.read_text(encoding="utf-8")))
