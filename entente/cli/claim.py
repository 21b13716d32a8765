"""`python -m entente claim ID`: what the page states of a claim, by lens and day."""

import argparse
import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Any

from entente.cli.arguments import NotUnderstood, print_answer, read_day
from entente.dates import day_in_words
from entente.dossier.store import Dossier, data_folder
from entente.record.statements import Statement, UnknownClaim, state_claim
from entente.vocabulary import LENSES

ABOUT = "say what the comment and the record say of a claim on a day"
WIDTH, INDENT = 96, 10


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("claim", help=ABOUT, description=ABOUT)
    command.add_argument("claim_id", metavar="ID", help="the id of a claim")
    command.add_argument("--as-of", metavar="DATE", help="a day; the dataset's last when missing")
    command.add_argument("--lens", choices=tuple(LENSES), default="both", help="which face to show")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the statement; 1 when the dataset is broken, 2 when a word is unknown."""
    return print_answer(options, answer)


def answer(options: argparse.Namespace, dossier: Dossier) -> str:
    """The statement as JSON or for reading."""
    as_of = read_day(options.as_of, dossier)
    try:
        stated = state_claim(dossier.tables, options.claim_id, as_of=as_of, lens=options.lens)
    except UnknownClaim as unknown:
        raise NotUnderstood(str(unknown)) from None
    return as_json(stated) if options.json else as_text(stated)


def as_json(stated: Statement) -> str:
    """Every part by name."""
    return json.dumps(
        {**asdict(stated), "as_of": stated.as_of.isoformat()}, ensure_ascii=False, indent=2
    )


def as_text(stated: Statement) -> str:
    """One paragraph for each part that the lens shows."""
    parts = {"Document": stated.document, "Claim": stated.about, "Record": stated.record}
    head = f"{stated.claim_id}, as of {day_in_words(stated.as_of)}, lens: {stated.lens}"
    return "\n".join([head, *(_paragraph(name, text) for name, text in parts.items() if text)])


def _paragraph(name: str, text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=f"{name:<{INDENT}}", subsequent_indent=" " * INDENT
    )
