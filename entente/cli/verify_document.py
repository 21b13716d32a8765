"""`python -m entente verify-document FILE`: do the locators still point where they should?

It prints places and claims, and never a word of the text.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset
from entente.cli.arguments import BROKEN, MISUSED, NotUnderstood
from entente.cli.plain_text import read_text
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.record.locators import (
    CHANGED,
    GOOD,
    MISSING,
    MOVED,
    Finding,
    Place,
    Verification,
    verify,
)

ABOUT = "tell whether the locators of the claims point where they should in a text of the comment"
DIFFERS = 1
Claims = dict[Place, list[str]]


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("verify-document", help=ABOUT, description=ABOUT)
    command.add_argument("file", metavar="FILE", type=Path, help="plain text, or a saved web page")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what became of each sentence; 1 when anything differs, 2 when there is no text."""
    try:
        text = read_text(options.file)
        dossier = read_dossier(options.data)
    except NotUnderstood as unknown:
        print(f"python -m entente verify-document: {unknown}", file=sys.stderr)
        return MISUSED
    except BrokenDataset as broken:
        print(f"{broken}: run `python -m entente check`", file=sys.stderr)
        return BROKEN
    found = verified(text, dossier)
    print(as_json(found, dossier) if options.json else as_text(found, dossier))
    return 0 if found.is_good else DIFFERS


def verified(text: str, dossier: Dossier) -> Verification:
    """What became of the comment's sentences in `text`."""
    rows = dossier["document_sentences"].to_dict("records")
    known = {(row["paragraph"], row["sentence"]): row["digest"] for row in rows}
    return verify(text, known, salt=str(dossier["dataset"].at[0, "sentence_salt"]))


def as_json(found: Verification, dossier: Dossier) -> str:
    """Every sentence with its status, its place now and the claims read from it; the new ones."""
    claims = _claims(dossier)
    parts = {
        "summary": {**_counts(found), "new": len(found.new), "claims_hit": _hit(found, claims)},
        "sentences": [_record(finding, claims) for finding in found.findings],
        "new": [_place(place) for place in found.new],
    }
    return json.dumps(parts, ensure_ascii=False, indent=2)


def as_text(found: Verification, dossier: Dossier) -> str:
    """Text for a terminal: a line for each sentence that is not where it should be."""
    claims = _claims(dossier)
    if not _is_known(found):
        return summary(found, claims)
    lines = [_line(finding, claims) for finding in found.findings if finding.status != GOOD]
    lines += [f"{_words(place)}: new, no claim was read from it" for place in found.new]
    return "\n".join([*lines, summary(found, claims)])


def summary(found: Verification, claims: Claims) -> str:
    """The whole in one line."""
    counts, total = _counts(found), sum(map(len, claims.values()))
    if not _is_known(found):
        return f"None of the {len(found.findings)} sentences was found: is this the comment?"
    if found.is_good:
        return f"All {len(found.findings)} sentences and {total} locators good."
    numbers = ", ".join(f"{number} {status}" for status, number in counts.items())
    hit = _hit(found, claims)
    named = f": {', '.join(hit)}" if hit else ""
    return f"Sentences: {numbers}, {len(found.new)} new. Claims hit: {len(hit)} of {total}{named}."


def _is_known(found: Verification) -> bool:
    """Whether any sentence of the comment is in the text at all."""
    return any(finding.status in (GOOD, MOVED) for finding in found.findings)


def _line(finding: Finding, claims: Claims) -> str:
    said = {
        MOVED: f"moved to {_words(finding.now or finding.place)}",
        CHANGED: "changed, another sentence stands there",
        MISSING: "missing",
    }[finding.status]
    hit = ", ".join(claims.get(finding.place, ())) or "no claim"
    return f"{_words(finding.place)}: {said} ({hit})"


def _record(finding: Finding, claims: Claims) -> dict[str, Any]:
    return {
        **_place(finding.place),
        "status": finding.status,
        "now": _place(finding.now) if finding.now else None,
        "claims": claims.get(finding.place, []),
    }


def _claims(dossier: Dossier) -> Claims:
    """The claims read from each sentence."""
    claims: Claims = {}
    for row in dossier["claims"].to_dict("records"):
        claims.setdefault((row["paragraph"], row["sentence"]), []).append(row["claim_id"])
    return claims


def _hit(found: Verification, claims: Claims) -> list[str]:
    return [
        claim
        for finding in found.findings
        if finding.status != GOOD
        for claim in claims.get(finding.place, ())
    ]


def _counts(found: Verification) -> dict[str, int]:
    counts = Counter(finding.status for finding in found.findings)
    return {status: counts[status] for status in (GOOD, MOVED, CHANGED, MISSING)}


def _place(place: Place) -> dict[str, int]:
    return {"paragraph": place[0], "sentence": place[1]}


def _words(place: Place) -> str:
    part = f"paragraph {place[0]}" if place[0] else "footnote"
    return f"{part}, sentence {place[1]}"
