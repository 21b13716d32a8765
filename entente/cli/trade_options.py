"""Options of `routes` and `leverage` about services, hindrances and volumes."""

import argparse
import re
from collections.abc import Mapping
from typing import Any

from entente.dossier.lookup import NotUnderstood, find_id
from entente.dossier.store import Dossier
from entente.routes.network.scenarios import Hindrance, Unit
from entente.routes.network.search import read_value_of_time

MOST_VOLUME, MOST_MONTHS, MOST_AMOUNT = 1_000_000.0, 120, 1_000_000.0
RATION = re.compile(r"(?P<amount>[^%a-z]+)(?P<unit>%|[a-z]+)?")
UNITS: Mapping[str | None, Unit] = {
    None: "teu",
    "teu": "teu",
    "lorries": "lorries",
    "trains": "trains",
    "%": "share",
}


def add_trade_options(command: Any) -> None:
    """What both commands take about services, hindrances and volumes."""
    command.add_argument(
        "--services", metavar="VARIANT", help="network variant: which services may carry the goods"
    )
    command.add_argument(
        "--value-of-time",
        metavar="USD",
        help="value of a day per TEU, or the id of a kind of goods (default: the first)",
    )
    for option, metavar, about in (
        ("--slow", "ACTOR=HOURS", "an actor slows transit at its borders and ports; repeatable"),
        ("--charge", "ACTOR=USD", "an actor charges each TEU at its borders and ports; repeatable"),
        (
            "--ration",
            "ACTOR=N",
            "an actor lets N TEU a day through each, or 50%%, 20lorries, 2trains; repeatable",
        ),
    ):
        command.add_argument(option, metavar=metavar, action="append", default=[], help=about)
    command.add_argument(
        "--volume", metavar="TEU", type=_read_volume, help="boxes a month, spread over routes"
    )
    command.add_argument(
        "--months", metavar="N", type=_read_months, default=1, help="number of months"
    )


def _read_volume(text: str) -> float:
    volume = _read_number(text)
    if volume is None or not 0 < volume <= MOST_VOLUME:
        raise argparse.ArgumentTypeError(f"a volume is a number of TEU a month, not {text!r}")
    return volume


def _read_months(text: str) -> int:
    months = _read_number(text)
    if months is None or months != int(months) or not 1 <= months <= MOST_MONTHS:
        raise argparse.ArgumentTypeError(
            f"months are a whole number to {MOST_MONTHS}, not {text!r}"
        )
    return int(months)


def _read_number(text: str) -> float | None:
    """A number that is neither negative nor infinite; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def read_services(options: argparse.Namespace, dossier: Dossier) -> str:
    """The variant of the network that was asked for, or the first."""
    variants = dossier["network_variants"].sort_values("sequence")["variant_id"].tolist()
    if options.services is None:
        return str(variants[0])
    return find_id("variant", options.services, dossier.labels("network_variants"))


def read_value(options: argparse.Namespace, dossier: Dossier) -> float:
    """The value of time that was asked for, or that of the first kind of goods.

    Raises:
        NotUnderstood: it is neither a number nor a kind of goods, or none is on record.
    """
    goods = dossier["values_of_time"].sort_values("sequence")
    word = options.value_of_time
    if word is None and goods.empty:
        raise NotUnderstood("no value of time is on record: give one with --value-of-time USD")
    if word is not None and _read_number(word.lstrip("-+")) is not None:
        try:
            return read_value_of_time(word)
        except ValueError as wrong:
            raise NotUnderstood(f"{wrong}, not {word}") from None
    labels = dossier.labels("values_of_time")
    chosen = goods["value_of_time_id"].iloc[0] if word is None else find_id("goods", word, labels)
    return float(goods.set_index("value_of_time_id").at[chosen, "typical"])


def read_hindrances(options: argparse.Namespace, dossier: Dossier) -> tuple[Hindrance, ...]:
    """The hindrances that were asked for: delays, then charges, then rations.

    Raises:
        NotUnderstood: an actor or an amount means nothing.
    """
    read = []
    for option, degree, what in (
        ("slow", "slows", "hours"),
        ("charge", "charges", "USD per TEU"),
        ("ration", "rations", "TEU a day, 50%, 20lorries or 2trains"),
    ):
        for words in getattr(options, option):
            actor, found, text = words.rpartition("=")
            if not found:
                raise NotUnderstood(f"--{option} {words!r}: write ACTOR=N, N in {what}")
            known = find_id("actor", actor, dossier.labels("actors"))
            amount, unit = _read_amount(text, is_ration=option == "ration")
            if amount is None:
                raise NotUnderstood(f"--{option} {words!r}: {text!r} is not a number of {what}")
            read.append(Hindrance(known, degree, amount, unit))  # type: ignore[arg-type]
    return tuple(read)


def _read_amount(text: str, *, is_ration: bool) -> tuple[float | None, Unit]:
    """A number with its unit; None where it means nothing."""
    parts = RATION.fullmatch(text.strip().casefold())
    if not parts or parts["unit"] not in UNITS or (parts["unit"] and not is_ration):
        return None, "teu"
    amount, unit = _read_number(parts["amount"]), UNITS[parts["unit"]]
    if amount is None or amount > (100 if parts["unit"] == "%" else MOST_AMOUNT):
        return None, unit
    return (amount / 100 if parts["unit"] == "%" else amount), unit
