"""What the trade routes page says: the finding as title, the lead, status lines, stage names."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.dates.edtf import OPEN
from entente.dates.words import in_words
from entente.routes.modes.corridor_tables import Comparison
from entente.style.names import listed
from entente.style.palette import STATUS_SYMBOLS

NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"),
    *("Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
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


def place_name(label: str) -> str:
    """A place's name without what stands in brackets."""
    return label.split(" (", maxsplit=1)[0]


def finding(compared: Comparison, *, start: str, end: str, when: str) -> str:
    """How many ways there are and how many could be used, in a sentence.

    Args:
        compared: The corridors.
        start: Where from.
        end: Where to.
        when: "on 10 April 2025", or under what.
    """
    total = len(compared.ids)
    if not total:
        return f"No curated corridor joins {start} and {end}"
    counts = compared.corridors["condition"].value_counts()
    held = {name: int(counts[code]) for code, name in CONDITIONS.items() if code in counts}
    ways = f"{counted(total).capitalize()} {'way' if total == 1 else 'ways'} from {start} to {end}"
    if len(held) == 1:
        return f"{ways}; {when} {_all(total)} {next(iter(held))}"
    parts = [
        f"{counted(n)} {was(n) if place == 0 else ''}{name}".replace("  ", " ")
        for place, (name, n) in enumerate(held.items())
    ]
    return f"{ways}; {when} {listed(parts)}"


def lead(compared: Comparison) -> str:
    """The quickest and the cheapest usable way, and whether the ranges tell them apart."""
    usable = compared.usable
    if usable.empty:
        return "None could be used: all figures are as if the ways were open."
    quick = usable.loc[usable["days_typical"].idxmin()]
    cheap = usable.loc[usable["cost_usd_per_teu_typical"].idxmin()]
    days = f"about {rounded(quick['days_typical'])} days"
    price = f"about USD {rounded(cheap['cost_usd_per_teu_typical'])} per TEU"
    if len(usable) == 1:
        return (
            f"The one that could be used, {quick['short_label']}, takes {days} and costs {price}."
        )
    if quick["corridor_id"] == cheap["corridor_id"]:
        first = f"{quick['short_label']} comes out quickest, {days}, and cheapest, {price}."
    else:
        first = (
            f"{quick['short_label']} comes out quickest, {days}; "
            f"{cheap['short_label']} cheapest, {price}."
        )
    return f"{first} {_apart(usable)}"


def running(compared: Comparison, corridor_id: str) -> str:
    """How far a way goes and how many states it enters, in a sentence."""
    row = compared.of(corridor_id)
    entered = int(row["border_count"])
    states = f"{counted(entered)} {'border' if entered == 1 else 'borders'}"
    length = f"{round(float(row['distance_km']), -1):,.0f}"
    return f"{row['short_label']}: {length} km, {states}"


def waiting(compared: Comparison, corridor_id: str) -> str:
    """How much of a way's time is waiting, in a sentence."""
    own = compared.stages[compared.stages["corridor_id"] == corridor_id]
    days = float(compared.of(corridor_id)["days_typical"])
    share = own.loc[own["kind"] == "stop", "days_typical"].sum() / own["days_typical"].sum()
    waits, total = share * days, rounded(days)
    if not waits:
        return f"About {total} days on the move, with no waits on the way"
    return f"About {rounded(waits)} of its {total} days are spent waiting"


def _apart(usable: pd.DataFrame) -> str:
    overlap = usable["days_low"].max() <= usable["days_high"].min()
    if overlap:
        return "But the ranges of days all overlap: none is sure to be quicker than another."
    return "The ranges of days overlap for some, not for all."


def counted(number: int) -> str:
    """A small number in words."""
    return NUMBERS[number].lower() if number < len(NUMBERS) else str(number)


def was(number: int) -> str:
    """Was or were."""
    return "was " if number == 1 else "were "


def _all(total: int) -> str:
    return {1: "it was", 2: "both were"}.get(total, "all were")


def rounded(value: float) -> str:
    """A figure as exactly as an estimate deserves: two digits, whole numbers below a hundred."""
    if value <= 0 or math.isnan(value):
        return "0"
    step = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return f"{round(value / step) * step:,.0f}"


def spread(row: Mapping[str, Any], stem: str) -> dict[str, str]:
    """Typical figure and range of a quantity, rounded for reading."""
    low, typical, high = (float(row[f"{stem}_{bound}"]) for bound in ("low", "typical", "high"))
    return {"typical": rounded(typical), "range": f"{rounded(low)}–{rounded(high)}"}


def fine(row: Mapping[str, Any], stem: str) -> str:
    """The same for a single stage, where a tenth of a day counts: "1.7 (0.4–3.5)"."""
    low, typical, high = (float(row[f"{stem}_{bound}"]) for bound in ("low", "typical", "high"))
    places = 1 if stem == "days" else 0
    if not high:
        return "–"
    return f"{typical:,.{places}f} ({low:,.{places}f}–{high:,.{places}f})"


def published(low: object, typical: object, high: object) -> str:
    """A published range in words: "15–32, usually 23"; empty where nothing is published."""
    ends = [float(str(value)) for value in (low, high) if _is_number(value)]
    usual = f"{float(str(typical)):,.0f}" if _is_number(typical) else ""
    if not ends:
        return usual
    span = f"{ends[0]:,.0f}" if len(set(ends)) == 1 else f"{ends[0]:,.0f}–{ends[-1]:,.0f}"
    return f"{span}, usually {usual}" if usual and usual != span else span


def since(edtf: object) -> str:
    """Since when, in words; empty when it was so before anything on record."""
    return f"since {in_words(edtf)}" if isinstance(edtf, str) and edtf != OPEN else ""


def multiplied(factor: object) -> str:
    """The factor on moving time and price, where it is not one."""
    return f"× {float(str(factor)):g}" if _is_number(factor) and float(str(factor)) != 1 else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not math.isnan(value)
