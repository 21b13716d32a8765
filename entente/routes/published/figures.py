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

from entente.dossier.lookup import NotUnderstood, find_id
from entente.dossier.store import Dossier
from entente.progress import follow
from entente.routes.network.legs import BY_SHIP, SEA, Step, tabulate_chains
from entente.routes.network.placing import ANY_MODE, NotPlaced, Placer, place_route, place_wait
from entente.routes.published.cells import (
    Refused,
    find_modes,
    find_part,
    read_day,
    read_figure,
    read_unit,
    shorten,
)
from entente.routes.valuation.calibration import Calibration, read_calibration
from entente.routes.valuation.figures import BORDER, CARRIAGE, LENGTH, PARTS, Valued, value_figure

MOST_BYTES, MOST_ROWS, MOST_NODES = 5_000_000, 2_000, 60
LONG_DAYS = 10.0
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
# Kinds that speak of what is promised, foreseen, or said of another route.
PROMISES = ("promis", "promot", "plan", "target", "rival", "potential", "announce", "forecast")


class Placed(NamedTuple):
    """The legs of a figure, the part of the route that it speaks of, and the node of a wait."""

    steps: tuple[Step, ...]
    part: str | None = None
    node_id: str = ""


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
        labels=dossier.labels("nodes"),
    )
    numbered = follow(enumerate(rows, start=1), "Published figures", len(rows))
    return [_answer(number, row, reader) for number, row in numbered]


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
        quantity, unit, factor = read_unit(row["quantity"], row["unit"])
        make = partial(make, quantity=quantity, unit=unit)
        published, remarks = read_figure(row)
        make = partial(make, published=published)
        as_of, said = read_day(row["date"], reader.dossier.horizon)
        make = partial(make, as_of=as_of)
        remarks += said
        placed = _place(row, as_of, reader)
        make = partial(make, legs=tuple(step.leg_id for step in placed.steps))
        if unit == "hours" and not placed.part and _is_by_ship(placed.steps):
            placed = placed._replace(part=CARRIAGE)
            remarks.append("a crossing in hours is taken as sailing alone")
        valued = _value(placed, quantity, as_of, reader)
    except (Refused, NotPlaced, NotUnderstood) as refused:
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


def _place(row: Mapping[str, str], as_of: dt.date, reader: Reader) -> Placed:
    """Where a row lies on the network."""
    mode = row["mode"].casefold()
    part = find_part(mode, row["quantity"].casefold())
    modes = find_modes(mode, part)
    nodes = [_find_node(name, row[name], reader) for name in ("origin", "destination") if row[name]]
    via = [word for word in re.split(r"\s*(?:>|→|->)\s*", row["via"]) if word.strip(" -")]
    if len(via) > MOST_NODES:
        raise Refused(f"via has more than {MOST_NODES} nodes")
    between = [_find_node("via", word, reader) for word in via]
    if not nodes and not between:
        raise Refused("neither origin nor destination is given")
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
        raise Refused(f"{origin} is origin and destination, and no wait there is named")
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
        raise Refused(f"{name} {shorten(plain)!r} is not a node")
    return find_id("node", plain, reader.labels)


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
