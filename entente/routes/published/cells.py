"""Cells of a file as people write them: what they say of a quantity, a unit, a number or a day.

A number may have separators, or be a range; a date is EDTF or in words. What cannot be read is
refused, with a reason.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping

import pandas as pd

from entente.dates import is_edtf
from entente.routes.network.legs import SEA
from entente.routes.network.placing import ANY_MODE
from entente.routes.valuation.benchmarks import choose_day
from entente.routes.valuation.figures import BORDER, CARRIAGE, LENGTH

ENDLESS = 1e9
# Words of a mode, as they begin, to codes of modes. The longer stand first.
MODE_WORDS = {
    **dict.fromkeys(("rail", "train"), ("rail",)),
    **dict.fromkeys(("road", "truck", "lorr"), ("road",)),
    **dict.fromkeys(("ferr", "ro-ro", "roro"), ("ferry",)),
    **dict.fromkeys(("sea", "ship", "vessel", "ocean", "maritime", "feeder", "liner"), SEA),
    **dict.fromkeys(("river", "barge", "inland-water", "inland water"), ("inland-water",)),
}
ANY_WORDS = ("mixed", "multi", "inter", "any", "all", "combined")
# Words of a wait or of moving, as they begin, to the part of a route.
PART_WORDS = {
    "ferry wait": "ferry-wait",
    "ferry-wait": "ferry-wait",
    "ferry_wait": "ferry-wait",
    **dict.fromkeys(("border", "crossing", "customs"), BORDER),
    **dict.fromkeys(("port", "terminal"), "port"),
    **dict.fromkeys(("sailing", "running", "moving"), CARRIAGE),
}
WAITING = ("wait", "dwell", "queue", "delay")
# Words of a quantity and of its unit to what it is in the model.
QUANTITIES = {
    "cost_usd_per_teu": ("usd", "price", "cost", "freight", "tariff", "dollar", "$"),
    LENGTH: ("km", "kilomet", "distance", "length", "mile", "nm"),
    "days": (
        *("day", "hour", "week", "month", "minute", "hrs", "time", "duration", "transit"),
        *("d", "h", "hr", "min", *WAITING),
    ),
}
# Units by how they begin, with what one of them is in the model's.
UNITS: Mapping[str, tuple[tuple[str, str, float], ...]] = {
    "days": (
        ("hour", "hours", 1 / 24),
        ("hr", "hours", 1 / 24),
        ("h", "hours", 1 / 24),
        ("week", "weeks", 7.0),
        ("month", "months", 365.25 / 12),
        ("min", "minutes", 1 / 1440),
        ("d", "days", 1.0),
    ),
    LENGTH: (
        ("nautical", "nautical miles", 1.852),
        ("nm", "nautical miles", 1.852),
        ("mile", "miles", 1.609344),
        ("k", "km", 1.0),
    ),
}
DEFAULT_UNITS = {"days": "days", LENGTH: "km", "cost_usd_per_teu": "USD per TEU"}
FORTY_FOOT = re.compile(r"\b(feu|40)", re.IGNORECASE)
# What a price may be for that is not a container, and money that is not dollars.
NOT_A_CONTAINER = re.compile(
    r"truck|lorr|trailer|wagon|tonne|\bton\b|\btons\b|\bt\b|/t\b|kg|km|mile|\bcar\b|percent|%",
    re.IGNORECASE,
)
OTHER_MONEY = re.compile(
    r"eur|€|rub|₽|inr|₹|rupee|pkr|gbp|£|cny|yuan|rmb|chf|tl\b|lira", re.IGNORECASE
)
NUMBER = re.compile(r"\d[\d\s,.\u00a0\u202f'’]*")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
UNDATED = ("", "xxxx", "undated", "unknown", "n/a", "na", "none", "nd", "no date")
_LETTERS = {
    "days": ("h", "d", "day", "days"),
    LENGTH: ("k", "km", "kms", "kilometres", "kilometers"),
}


class Refused(Exception):
    """A row that cannot be placed; the message says why."""


def read_unit(quantity: str, unit: str) -> tuple[str, str, float]:
    """What is measured, the unit as we write it, and what one of it is in the model's unit."""
    words = f"{quantity} {unit}".casefold().strip()
    if not words:
        raise Refused("neither quantity nor unit is given")
    found = _find_quantity(unit) or _find_quantity(quantity)
    for name, text in (("quantity", quantity), ("unit", unit)):
        if not found and text:
            raise Refused(f"{name} {shorten(text)!r} is not a time, a price or a length")
    assert found
    if found == "cost_usd_per_teu":
        if OTHER_MONEY.search(words):
            raise Refused("the price is not in US dollars")
        if NOT_A_CONTAINER.search(words.replace("container", "")):
            raise Refused(f"a price in {shorten(unit or quantity)!r} is not one of a container")
        if FORTY_FOOT.search(words):
            return found, "USD per 40 ft", 0.5
        return found, "USD per TEU", 1.0
    for text in (unit, quantity):
        for word in re.findall(r"[a-z]+", text.casefold()):
            for start, name, factor in UNITS[found]:
                if word.startswith(start) and (len(start) > 1 or word in _LETTERS[found]):
                    return found, name, factor
    return found, DEFAULT_UNITS[found], 1.0


def _find_quantity(text: str) -> str | None:
    words = re.findall(r"[a-z]+|\$", text.casefold())
    for quantity, starts in QUANTITIES.items():
        for word in words:
            if any(word == one or (len(one) > 2 and word.startswith(one)) for one in starts):
                return quantity
    return None


def read_figure(row: Mapping[str, str]) -> tuple[float, list[str]]:
    """The figure, or the middle of its range, and what was assumed."""
    typical = _read_numbers(row["typical"], "typical")
    low, high = (_read_numbers(row[name], name) for name in ("low", "high"))
    if typical:
        return sum(typical[:2]) / len(typical[:2]), []
    if low and high:
        return (low[0] + high[-1]) / 2, []
    if low or high:
        side = "low" if low else "high"
        return (low or high)[0], [f"only the {side} figure is given, and taken as the figure"]
    raise Refused("no figure is given")


def _read_numbers(text: str, name: str) -> list[float]:
    """The numbers that a cell states: none, one, or the two ends of a range."""
    plain = text.translate(DASHES).strip()
    if not plain:
        return []
    if plain.startswith("-"):
        raise Refused(f"{name} {shorten(text)!r} is below zero")
    numbers = [_read_number(match) for match in NUMBER.findall(plain)]
    if not numbers or len(numbers) > 2:
        raise Refused(f"{name} {shorten(text)!r} is not a number")
    if not all(0 < number < ENDLESS for number in numbers):
        raise Refused(f"{name} {shorten(text)!r} is not a figure above zero")
    return numbers


def _read_number(text: str) -> float:
    """A number with separators of thousands and a point or comma for decimals; NaN for none."""
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", text).strip(".,")
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        digits = digits.replace(thousands, "")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return math.nan


def read_day(text: str, horizon: dt.date) -> tuple[dt.date, list[str]]:
    """The day that a figure speaks of: the middle of its date."""
    if not text or text.casefold().strip("?.- ") in UNDATED:
        return horizon, ["no date is given, so the newest day of the dataset is taken"]
    plain = text.translate(DASHES)
    if is_edtf(plain):
        try:
            return choose_day(plain), []
        except ValueError:
            raise Refused(f"date {shorten(text)!r} has no day") from None
    try:
        day = pd.to_datetime(plain, errors="coerce", dayfirst="." in plain)
    except (ValueError, OverflowError, TypeError):
        day = pd.NaT
    if pd.isna(day):
        raise Refused(f"date {shorten(text)!r} cannot be read")
    return day.date(), []


def find_part(mode: str, quantity: str) -> str | None:
    """Which part of a route a mode or a quantity speaks of; None for all of it."""
    for text in (mode, quantity):
        waits = any(word in text for word in WAITING)
        if waits and "ferr" in text:
            return "ferry-wait"
        words = re.findall(r"[a-z_-]+", text.replace("port to port", "").replace("transport", ""))
        for start, part in PART_WORDS.items():
            if any(word.startswith(start) for word in words) or (" " in start and start in text):
                return part
    return None


def find_modes(mode: str, part: str | None) -> frozenset[str]:
    """Codes of the modes that words name; any mode where none is said, or a mix."""
    found = {
        code
        for start, codes in MODE_WORDS.items()
        if re.search(rf"(?<![a-z]){re.escape(start)}", mode)
        for code in codes
    }
    if any(re.search(rf"(?<![a-z]){word}", mode) for word in ANY_WORDS) or not mode:
        return ANY_MODE
    if found:
        return frozenset(found)
    if part or any(word in mode for word in WAITING):
        return ANY_MODE
    raise Refused(f"mode {shorten(mode)!r} is not known")


def shorten(text: str) -> str:
    """Text as it is quoted in a reason: forty letters at most."""
    return text if len(text) <= 40 else f"{text[:39]}…"
