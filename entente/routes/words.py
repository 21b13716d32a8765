"""Words of the trade routes page: numbers as an estimate deserves them, waits and conditions."""

import math
from collections.abc import Mapping
from typing import Any

from entente.dates import OPEN, in_words
from entente.style.palette import STATUS_SYMBOLS

NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"),
    *("Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
# Condition of a corridor to its word and its symbol.
CONDITIONS = {
    "open": "open",
    "partial": "open with limits",
    "cut": "cut",
    "not-built": "not built",
}
CONDITION_SYMBOLS = {
    "open": STATUS_SYMBOLS["open"],
    "partial": STATUS_SYMBOLS["partial"],
    "cut": STATUS_SYMBOLS["closed"],
    "not-built": STATUS_SYMBOLS["planned"],
}
STOPS = {
    "border": "border",
    "port": "change between ship and land",
    "ferry-port": "change between ferry and land",
    "mode-change": "change between truck and train",
    "gauge-break": "transhipment at a break of gauge",
    "ferry-wait": "wait for a sailing",
    "canal": "canal passage and convoy",
    "liner-calls": "calls on the way and waits for a berth",
}
LEAST_SHARE = 0.01
SUPERLATIVES = {"time": "fastest", "cost": "cheapest", "co2e": "cleanest"}


def place_name(label: str) -> str:
    """A place's name without what stands in brackets."""
    return label.split(" (", maxsplit=1)[0]


def count_in_words(number: int) -> str:
    """A small number in words."""
    return NUMBERS[number].lower() if number < len(NUMBERS) else str(number)


def round_estimate(value: float) -> str:
    """A figure as exactly as an estimate deserves: two digits, whole numbers below a hundred."""
    if value <= 0 or math.isnan(value):
        return "0"
    step = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return f"{round(value / step) * step:,.0f}"


def describe_spread(row: Mapping[str, Any], stem: str) -> dict[str, str]:
    """Typical figure and range of a quantity, rounded for reading."""
    low, typical, high = (float(row[f"{stem}_{bound}"]) for bound in ("low", "typical", "high"))
    return {
        "typical": round_estimate(typical),
        "range": f"{round_estimate(low)}–{round_estimate(high)}",
    }


def describe_stage(row: Mapping[str, Any], stem: str) -> str:
    """Figure and range of a single stage, where a tenth of a day counts: "1.7 (0.4–3.5)"."""
    low, typical, high = (float(row[f"{stem}_{bound}"]) for bound in ("low", "typical", "high"))
    places = 1 if stem == "days" else 0
    if not high:
        return "–"
    return f"{typical:,.{places}f} ({low:,.{places}f}–{high:,.{places}f})"


def describe_published(low: object, typical: object, high: object) -> str:
    """A published range in words: "15–32, usually 23"; empty where nothing is published."""
    ends = [float(str(value)) for value in (low, high) if _is_number(value)]
    usual = f"{float(str(typical)):,.0f}" if _is_number(typical) else ""
    if not ends:
        return usual
    span = f"{ends[0]:,.0f}" if len(set(ends)) == 1 else f"{ends[0]:,.0f}–{ends[-1]:,.0f}"
    return f"{span}, usually {usual}" if usual and usual != span else span


def percent(share: float) -> str:
    """A probability as a reader says it; never quite nought nor certain."""
    if 0 < share < LEAST_SHARE:
        return "under 1 %"
    if 1 - LEAST_SHARE < share < 1:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")


def since(edtf: object) -> str:
    """Since when, in words; empty when it was so before anything on record."""
    return f"since {in_words(edtf)}" if isinstance(edtf, str) and edtf != OPEN else ""


def multiplied(factor: object) -> str:
    """The factor on moving time and price, where it is not one."""
    return f"× {float(str(factor)):g}" if _is_number(factor) and float(str(factor)) != 1 else ""


def days(value: float) -> str:
    """Days to a tenth."""
    return f"{value:.1f} {'day' if f'{value:.1f}' == '1.0' else 'days'}"


def amount(value: float, objective: str) -> str:
    """A total in the unit of an objective: "20 days", "USD 2,130", "1,990 kg CO2e".

    A mix is told in days.
    """
    if objective == "cost":
        return f"USD\u00a0{round(value, -1):,.0f}"
    return f"{round(value, -1):,.0f} kg CO2e" if objective == "co2e" else days(value)


def about(value: float, objective: str) -> str:
    """A total as "about" goes with it: no tenths where there are none."""
    return amount(value, objective).replace(".0 ", " ")


def name_best(objective: str) -> str:
    """What the best route is, with its article, to begin a sentence."""
    known = SUPERLATIVES.get(objective)
    return f"The {known}" if known else "By your mix the best"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not math.isnan(value)
