"""What a command was asked: places, actors, scenarios and days, as words or as ids.

Whatever it does not know is one line on standard error and the exit status 2.
"""

import argparse
import datetime as dt
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.routes.network.scenarios import Scenario, build_scenario
from entente.routes.network.search import OBJECTIVES
from entente.routes.trips import label_actors, label_rows, label_scenarios

BROKEN, MISUSED = 1, 2
MOST_NAMED = 6


class NotUnderstood(Exception):
    """A word that means nothing here; the message is one line."""


def add_route_options(command: Any) -> None:
    """What all commands about routes take."""
    command.add_argument("origin", metavar="FROM", help="a node: its id or its name")
    command.add_argument("destination", metavar="TO", help="another node")
    command.add_argument("--as-of", metavar="DATE", help="a day; the dataset's last when missing")
    command.add_argument(
        "--scenario", metavar="ID", action="append", default=[], help="a what-if; may be repeated"
    )
    command.add_argument(
        "--by", choices=tuple(OBJECTIVES), default="time", help="what the best way has least of"
    )
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")


def print_answer(
    options: argparse.Namespace, answer: Callable[[argparse.Namespace, Dossier], str]
) -> int:
    """Print what `answer` says; 1 when the dataset is broken, 2 when a word is unknown."""
    try:
        print(answer(options, read_dossier(options.data)))
    except BrokenDataset as broken:
        print(f"{broken}: run `python -m entente check`", file=sys.stderr)
        return BROKEN
    except NotUnderstood as unknown:
        print(f"python -m entente: {unknown}", file=sys.stderr)
        return MISUSED
    return 0


def list_opening_lines(found: Mapping[str, Any], places: Mapping[str, str]) -> list[str]:
    """The first lines of an answer: what was asked, and who denies transit in any case."""
    switches = [*found["scenarios"], *(f"veto {actor}" for actor in found.get("vetoes", ()))]
    title = f"{places[found['from']]} – {places[found['to']]}, {found['as_of']}, by {found['by']}"
    denied = [f"{actor} lets none of this trade through." for actor in found["standing_vetoes"]]
    return [", ".join([title, *switches]), *denied]


def read_scenario(options: argparse.Namespace, dossier: Dossier) -> Scenario:
    """Date and switches."""
    chosen = [find("scenario", word, label_scenarios(dossier)) for word in options.scenario]
    as_of = read_day(options.as_of, dossier)
    return build_scenario(dossier.tables, as_of=as_of, scenario_ids=chosen)


def read_ends(options: argparse.Namespace, dossier: Dossier) -> tuple[str, str]:
    """Origin and destination, which are two."""
    labels = label_nodes(dossier)
    ends = find("place", options.origin, labels), find("place", options.destination, labels)
    if ends[0] == ends[1]:
        raise NotUnderstood(f"a way needs two places, not {ends[0]} twice")
    return ends


def read_actors(words: Sequence[str], dossier: Dossier) -> list[str]:
    """Actors, by id or name."""
    return [find("actor", word, label_actors(dossier)) for word in words]


def label_nodes(dossier: Dossier) -> dict[str, str]:
    """Node to its name."""
    return label_rows(dossier, "nodes", "node_id")


def read_day(text: str | None, dossier: Dossier) -> dt.date:
    """A day on which something is on record; the dataset's last when none was given."""
    first, last = dossier.earliest, dossier.horizon
    if text is None:
        return last
    try:
        chosen = dt.date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"unknown date {text!r}: write it as {last}") from None
    if not first <= chosen <= last:
        raise NotUnderstood(f"date {chosen} lies outside the record, {first} to {last}")
    return chosen


def find(what: str, word: str, labels: Mapping[str, str]) -> str:
    """The id that a word means: an id, a whole label, or a part of one label only.

    Raises:
        NotUnderstood: it means none of them, or several.
    """
    plain = _plain(word)
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda key, label: _plain(key) == plain,
        lambda key, label: _plain(label) == plain,
        lambda key, label: plain in [_plain(part) for part in re.split(r"[()/]", label)],
    )
    for is_meant in tests:
        meant = [key for key, label in labels.items() if plain and is_meant(key, label)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise NotUnderstood(f"{what} {word!r} may be {', '.join(meant[:MOST_NAMED])}")
    near = [key for key, label in labels.items() if plain and plain in _plain(label)]
    hint = f": perhaps {', '.join(near[:MOST_NAMED])}" if near else ""
    raise NotUnderstood(f"unknown {what} {word!r}{hint}")


def _plain(text: str) -> str:
    """Without case, accents and blanks at the ends, for comparing."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
