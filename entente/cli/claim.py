"""`python -m entente claim ID`: what the page states of a claim, by lens and day."""

import argparse
import textwrap
from dataclasses import asdict
from functools import partial
from typing import Any

from entente.cli.arguments import (
    NotUnderstood,
    add_dataset_options,
    add_day_option,
    format_json,
    print_answer,
    read_day,
)
from entente.dates import day_in_words
from entente.dossier.store import Dossier
from entente.record.statements import UnknownClaim, state_claim
from entente.vocabulary import LENSES

ABOUT = "say what the comment and the record say of a claim on a day"
WIDTH, INDENT = 96, 10


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("claim", help=ABOUT, description=ABOUT)
    command.add_argument("claim_id", metavar="ID", help="the id of a claim")
    add_day_option(command)
    command.add_argument("--lens", choices=tuple(LENSES), default="both", help="which face to show")
    add_dataset_options(command)
    command.set_defaults(run=partial(print_answer, answer=answer_claim))


def answer_claim(options: argparse.Namespace, dossier: Dossier) -> str:
    """Every part of the statement as JSON, or a paragraph for each part that the lens shows."""
    as_of = read_day(options.as_of, dossier)
    try:
        stated = state_claim(dossier.tables, options.claim_id, as_of=as_of, lens=options.lens)
    except UnknownClaim as unknown:
        raise NotUnderstood(str(unknown)) from None
    if options.json:
        return format_json({**asdict(stated), "as_of": as_of.isoformat()})
    parts = {"Document": stated.document, "Claim": stated.about, "Record": stated.record}
    head = f"{stated.claim_id}, as of {day_in_words(stated.as_of)}, lens: {stated.lens}"
    return "\n".join([head, *(_paragraph(name, text) for name, text in parts.items() if text)])


def _paragraph(name: str, text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=f"{name:<{INDENT}}", subsequent_indent=" " * INDENT
    )
