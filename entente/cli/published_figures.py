"""Published figures of anybody's own, from a file: lenient in reading, strict in telling.

A cell is read as people write it: a number with separators, a range, a date in EDTF or in words, a
node by its id or its label. What cannot be read or placed has a reason; nothing here raises on a
row, whatever it holds.
"""

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from entente.cli.arguments import NotUnderstood, find
from entente.dates import is_edtf
from entente.dossier.store import Dossier
from entente.routes.network.legs import BY_SHIP, SEA, Step, tabulate_chains
from entente.routes.network.placing import ANY_MODE, NotPlaced, Placer, place_route, place_wait
from entente.routes.valuation.benchmarks import choose_day
from entente.routes.valuation.calibration import Calibration, read_calibration
from entente.routes.valuation.figures import BORDER, CARRIAGE, LENGTH, PARTS, Valued, value_figure

MOST_BYTES, MOST_ROWS, MOST_NODES = 5_000_000, 2_000, 60
LONG_DAYS = 10.0
ENDLESS = 1e9
# Name of a column to the names that people give it.
COLUMNS = {
    "id": ("id", "figure_id", "benchmark_id"),
    "origin": ("origin_node", "origin", "from_node_id", "from_node", "from"),
    "destination": ("destination_node", "destination", "to_node_id", "to_node", "to"),
    "via": ("via", "route", "path"),
    "mode": ("mode", "mode_code", "modes"),
    "quantity": ("quantity", "metric", "metric_code"),
    "low": ("low", "min"),
    "typical": ("typical", "value", "figure", "median"),
    "high": ("high", "max"),
    "unit": ("unit", "units"),
    "date": ("date_of_figure", "date", "event_edtf", "as_of", "year"),
    "kind": ("figure_kind", "kind", "kind_code"),
}
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
# Kinds that speak of what is promised, foreseen, or said of another route.
PROMISES = ("promis", "promot", "plan", "target", "rival", "potential", "announce", "forecast")


class Placed(NamedTuple):
    """The legs of a figure, the part of the route that it speaks of, and the node of a wait."""

    steps: tuple[Step, ...]
    part: str | None = None
    node_id: str = ""


class _Refused(Exception):
    """A row that cannot be placed; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is told of one row.

    Attributes:
        id: That of the row, or its number from 1.
        kind: As it was written.
        published: The figure, or the middle of its range; NaN where none could be read.
        unit: The unit of all figures of this row.
        valued: What the model says, in that unit; None where the row could not be placed.
        reason: Why not; empty where it could.
        as_of: The day that it is held against.
        quantity: `distance_km`, `days` or `cost_usd_per_teu`; empty where it could not be read.
        days: The model's typical figure in days; NaN of anything else.
        legs: Ids of the legs, in order.
        remark: What was assumed.
    """

    id: str
    kind: str = ""
    published: float = math.nan
    unit: str = ""
    valued: Valued | None = None
    reason: str = ""
    as_of: dt.date | None = None
    quantity: str = ""
    days: float = math.nan
    legs: tuple[str, ...] = ()
    remark: str = ""

    @property
    def is_promise(self) -> bool:
        """Whether it promises or argues, rather than tells."""
        return any(word in self.kind.casefold() for word in PROMISES)

    def is_inside(self, low: str, high: str) -> bool | None:
        """Whether the figure lies in that range of the model's; None where there is no range."""
        if self.valued is None or self.quantity == LENGTH:
            return None
        return bool(getattr(self.valued, low) <= self.published <= getattr(self.valued, high))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What rows are read against.

    Attributes:
        dossier: The dataset.
        placer: Of the same dataset.
        calibration: The errors of the model.
        labels: Node to its label.
        known: What the model said of a route, so that it is not asked twice.
    """

    dossier: Dossier
    placer: Placer
    calibration: Calibration
    labels: Mapping[str, str]
    known: dict[Any, Valued | None] = field(default_factory=dict)


def answer_file(path: Path, dossier: Dossier) -> list[Answer]:
    """What the model says of each row of a file.

    Raises:
        NotUnderstood: the file cannot be read, is too large, or has no such columns.
    """
    rows = _read_rows(path)
    reader = Reader(
        dossier=dossier,
        placer=Placer(dossier.tables),
        calibration=read_calibration(dossier.tables),
        labels=dict(zip(dossier["nodes"]["node_id"], dossier["nodes"]["label"], strict=True)),
    )
    return [_answer(number, row, reader) for number, row in enumerate(rows, start=1)]


def summarise_answers(answers: Sequence[Answer]) -> dict[str, dict[str, Any]]:
    """Coverage of both ranges: of all times, of long and short ones, and of prices.

    A route is long from ten days on, by the model's typical figure. `without promises` leaves out
    what promises, foresees, or speaks of another route.
    """
    placed = [one for one in answers if one.is_inside("p10", "p90") is not None]
    days = [one for one in placed if one.quantity == "days"]
    groups = {
        "all": placed,
        "days": days,
        "ten days and more": [one for one in days if one.days >= LONG_DAYS],
        "less than ten days": [one for one in days if one.days < LONG_DAYS],
        "prices": [one for one in placed if one.quantity == "cost_usd_per_teu"],
    }
    parts = {"all figures": groups}
    parts["without promises"] = {
        name: [one for one in rows if not one.is_promise] for name, rows in groups.items()
    }
    return {part: {name: _count(rows) for name, rows in own.items()} for part, own in parts.items()}


def _count(rows: Sequence[Answer]) -> dict[str, Any]:
    stage = [bool(one.is_inside("p10", "p90")) for one in rows]
    calibrated = [bool(one.is_inside("calibrated_p10", "calibrated_p90")) for one in rows]
    return {
        "count": len(rows),
        "stage_coverage": sum(stage) / len(rows) if rows else None,
        "calibrated_coverage": sum(calibrated) / len(rows) if rows else None,
    }


def _read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file by our names of columns; what has no such column is empty."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotUnderstood(f"{path} is larger than {MOST_BYTES // 1_000_000} MB")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotUnderstood(f"cannot read {path}: {error}") from None
    text = re.sub(r"\r\n?", "\n", _decode(content).replace("\0", ""))
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        header, *lines = [
            row for row in csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter) if any(row)
        ] or [[]]
    except csv.Error as error:
        raise NotUnderstood(f"{path} is not a table of comma-separated values: {error}") from None
    named = [re.sub(r"[\s-]+", "_", name.strip().casefold()) for name in header]
    places = {
        name: next((named.index(word) for word in words if word in named), None)
        for name, words in COLUMNS.items()
    }
    lacking = [COLUMNS[name][0] for name in ("origin", "destination") if places[name] is None]
    if places["typical"] is None and (places["low"] is None or places["high"] is None):
        lacking.append("typical")
    if lacking:
        raise NotUnderstood(f"{path} has no column {', '.join(lacking)}")
    if len(lines) > MOST_ROWS:
        raise NotUnderstood(f"{path} has {len(lines)} rows, more than {MOST_ROWS}: split it")
    return [
        {
            name: line[place].strip() if place is not None and place < len(line) else ""
            for name, place in places.items()
        }
        for line in lines
    ]


def _decode(content: bytes) -> str:
    """Text in the encoding that it is most likely in; any bytes are some text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _answer(number: int, row: Mapping[str, str], reader: Reader) -> Answer:
    """What is told of a row; every row has an answer."""
    make = partial(Answer, id=row["id"] or str(number), kind=row["kind"])
    try:
        quantity, unit, factor = _read_unit(row["quantity"], row["unit"])
        make = partial(make, quantity=quantity, unit=unit)
        published, remarks = _read_figure(row)
        make = partial(make, published=published)
        as_of, said = _read_day(row["date"], reader.dossier.horizon)
        make = partial(make, as_of=as_of)
        remarks += said
        placed = _place(row, as_of, reader)
        make = partial(make, legs=tuple(step.leg_id for step in placed.steps))
        if unit == "hours" and not placed.part and _is_by_ship(placed.steps):
            placed = placed._replace(part=CARRIAGE)
            remarks.append("a crossing in hours is taken as sailing alone")
        valued = _value(placed, quantity, as_of, reader)
    except (_Refused, NotPlaced, NotUnderstood) as refused:
        return make(reason=str(refused))
    if valued is None or not valued.p50:
        return make(reason=f"the model has no {'price' if valued else 'stage'} of that kind there")
    if valued.condition in ("cut", "not-built"):
        remarks.append("valued as if open: a leg was shut or not built on the day")
    own = {name: getattr(valued, name) / factor for name in Valued._fields[:7]}
    return make(
        valued=valued._replace(**own),
        days=valued.p50 if quantity == "days" else math.nan,
        remark="; ".join(remarks),
    )


def _value(placed: Placed, quantity: str, as_of: dt.date, reader: Reader) -> Valued | None:
    turned = tuple((step.leg_id, step.is_reversed) for step in placed.steps)
    key = (turned, *placed[1:], quantity, as_of)
    if key not in reader.known:
        reader.known[key] = value_figure(
            tabulate_chains([("figure", placed.steps)]),
            reader.dossier.tables,
            quantity=quantity,
            as_of=as_of,
            calibration=reader.calibration,
            part_code=placed.part,
            node_id=placed.node_id,
        )
    return reader.known[key]


def _read_unit(quantity: str, unit: str) -> tuple[str, str, float]:
    """What is measured, the unit as we write it, and what one of it is in the model's unit."""
    words = f"{quantity} {unit}".casefold().strip()
    if not words:
        raise _Refused("neither quantity nor unit is given")
    found = _find_quantity(unit) or _find_quantity(quantity)
    for name, text in (("quantity", quantity), ("unit", unit)):
        if not found and text:
            raise _Refused(f"{name} {_shorten(text)!r} is not a time, a price or a length")
    assert found
    if found == "cost_usd_per_teu":
        if OTHER_MONEY.search(words):
            raise _Refused("the price is not in US dollars")
        if NOT_A_CONTAINER.search(words.replace("container", "")):
            raise _Refused(f"a price in {_shorten(unit or quantity)!r} is not one of a container")
        if FORTY_FOOT.search(words):
            return found, "USD per 40 ft", 0.5
        return found, "USD per TEU", 1.0
    for text in (unit, quantity):
        for word in re.findall(r"[a-z]+", text.casefold()):
            for start, name, factor in UNITS[found]:
                if word.startswith(start) and (len(start) > 1 or word in _LETTERS[found]):
                    return found, name, factor
    return found, DEFAULT_UNITS[found], 1.0


_LETTERS = {
    "days": ("h", "d", "day", "days"),
    LENGTH: ("k", "km", "kms", "kilometres", "kilometers"),
}


def _find_quantity(text: str) -> str | None:
    words = re.findall(r"[a-z]+|\$", text.casefold())
    for quantity, starts in QUANTITIES.items():
        for word in words:
            if any(word == one or (len(one) > 2 and word.startswith(one)) for one in starts):
                return quantity
    return None


def _read_figure(row: Mapping[str, str]) -> tuple[float, list[str]]:
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
    raise _Refused("no figure is given")


def _read_numbers(text: str, name: str) -> list[float]:
    """The numbers that a cell states: none, one, or the two ends of a range."""
    plain = text.translate(DASHES).strip()
    if not plain:
        return []
    if plain.startswith("-"):
        raise _Refused(f"{name} {_shorten(text)!r} is below zero")
    numbers = [_read_number(match) for match in NUMBER.findall(plain)]
    if not numbers or len(numbers) > 2:
        raise _Refused(f"{name} {_shorten(text)!r} is not a number")
    if not all(0 < number < ENDLESS for number in numbers):
        raise _Refused(f"{name} {_shorten(text)!r} is not a figure above zero")
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


def _read_day(text: str, horizon: dt.date) -> tuple[dt.date, list[str]]:
    """The day that a figure speaks of: the middle of its date."""
    if not text or text.casefold().strip("?.- ") in UNDATED:
        return horizon, ["no date is given, so the newest day of the dataset is taken"]
    plain = text.translate(DASHES)
    if is_edtf(plain):
        try:
            return choose_day(plain), []
        except ValueError:
            raise _Refused(f"date {_shorten(text)!r} has no day") from None
    try:
        day = pd.to_datetime(plain, errors="coerce", dayfirst="." in plain)
    except (ValueError, OverflowError, TypeError):
        day = pd.NaT
    if pd.isna(day):
        raise _Refused(f"date {_shorten(text)!r} cannot be read")
    return day.date(), []


def _place(row: Mapping[str, str], as_of: dt.date, reader: Reader) -> Placed:
    """Where a row lies on the network."""
    mode = row["mode"].casefold()
    part = _find_part(mode, row["quantity"].casefold())
    modes = _find_modes(mode, part)
    nodes = [_find_node(name, row[name], reader) for name in ("origin", "destination") if row[name]]
    via = [word for word in re.split(r"\s*(?:>|→|->)\s*", row["via"]) if word.strip(" -")]
    if len(via) > MOST_NODES:
        raise _Refused(f"via has more than {MOST_NODES} nodes")
    between = [_find_node("via", word, reader) for word in via]
    if not nodes and not between:
        raise _Refused("neither origin nor destination is given")
    if not row["origin"]:
        nodes = [between[0] if between else nodes[0], *nodes]
    if not row["destination"]:
        nodes = [*nodes, between[-1] if between else nodes[-1]]
    origin, destination = nodes[0], nodes[-1]
    chain = [origin, *between, destination]
    chain = [node for place, node in enumerate(chain) if place == 0 or node != chain[place - 1]]
    if part == BORDER and modes == ANY_MODE and _has_road(chain, reader):
        modes = frozenset({"road"})
    if len(chain) > 1:
        steps = place_route(reader.placer, chain, modes=modes, as_of=as_of)
        return Placed(steps, part)
    part = part if part in PARTS else _guess_wait(origin, mode, reader)
    if not part:
        raise _Refused(f"{origin} is origin and destination, and no wait there is named")
    steps = place_wait(reader.placer, origin, modes=modes, reasons=PARTS[part])
    return Placed(steps, part, origin)


def _has_road(chain: Sequence[str], reader: Reader) -> bool:
    """Whether a road crosses a border at a node, or joins the first to the last.

    Waits at borders are mostly told of lorries; where no mode is said, a road is meant if there is
    one.
    """
    states = reader.placer.places.states
    return any(
        step.mode_code == "road"
        and (step.to_node_id == chain[-1] or len(chain) == 1)
        and states[step.to_node_id] != states[step.from_node_id]
        for step in reader.placer.steps[chain[0]]
    )


def _is_by_ship(steps: Sequence[Step]) -> bool:
    return all(step.mode_code in (*SEA, *BY_SHIP) for step in steps)


def _find_part(mode: str, quantity: str) -> str | None:
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


def _find_modes(mode: str, part: str | None) -> frozenset[str]:
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
    raise _Refused(f"mode {_shorten(mode)!r} is not known")


def _guess_wait(node_id: str, mode: str, reader: Reader) -> str | None:
    """What a figure for one place is about, where it does not say: the wait of its kind there."""
    kinds = reader.placer.places.kinds
    if "ferr" in mode:
        return "ferry-wait"
    if kinds[node_id].endswith("-border"):
        return BORDER
    return "port" if kinds[node_id].endswith("port") else None


def _find_node(name: str, word: str, reader: Reader) -> str:
    """The node that a cell means, by its id or its label."""
    plain = word.strip()
    exact = plain.upper()
    if exact in reader.labels:
        return exact
    if len(plain) > 100:
        raise _Refused(f"{name} {_shorten(plain)!r} is not a node")
    return find("node", plain, reader.labels)


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def iterate_cells(answers: Sequence[Answer]) -> Iterator[tuple[str, ...]]:
    """Cells of the table of answers, a row each."""
    for one in answers:
        if one.valued is None:
            published = "" if math.isnan(one.published) else f"{one.published:,.4g}"
            yield (one.id, one.kind, one.unit, published, "", "", "", f"not placed: {one.reason}")
            continue
        shape = ",.1f" if one.quantity == "days" else ",.0f"
        figures = one.valued
        has_range = one.is_inside("p10", "p90") is not None
        yield (
            one.id,
            one.kind,
            one.unit,
            format(one.published, shape),
            format(figures.p50, shape),
            f"{figures.p10:{shape}}–{figures.p90:{shape}}" if has_range else "",
            f"{figures.calibrated_p10:{shape}}–{figures.calibrated_p90:{shape}}"
            if has_range
            else "",
            _say_where(one),
        )


def _say_where(one: Answer) -> str:
    inside, likely = one.is_inside("p10", "p90"), one.is_inside("calibrated_p10", "calibrated_p90")
    if inside is None:
        return ""
    return "in both" if inside else "in the calibrated range" if likely else "outside"
