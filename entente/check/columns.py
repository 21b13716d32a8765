"""The kinds of column that a table may have, and the check that each kind carries.

Every check reads text, because validation runs on the files as they were written, before anything
is cast: the fault report can then quote the very characters that stand in the file.

A check is named by the code of the fault that it finds (see :mod:`entente.schema.faults`).
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera import extensions

from entente.check.version_numbers import is_version
from entente.dates import edtf as dates

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
URL = re.compile(r"https?://[^\s<>\"|]+\Z")
MARKUP = re.compile(r"<\s*[A-Za-z/!?]|&#?\w+;")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@", "\t")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
FIRST_YEAR, LAST_YEAR = 1700, 2200
DATE_CHECKS: dict[str, Any] = {"bad_date": (), "far_date": ()}
DATE_NEEDS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "first_day": {"no_first_day": ()},
    "day": {"not_a_day": ()},
}
DIGEST = re.compile(r"[0-9a-f]{32}\Z")


def number(text: str) -> float:
    """The number that `text` states in plain decimal notation; NaN when it states none."""
    try:
        value = float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else math.nan
    except ValueError:
        value = math.nan
    return value


def _elementwise(test: Callable[[str], bool], column: pd.Series) -> pd.Series:
    verdicts = {value: test(value) for value in column.unique()}
    return pd.Series([verdicts[value] for value in column], index=column.index, dtype=bool)


@extensions.register_check_method()
def bad_key(column: pd.Series) -> pd.Series:
    """Keys are letters, digits, hyphens and underscores, so that they can stand in an address."""
    return _elementwise(lambda value: bool(KEY.match(value)), column)


@extensions.register_check_method()
def not_an_integer(column: pd.Series) -> pd.Series:
    """Whole numbers are digits only."""
    return _elementwise(lambda value: bool(re.fullmatch(r"-?[0-9]+", value)), column)


@extensions.register_check_method()
def not_a_number(column: pd.Series) -> pd.Series:
    """Numbers are plain decimals: no NaN, no exponent, no thousands separator."""
    return _elementwise(lambda value: not math.isnan(number(value)), column)


@extensions.register_check_method(statistics=["least", "most"])
def out_of_range(column: pd.Series, *, least: float, most: float) -> pd.Series:
    """Numbers lie between `least` and `most`; what is no number is another check's business."""
    return _elementwise(
        lambda value: math.isnan(number(value)) or least <= number(value) <= most, column
    )


@extensions.register_check_method()
def not_a_flag(column: pd.Series) -> pd.Series:
    """Flags say `true` or `false`."""
    return column.isin(["true", "false"])


@extensions.register_check_method(statistics=["words"])
def unknown_word(column: pd.Series, *, words: Sequence[str]) -> pd.Series:
    """The cell holds one of a few words that the program acts on."""
    return column.isin(words)


@extensions.register_check_method()
def bad_date(column: pd.Series) -> pd.Series:
    """Dates are EDTF that the `edtf` library can bound strictly."""
    return _elementwise(dates.is_edtf, column)


@extensions.register_check_method()
def far_date(column: pd.Series) -> pd.Series:
    """Dates lie within the years that figures and calendars can show."""
    return _dates_pass(column, lambda when: all(_is_near(day) for day in (when.first, when.last)))


@extensions.register_check_method()
def no_first_day(column: pd.Series) -> pd.Series:
    """Dates are not open towards the past."""
    return _dates_pass(column, lambda when: when.first is not None)


@extensions.register_check_method()
def not_a_day(column: pd.Series) -> pd.Series:
    """Dates are one exact day, without a mark of doubt."""
    return _elementwise(lambda value: not dates.is_edtf(value) or bool(DAY.match(value)), column)


def _dates_pass(column: pd.Series, test: Callable[[dates.Span], bool]) -> pd.Series:
    """Whether each date passes; what is no date at all is the business of `bad_date`."""
    return _elementwise(lambda text: not dates.is_edtf(text) or test(dates.span(text)), column)


def _is_near(day: dt.date | None) -> bool:
    return day is None or FIRST_YEAR <= day.year <= LAST_YEAR


@extensions.register_check_method()
def bad_url(column: pd.Series) -> pd.Series:
    """Addresses are absolute http or https URLs without spaces or markup."""
    return _elementwise(lambda value: bool(URL.match(value)), column)


@extensions.register_check_method()
def bad_version(column: pd.Series) -> pd.Series:
    """Versions are three numbers."""
    return _elementwise(is_version, column)


@extensions.register_check_method()
def bad_digest(column: pd.Series) -> pd.Series:
    """Hashes and salts are 32 hexadecimal digits in lower case."""
    return _elementwise(lambda value: bool(DIGEST.match(value)), column)


@extensions.register_check_method()
def markup(column: pd.Series) -> pd.Series:
    """Text is plain: no tags and no entities."""
    return _elementwise(lambda value: not MARKUP.search(value), column)


@extensions.register_check_method()
def control_character(column: pd.Series) -> pd.Series:
    """Text has no control characters and no characters that reverse its direction."""
    return _elementwise(lambda value: not CONTROL.search(value), column)


@extensions.register_check_method()
def formula(column: pd.Series) -> pd.Series:
    """Text does not start like a spreadsheet formula."""
    return ~column.str.startswith(FORMULA)


@extensions.register_check_method()
def padded(column: pd.Series) -> pd.Series:
    """Cells have no space at either end."""
    return column == column.str.strip()


def _field(kind: str, about: str, optional: bool, checks: dict[str, Any], **metadata: Any) -> Any:
    return pa.Field(
        nullable=optional,
        description=about,
        metadata={"kind": kind, "optional": optional, **metadata},
        **checks,
    )


def key(about: str) -> Any:
    """The column, or one of the columns, that names a row."""
    return _field("key", about, False, {"bad_key": ()}, primary=True)


def reference(table: str, about: str, *, optional: bool = False, primary: bool = False) -> Any:
    """A column that holds the key of a row of another table."""
    return _field("reference", about, optional, {"bad_key": ()}, table=table, primary=primary)


def code(table: str, about: str, *, optional: bool = False, primary: bool = False) -> Any:
    """A column that holds a code of `data/codes/<table>.csv`."""
    place = {"table": f"codes/{table}", "primary": primary}
    return _field("code", about, optional, {"bad_key": ()}, **place)


def choice(
    words: tuple[str, ...], about: str, *, optional: bool = False, primary: bool = False
) -> Any:
    """A column that holds one of a few words that the program acts on."""
    checks = {"unknown_word": {"words": words}}
    about = f"{about} One of: {', '.join(words)}."
    return _field("choice", about, optional, checks, words=words, primary=primary)


def text(about: str, *, optional: bool = False) -> Any:
    """A column of words for people."""
    checks: dict[str, Any] = {"markup": (), "control_character": (), "formula": (), "padded": ()}
    return _field("text", about, optional, checks, primary=False)


def digest(about: str) -> Any:
    """A column of 16 bytes as hexadecimal digits."""
    return _field("text", about, False, {"bad_digest": ()}, primary=False)


def semantic_version(about: str) -> Any:
    """A column of versions such as `1.0.0`."""
    return _field("version", about, False, {"bad_version": ()}, primary=False)


def edtf(about: str, *, needs: str = "first_day", optional: bool = False) -> Any:
    """A column of dates, as exactly as they are known (EDTF levels 0 and 1).

    Args:
        about: What the column says.
        needs: `first_day` when the date must begin somewhere, `day` when it must be one exact day,
            `nothing` when it may also be `..`: so already before anything on record.
        optional: Whether the cell may be empty.
    """
    return _field("edtf", about, optional, DATE_CHECKS | DATE_NEEDS[needs], primary=False)


def integer(about: str, *, least: int, most: int, primary: bool = False) -> Any:
    """A column of whole numbers."""
    checks = {"not_an_integer": (), "out_of_range": {"least": least, "most": most}}
    return _field("integer", about, False, checks, primary=primary, least=least, most=most)


def measure(
    about: str, *, least: float = 0, most: float = 1e9, unit: str, optional: bool = False
) -> Any:
    """A column of numbers with a unit."""
    checks = {"not_a_number": (), "out_of_range": {"least": least, "most": most}}
    metadata = {"primary": False, "unit": unit, "least": least, "most": most}
    return _field("number", about, optional, checks, **metadata)


def flag(about: str) -> Any:
    """A column that says `true` or `false`."""
    return _field("flag", about, False, {"not_a_flag": ()}, primary=False)


def url(about: str) -> Any:
    """A column of web addresses."""
    return _field("url", about, False, {"bad_url": ()}, primary=False)
