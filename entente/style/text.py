"""How text is set, whatever it says."""

import re

from entente.dates import MONTHS, SHORT_MONTHS

WORD_JOINER, NO_BREAK_SPACE = "\u2060", "\u00a0"
_COMPOUND = re.compile(r"(?<=\w)–(?=\w)")
_MONTHS = "|".join(sorted({*MONTHS, *SHORT_MONTHS}))
_UNITS = "days?|weeks?|months?|years?|hours?|km|TEU|million|billion"
# Spaces within a day or a month of a year; a number with its unit; a currency with its amount;
# a number of a whole. None joins more than a few short words, so that all fit on a phone.
_WITHIN = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS}|{_UNITS})\b|%|of \d)"
    rf"|\b(?P<month>{_MONTHS}) (?=\d{{4}}\b)"
    r"|(?<=\b[A-Z]{3}) (?=\d)|(?<=\d of) (?=\d)"
)


def keep_compounds(text: str) -> str:
    """Text whose lines do not end within a compound, a date, or a number and what it is of.

    Browsers may end a line behind an en dash between letters or digits, and at any space, which
    leaves half a name or half a date at the end of a headline.
    """
    tied = _WITHIN.sub(lambda found: f"{found['month'] or ''}{NO_BREAK_SPACE}", text)
    return _COMPOUND.sub(f"–{WORD_JOINER}", tied)
