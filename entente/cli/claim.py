"""`python -m entente claim ID`: what the page states of a claim, by lens and day."""

import argparse
import textwrap
from dataclasses import asdict
from functools import partial
from typing import Any

from entente.cli.arguments import (
    add_dataset_options,
    add_day_option,
    format_json,
    print_answer,
    read_day,
)
from entente.dates import day_in_words
from entente.dossier.lookup import NotUnderstood
from entente.dossier.store import Dossier
from entente.record.evidence import UnknownClaim, state_claim
from entente.record.positions import describe_positions
from entente.vocabulary import LENSES

ABOUT = "show what the document and the record say about a claim on a date"
WIDTH, INDENT, STEP = 96, 10, 2
# What is told of a statement in JSON, beside the address of its source.
PARTS = ("position_id", "side", "answers_id", "date_edtf", "speaker", "text")


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("claim", help=ABOUT, description=ABOUT)
    command.add_argument("claim_id", metavar="ID", help="the claim's id")
    add_day_option(command)
    command.add_argument("--lens", choices=tuple(LENSES), default="both", help="what to show")
    add_dataset_options(command)
    command.set_defaults(run=partial(print_answer, answer=answer_claim))


def answer_claim(options: argparse.Namespace, dossier: Dossier) -> str:
    """What is stated of a claim and what each side says of it, in paragraphs or as JSON."""
    as_of = read_day(options.as_of, dossier)
    try:
        stated = state_claim(dossier.tables, options.claim_id, as_of=as_of, lens=options.lens)
    except UnknownClaim as unknown:
        raise NotUnderstood(str(unknown)) from None
    said = describe_positions(dossier, claim_id=stated.claim_id, as_of=as_of, lens=options.lens)
    if options.json:
        told = [
            {**{name: row[name] for name in PARTS}, "url": row["source"]["url"]} for row in said
        ]
        return format_json({**asdict(stated), "as_of": as_of.isoformat(), "positions": told})
    parts = {"Document": stated.document, "Claim": stated.about, "Record": stated.record}
    head = f"{stated.claim_id}, as of {day_in_words(stated.as_of)}, lens: {stated.lens}"
    paragraphs = [_paragraph(name, text) for name, text in parts.items() if text]
    heading = ["What each side says"] if said else []
    return "\n".join([head, *paragraphs, *heading, *map(_position_paragraph, said)])


def _paragraph(name: str, text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=f"{name:<{INDENT}}", subsequent_indent=" " * INDENT
    )


def _position_paragraph(position: dict[str, Any]) -> str:
    """A statement with its source; an answer stands further in."""
    answers, source = position["answers"], position["source"]
    side = f"{position['side']} answers {answers}" if answers else position["side"]
    indent = " " * (2 * STEP if answers else STEP)
    return textwrap.fill(
        f"{side}, {position['speaker']}, {position['date']}: {position['text']} "
        f"({source['publisher']}, {source['date']}: {source['url']})",
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * STEP,
        break_long_words=False,
        break_on_hyphens=False,
    )
