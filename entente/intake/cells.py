"""What people write in cells, as the contract has it: dates, codes, ids, flags, addresses."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from entente import dates
from entente.check.contract import Column

SEPARATOR = ";"
DOI_MARKS = "/:;().,-_%"
_FLAGS = {"true": ("yes", "y", "1", "x", "true"), "false": ("no", "n", "0", "false")}
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(dates.MONTHS, start=1)}
_SEASONS = {name: code for code, name in dates.SEASONS.items()} | {"fall": "23"}
_MONTH = r"([a-z]{3,9})\.?"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s*,?\s+(\d{{4}})\Z")
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})\Z")
_MONTH_YEAR = re.compile(rf"{_MONTH}\s*,?\s+(\d{{4}})\Z")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")
_ISO_LOOSE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})\Z")
_SEASON = re.compile(rf"(?:the\s+)?({'|'.join(_SEASONS)})\s+(?:of\s+)?(\d{{4}})\Z")
_QUARTER = re.compile(r"(?:q([1-4])\s+(\d{4})|(\d{4})\s+q([1-4]))\Z")
_VAGUE = re.compile(r"(?:c\.|ca\.?|circa|about|around|early|mid|late)[\s-]*(.+)\Z")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\Z")
_SERIAL = re.compile(r"\d{5}\Z")
_FIRST_SERIAL = dt.date(1899, 12, 30)  # from which Excel counts days
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)


class Unconverted(Exception):
    """A cell that cannot be what its column asks; the arguments are the rule and the remedy."""


def convert(text: str, column: Column, labels: Mapping[str, str]) -> str:
    """A cell as the contract has it; what is left for the check to judge stays as it is.

    Args:
        text: What stands in the cell; not blank.
        column: What it should become.
        labels: The label of each key of the table that the column refers to, where those have any.

    Raises:
        Unconverted: It cannot be told what is meant.
    """
    plain = " ".join(text.split())
    if column.kind == "edtf":
        return convert_date(plain)
    if column.kind in ("code", "reference"):
        return _find_code(plain, labels) if labels else plain
    if column.kind == "choice":
        return _find_code(plain, {word: word for word in column.words})
    if column.kind == "flag":
        return next((flag for flag, words in _FLAGS.items() if plain.casefold() in words), plain)
    if column.kind == "url":
        doi = _DOI.match(plain)
        return f"https://doi.org/{quote(doi[1].lower(), safe=DOI_MARKS)}" if doi else plain
    return plain


def convert_date(text: str) -> str:
    """A date as EDTF: ISO dates and times, years, months and days in English words.

    Raises:
        Unconverted: It is no date, or may mean several; the remedy says what to write.
    """
    plain = text.casefold()
    if match := _ISO_TIME.match(text):
        found = match[1]
    elif match := _ISO_LOOSE.match(text):
        found = f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"
    else:
        found = _in_words(plain) or text
    if dates.is_edtf(found):
        return found
    raise Unconverted("Dates are EDTF and exist.", _advise(plain))


def _in_words(plain: str) -> str:
    """`12 April 2025`, `April 12, 2025` or `April 2025` as EDTF; nothing for others."""
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_MONTH_YEAR, (2, 1))):
        if match := pattern.match(plain):
            year, name, *day = (match[group] for group in order)
            number = _MONTHS.get(name[:3], 0)
            if number and dates.MONTHS[number - 1].casefold().startswith(name):
                return "-".join([year, f"{number:02}", *(f"{int(one):02}" for one in day)])
    return ""


def _advise(plain: str) -> str:
    """What to write instead of a date that is not understood."""
    if match := _SEASON.match(plain):
        return f"For {plain} write {match[2]}-{_SEASONS[match[1]]}, EDTF for a season."
    if match := _QUARTER.match(plain):
        quarter, year = int(match[1] or match[4]), match[2] or match[3]
        return f"Write {year}-{quarter * 3 - 2:02}/{year}-{quarter * 3:02}."
    if match := _NUMERIC.match(plain):
        one, other, year = int(match[1]), int(match[3]), match[4]
        meant = [f"{year}-{m:02}-{d:02}" for d, m in ((one, other), (other, one)) if m <= 12]
        return f"Write {' or '.join(dict.fromkeys(meant)) or '2025-04-10'}."
    if _SERIAL.match(plain):
        day = _FIRST_SERIAL + dt.timedelta(days=int(plain))
        return f"If it is Excel’s number of a day, write {day}, or format the cell as a date."
    if match := _VAGUE.match(plain):
        about = match[1] if dates.is_edtf(match[1]) else _in_words(match[1])
        if about:
            return f"Write {about}~ for about then, or an interval such as 2025-01/2025-04."
    return (
        "Write 2025-04-10, 2025-04, 2025, 12 April 2025, 2025-04~ (about), 2025-21 (spring; 22 "
        "summer, 23 autumn, 24 winter) or a/b from one to another."
    )


def _find_code(word: str, labels: Mapping[str, str]) -> str:
    """The code that a word means: a code, or the label of one only.

    Raises:
        Unconverted: It means none of them, or several.
    """
    if word in labels:
        return word
    plain = word.casefold()
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda code, label: code.casefold() == plain,
        lambda code, label: label.casefold() == plain,
    )
    for is_meant in tests:
        meant = [code for code, label in labels.items() if is_meant(code, label)]
        if len(meant) == 1:
            return meant[0]
    known = [f"{code} ({label})" if code != label else code for code, label in labels.items()]
    more = f" … of {len(known)}" if len(known) > 20 else ""
    raise Unconverted(
        "The cell holds one of the codes, or a label, of its table.",
        f"Write one of: {', '.join(known[:20])}{more}; or add it to the table.",
    )
