"""`python -m entente verify-document FILE`: do the locators still point where they should?

The file is plain text, Markdown, or a simple page saved from a browser. What is printed are places
and claims, and never a word of the text.
"""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset
from entente.cli.arguments import add_dataset_options, format_json, refuse, report_broken
from entente.dossier.store import read_dossier
from entente.intake.files import Unreadable, read_document
from entente.record.locators import (
    CHANGED,
    DEFAULT_LANGUAGE,
    GOOD,
    MISSING,
    MOVED,
    Finding,
    Place,
    Verification,
    verify,
)

ABOUT = "check that the claims point to the right sentences in a copy of the document"
FILE = "the text: plain text, Markdown, or a web page saved from a browser"
DIFFERS = 1
Claims = dict[Place, list[str]]


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("verify-document", help=ABOUT, description=ABOUT)
    command.add_argument("file", metavar="FILE", type=Path, help=FILE)
    add_dataset_options(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what became of each sentence; 1 when anything differs, 2 when there is no text."""
    try:
        text = read_document(options.file)
        dossier = read_dossier(options.data)
    except Unreadable as why:
        return refuse("verify-document", why)
    except BrokenDataset as broken:
        return report_broken(broken, options.data)
    place = ["paragraph", "sentence"]
    known = dossier["document_sentences"].set_index(place)["digest"].to_dict()
    if not known:
        return refuse("verify-document", "this dossier has no sentences of its document")
    found = verify(
        text,
        known,
        salt=str(dossier["dataset"].at[0, "sentence_salt"]),
        languages=dict.fromkeys([DEFAULT_LANGUAGE, *dossier.labels("languages")]),
    )
    claims = dossier["claims"].groupby(place)["claim_id"].agg(list).to_dict()
    print(_format_json(found, claims) if options.json else _format_text(found, claims))
    return 0 if found.is_good else DIFFERS


def _format_json(found: Verification, claims: Claims) -> str:
    """Every sentence with its status, its place now and the claims read from it; the new ones."""
    counts = {**_count(found), "new": len(found.new), "claims_hit": _list_hit(found, claims)}
    sentences = [
        {
            **_place(finding.place),
            "status": finding.status,
            "now": _place(finding.now) if finding.now else None,
            "claims": claims.get(finding.place, []),
        }
        for finding in found.findings
    ]
    new = [_place(place) for place in found.new]
    return format_json({"summary": counts, "sentences": sentences, "new": new})


def _format_text(found: Verification, claims: Claims) -> str:
    """A line for each sentence that is not where it should be, and the whole in one line."""
    count, total = len(found.findings), sum(map(len, claims.values()))
    if not any(finding.status in (GOOD, MOVED) for finding in found.findings):
        return f"None of the {count} sentences was found: is this the document?"
    if found.is_good:
        return f"All {count} sentences and {total} locators match."
    lines = [_line(finding, claims) for finding in found.findings if finding.status != GOOD]
    lines += [f"{_words(place)}: new: no claim refers to it" for place in found.new]
    numbers = ", ".join(f"{number} {status}" for status, number in _count(found).items())
    hit = _list_hit(found, claims)
    named = f": {', '.join(hit)}" if hit else ""
    said = f"Sentences: {numbers}, {len(found.new)} new. Claims hit: {len(hit)} of {total}{named}."
    return "\n".join([*lines, said])


def _line(finding: Finding, claims: Claims) -> str:
    said = {
        MOVED: f"moved to {_words(finding.now or finding.place)}",
        CHANGED: "changed, another sentence stands there",
        MISSING: "missing",
    }[finding.status]
    hit = ", ".join(claims.get(finding.place, ())) or "no claim"
    return f"{_words(finding.place)}: {said} ({hit})"


def _list_hit(found: Verification, claims: Claims) -> list[str]:
    return [
        claim
        for finding in found.findings
        if finding.status != GOOD
        for claim in claims.get(finding.place, ())
    ]


def _count(found: Verification) -> dict[str, int]:
    counts = Counter(finding.status for finding in found.findings)
    return {status: counts[status] for status in (GOOD, MOVED, CHANGED, MISSING)}


def _place(place: Place) -> dict[str, int]:
    return {"paragraph": place[0], "sentence": place[1]}


def _words(place: Place) -> str:
    part = f"paragraph {place[0]}" if place[0] else "footnote"
    return f"{part}, sentence {place[1]}"
