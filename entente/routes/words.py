"""Words of the trade routes page: figures as exactly as estimates deserve, waits, conditions."""

import math
from collections.abc import Mapping
from typing import Any

from entente.dates import OPEN, in_words

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
# Condition of a corridor to its word, and to the status whose symbol it has.
CONDITIONS = {
    "open": "open",
    "partial": "open with limits",
    "cut": "cut",
    "not-built": "not built",
}
CONDITION_STATUSES = {"open": "open", "partial": "partial", "cut": "closed", "not-built": "planned"}
USABLE = ("open", "partial")  # statuses of legs, and conditions of corridors
# Reason for a wait: one of them at a place, and all of them together.
WAITS = {
    "border": ("border", "waits at borders"),
    "port": ("change between ship and land", "changes between ship and land"),
    "ferry-port": ("change between ferry and land", "changes between ferry and land"),
    "mode-change": ("change between truck and train", "changes between truck and train"),
    "gauge-break": ("transhipment at a break of gauge", "breaks of gauge"),
    "service-wait": ("wait for the next departure", "waits for a departure"),
    "hindrance": ("delay or charge", "delays and charges"),
    "ferry-wait": ("wait for a sailing", "waits for a sailing"),
    "canal": ("canal passage and convoy", "canal passages"),
    "liner-calls": ("calls en route and waits for a berth", "calls and berths en route"),
}
LEAST_SHARE = 0.01
# What the range from P10 to P90 of the draws is called.
IF_RATES_ARE_RIGHT = "if our rates are right"


def shorten_place(label: str) -> str:
    """A place's name without what stands in brackets."""
    return label.split(" (", maxsplit=1)[0]


def spell_number(number: int) -> str:
    """A small number in words."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def round_estimate(value: float) -> str:
    """A figure as exactly as an estimate deserves: two digits, whole numbers below a hundred."""
    if value <= 0 or math.isnan(value):
        return "0"
    step = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return f"{round(value / step) * step:,.0f}"


def round_loss(value: float, quantity: str) -> str:
    """What a veto costs as exactly as an estimate deserves: whole days, or tens of dollars.

    Of less than a day, tenths are said.
    """
    if quantity == "usd":
        return f"{round(value, -1):,.0f}"
    return f"{value:.1f}" if 0.05 <= value < 0.95 else f"{value:,.0f}"


def say_days(value: float) -> str:
    """Days as one says them: "two days", "12 days", "less than a day"."""
    if value < 0.5:
        return "less than a day"
    days = round(value)
    return f"{spell_number(days)} {'day' if days == 1 else 'days'}"


def say_span(low: float, high: float) -> str:
    """Two ends of a range of days as whole numbers: "0–4"."""
    first, last = round(low), round(high)
    return f"{first}–{last}" if first != last else f"{first}"


def describe_range(row: Mapping[str, Any], quantity: str) -> str:
    """P10 to P90 of a quantity, rounded for reading: "14–43"."""
    return "–".join(round_estimate(row[f"{quantity}_{bound}"]) for bound in ("p10", "p90"))


def describe_stage(row: Mapping[str, Any], quantity: str) -> str:
    """Figure and range of a single stage, where a tenth of a day counts: "1.7 (0.4–3.5)"."""
    low, typical, high = (row[f"{quantity}_{bound}"] for bound in ("low", "typical", "high"))
    places = 1 if quantity == "days" else 0
    return f"{typical:,.{places}f} ({low:,.{places}f}–{high:,.{places}f})" if high else "–"


def describe_published(row: Mapping[str, Any], quantity: str) -> str:
    """A published range in words: "15–32, usually 23"; empty where nothing is published."""
    low, typical, high = (
        row.get(f"published_{quantity}_{bound}") for bound in ("low", "typical", "high")
    )
    ends = dict.fromkeys(f"{value:,.0f}" for value in (low, high) if _is_number(value))
    usual = f"{typical:,.0f}" if _is_number(typical) else ""
    span = "–".join(ends)
    return f"{span}, usually {usual}" if span and usual and usual != span else span or usual


def format_share(share: float) -> str:
    """A probability as a reader says it; never quite nought nor certain."""
    if 0 < share < LEAST_SHARE:
        return "under 1%"
    if 1 - LEAST_SHARE < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def say_since(edtf: object) -> str:
    """Since when, in words; empty when it was so before anything on record."""
    return f"since {in_words(edtf)}" if isinstance(edtf, str) and edtf != OPEN else ""


def say_factor(factor: object) -> str:
    """The factor on moving time and price, where it is not one."""
    return f"× {factor:g}" if _is_number(factor) and factor != 1 else ""


def format_days(value: float) -> str:
    """Days to a tenth."""
    return f"{value:.1f} {'day' if f'{value:.1f}' == '1.0' else 'days'}"


def format_amount(value: float, objective: str) -> str:
    """A total in the unit of an objective: "20.0 days", "USD 2,130", "1,990 kg CO2e".

    A mix is told in days.
    """
    if objective == "cost":
        return f"USD\u00a0{round(value, -1):,.0f}"
    return f"{round(value, -1):,.0f} kg CO2e" if objective == "co2e" else format_days(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not math.isnan(value)
