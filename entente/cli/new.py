"""`python -m entente new`: a small dossier to begin with, that runs at once."""

import argparse
import datetime as dt
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from entente.check.contract import PASSES, TABLES
from entente.check.faults import MEANINGS, BrokenDataset, clip, count_faults
from entente.check.rules_of_document import LONGEST_SHORT_NAME
from entente.cli.arguments import MISUSED, refuse
from entente.dossier.lookup import NotUnderstood, find_id

ABOUT = "write a small dossier to begin with, about a document and three states"
STATES, TERMINALS = 3, 2
# What fits a heading, in characters.
LONGEST = {"title": 300, "publisher": 120, "short_name": LONGEST_SHORT_NAME, "noun": 24}
# Option to the column of a table that takes it.
COLUMNS = {
    "title": ("document/document", "title"),
    "publisher": ("document/document", "publisher"),
    "short_name": ("document/document", "short_name"),
    "noun": ("document/document", "noun"),
    "day": ("document/document", "published_edtf"),
    "horizon": ("dataset", "horizon_edtf"),
    "url": ("sources", "url"),
}
_PLACE = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\Z")
Given = str | Sequence[str] | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing that the command has to know.

    Attributes:
        name: The option, with low lines.
        ask: What is asked on a terminal.
        is_optional: Whether it may be left out.
        count: How many answers it takes, with blanks or commas between.
    """

    name: str
    ask: str
    is_optional: bool = False
    count: int = 1

    @property
    def option(self) -> str:
        """As it is typed."""
        return f"--{self.name.replace('_', '-')}"


QUESTIONS = (
    Question(name="title", ask="Title of the document"),
    Question(name="publisher", ask="Its author or publisher"),
    Question(name="short_name", ask=f"Short name of that, at most {LONGEST_SHORT_NAME} characters"),
    Question(
        name="noun",
        ask="What kind of text it is, such as comment, statement or report; empty for document",
        is_optional=True,
    ),
    Question(name="day", ask="Day of publication, such as 2025-04-10"),
    Question(name="url", ask="Address where it can be read, with https://"),
    Question(
        name="states",
        ask="The three states that it is about, by name or ISO code, with commas between",
        count=STATES,
    ),
    Question(name="rival", ask="The state that it sets against them, if any", is_optional=True),
    Question(
        name="centre",
        ask="Middle of the map: a state, or latitude,longitude; empty for the middle of the states",
        is_optional=True,
    ),
    Question(
        name="terminals",
        ask="Start and end of a trade route on Entente's network, with a comma between, if any",
        is_optional=True,
        count=TERMINALS,
    ),
    Question(
        name="horizon",
        ask="Day of the newest source that you use; empty for the day of publication",
        is_optional=True,
    ),
)


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("new", help=ABOUT, description=ABOUT)
    command.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet")
    for question in QUESTIONS:
        words: dict[str, Any] = {"nargs": "+"} if question.count > 1 else {}
        command.add_argument(question.option, help=question.ask, **words)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the dossier, and say how to see it; 2, with every fault, when that cannot be done.

    On a terminal, whatever was not given is asked for, if any of it is needed.
    """
    from entente.build.new_dossier import write_dossier

    given: dict[str, Given] = {one.name: getattr(options, one.name) for one in QUESTIONS}
    faults = list(_check_folder(options.folder))
    try:
        if sys.stdin.isatty() and not faults:
            given = _ask(given)
        plan, found = make_plan(given)
        faults += found
        if plan is not None and not faults:
            write_dossier(plan, options.folder)
    except BrokenDataset as broken:
        faults += map(str, broken.faults)
    except (KeyboardInterrupt, EOFError):
        return refuse("new", "interrupted; nothing was written")
    except OSError as failed:
        return refuse("new", f"cannot write {options.folder}: {failed.strerror or failed}")
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        count = count_faults(faults)
        print(f"python -m entente new: {count}; nothing was written", file=sys.stderr)
        return MISUSED
    print(
        f"{options.folder}: a dossier of {plan.title if plan else ''}",
        f"See it: ENTENTE_DATA={options.folder} entente serve",
        f"Read {options.folder / 'README.md'}: what each table wants.",
        sep="\n",
    )
    return 0


def make_plan(given: Mapping[str, Given]) -> tuple[Any, list[str]]:
    """What the dossier is about, or None with every fault of the answers, a line each.

    Args:
        given: Answer by question; several answers as a list. None or empty text for no answer.
    """
    from entente.build.new_dossier import Plan, list_states, list_terminals

    faults: list[str] = []
    answers: dict[str, list[str]] = {}
    for question in QUESTIONS:
        answers[question.name] = _split(given.get(question.name), question.count)
        faults += _check_answer(question, answers[question.name])
    states, terminals = list_states(), list_terminals()
    labels = {code: state.label for code, state in states.items()}
    chosen = [_find(faults, "--states", "state", one, labels) for one in answers["states"]]
    rival = [_find(faults, "--rival", "state", one, labels) for one in answers["rival"]]
    ends = [
        _find(faults, "--terminals", "terminal", one, terminals) for one in answers["terminals"]
    ]
    centre = [_find_place(faults, one, labels) for one in answers["centre"]]
    for option, codes in (("--states", [*chosen, *rival]), ("--terminals", ends)):
        repeated = sorted({code for code in codes if code and codes.count(code) > 1})
        faults += [f"{option} {code!r}: named twice." for code in repeated]
    if faults:
        return None, faults
    middle = centre[0] if centre else None
    plan = Plan(
        title=answers["title"][0],
        publisher=answers["publisher"][0],
        short_name=answers["short_name"][0],
        noun=answers["noun"][0] if answers["noun"] else "",
        url=answers["url"][0],
        day=dt.date.fromisoformat(answers["day"][0]),
        states=tuple(states[code] for code in chosen),
        rival=states[rival[0]] if rival else None,
        centre=states[middle].point if isinstance(middle, str) else middle,
        terminals=tuple(ends),
        horizon=dt.date.fromisoformat(answers["horizon"][0]) if answers["horizon"] else None,
    )
    if plan.horizon and plan.horizon < plan.day:
        return None, [f"--horizon {_show(answers['horizon'][0])}: {_mean('horizon_too_early')}"]
    return plan, []


def _find(faults: list[str], option: str, what: str, word: str, labels: Mapping[str, str]) -> str:
    """The code that a word means; empty text, and one fault more, where it means none."""
    try:
        return find_id(what, word, labels)
    except NotUnderstood as unknown:
        near = get_close_matches(word.casefold(), {name.casefold() for name in labels.values()})
        known = [name for name in labels.values() if name.casefold() in near]
        hint = f" Perhaps {', '.join(known)}?" if known else ""
        faults.append(f"{option} {_show(word)}: {unknown}.{hint}")
        return ""


def _find_place(
    faults: list[str], word: str, labels: Mapping[str, str]
) -> str | tuple[float, float]:
    """The state, or longitude and latitude, that a word means."""
    match = _PLACE.match(word)
    if match is None:
        return _find(faults, "--centre", "state", word, labels)
    lat, lon = float(match[1]), float(match[2])
    if abs(lat) > 75 or abs(lon) > 180:
        faults.append(f"--centre {_show(word)}: latitude is within 75, longitude 180.")
    return lon, lat


def _split(given: Given, count: int) -> list[str]:
    """Answers without blanks at their ends and between words; several stand apart by commas."""
    words = [given] if isinstance(given, str) else list(given or ())
    if count > 1:
        words = (
            [part for word in words for part in word.split(",")] if len(words) < count else words
        )
    plain = [" ".join(word.split()) for word in words]
    return [word for word in plain if word]


def _check_answer(question: Question, answers: Sequence[str]) -> list[str]:
    if not answers and question.is_optional:
        return []
    if not answers:
        return [f"{question.option}: is missing. {question.ask}."]
    if len(answers) != question.count:
        return [f"{question.option}: takes {question.count} answers, not {len(answers)}."]
    return [fault for one in answers for fault in _check_text(question, one)]


def _check_text(question: Question, text: str) -> list[str]:
    """Faults of an answer by the contract of the column that takes it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return [f"{question.option} {_show(text)}: {_mean('not_utf8')}"]
    if question.name not in COLUMNS:
        return []
    table, name = COLUMNS[question.name]
    column = TABLES[table].columns[name]
    codes = [code for code in column.checks if not PASSES[code](text, column)]
    if len(text) > LONGEST.get(question.name, sys.maxsize):
        codes.append("too_long")
    return [f"{question.option} {_show(text)}: {_mean(code)}" for code in codes]


def _mean(code: str) -> str:
    return " ".join(MEANINGS[code])


def _show(text: str) -> str:
    """A text in quotation marks, short and printable whatever it holds."""
    return repr(clip(text))


def _check_folder(folder: Path) -> list[str]:
    """A folder that is not there, or is empty, can be written."""
    if folder.is_dir() and any(folder.iterdir()):
        return [f"{folder}: is not empty. Name a folder that is not there yet."]
    if folder.exists() and not folder.is_dir():
        return [f"{folder}: is a file. Name a folder that is not there yet."]
    return []


def _ask(given: Mapping[str, Given]) -> dict[str, Given]:
    """Ask for what was not given, again while an answer cannot be used.

    Where nothing is lacking that must be there, nothing is asked.
    """
    answers = dict(given)
    if all(answers[question.name] or question.is_optional for question in QUESTIONS):
        return answers
    for question in QUESTIONS:
        while not answers[question.name]:
            answers[question.name] = input(f"{question.ask}: ")
            _, found = make_plan({question.name: answers[question.name]})
            faults = [fault for fault in found if fault.startswith(question.option)]
            if not faults:
                break
            print(*faults, sep="\n", file=sys.stderr)
            answers[question.name] = None
    return answers
