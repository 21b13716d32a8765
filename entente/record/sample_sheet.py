"""The sheet of `python -m entente sources --sample`: rows to check by hand, as Markdown."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from entente.dates import in_words
from entente.dossier.store import Dossier
from entente.record.sample import DrawnRow, count_rows, draw_rows

INTRODUCTION = (
    "Read each row against its sources, or against others that you find. Tick one box: right when "
    "the sources bear out every word, doubtful when they do so in part or cannot be read, wrong "
    "when they say otherwise. Under Finding, say what is wrong and where that can be read."
)
BOXES = ("- [ ] right", "- [ ] doubtful", "- [ ] wrong", "", "Finding:")
_SYNTAX = re.compile(r"([\\`*_\[\]#|<>~&])")


def write_sheet(dossier: Dossier, *, count: int, seed: int) -> str:
    """The sheet of a draw.

    Raises:
        ValueError: So many rows cannot be drawn.
    """
    rows, sizes = draw_rows(dossier.tables, count=count, seed=seed), count_rows(dossier.tables)
    drawn = Counter(row.kind for row in rows)
    share = ", ".join(f"{kind} {drawn[kind]} of {size}" for kind, size in sizes.items())
    lines = [
        f"# {count} row{'' if count == 1 else 's'} to check, seed {seed}",
        "",
        f"Dataset {dossier.version}, SHA-256 {dossier.digest}. Drawn: {share}.",
        "",
        INTRODUCTION,
    ]
    for number, row in enumerate(rows, 1):
        lines += ["", f"## {number}. {row.kind.capitalize()} {_literal(row.row_id)}", ""]
        lines += _SAY[row.kind](dossier, row.row)
        lines += ["", *_list_sources(dossier, row), "", *BOXES]
    return "\n".join(lines)


def _say_verdict(dossier: Dossier, row: Mapping[str, Any]) -> Iterator[str]:
    claims = dossier["claims"].set_index("claim_id")["claim"]
    verdict = dossier.labels("assessment_verdicts")[row["verdict_code"]]
    yield f"Claim {row['claim_id']}: {_literal(claims[row['claim_id']])}"
    yield ""
    yield f"**{_literal(verdict)}**, from {in_words(row['from_edtf'])}: {_literal(row['note'])}"


def _say_event(dossier: Dossier, row: Mapping[str, Any]) -> Iterator[str]:
    status = dossier.labels("event_statuses")[row["status_code"]]
    yield f"**{_literal(row['title'])}**, {in_words(row['date_edtf'])}, {_literal(row['place'])}"
    yield ""
    yield f"{_literal(status)}. {_literal(row['summary'])}"


def _say_status(dossier: Dossier, row: Mapping[str, Any]) -> Iterator[str]:
    leg = dossier["legs"].set_index("leg_id").loc[row["leg_id"]]
    places = dossier.labels("nodes")
    ends = f"{places[leg['from_node_id']]} – {places[leg['to_node_id']]}"
    status = dossier.labels("leg_statuses")[row["status_code"]]
    factor = "" if pd.isna(row["multiplier"]) else f", times {row['multiplier']:g}"
    mode = dossier.labels("modes")[leg["mode_code"]]
    yield f"Leg {row['leg_id']}: {_literal(ends)}, {_literal(mode.lower())}"
    yield ""
    yield (
        f"**{_literal(status)}**{factor}, from {in_words(row['from_edtf'])}: "
        f"{_literal(row['note'])}"
    )


def _say_rate(dossier: Dossier, row: Mapping[str, Any]) -> Iterator[str]:
    numbers = ", ".join(
        f"{bound} {row[bound]:g}" for bound in ("low", "typical", "high") if not pd.isna(row[bound])
    )
    basis = dossier.labels("bases")[row["basis_code"]]
    yield f"Rate: {_literal(row['label'])}, {_literal(row['scope'])}"
    yield ""
    notes = (row["year_note"], row["note"])
    said = "".join(f" {_literal(note)}" for note in notes if isinstance(note, str))
    yield f"**{numbers or 'no number'}** {_literal(row['unit'])} ({_literal(basis.lower())}).{said}"


_SAY: Mapping[str, Callable[[Dossier, Mapping[str, Any]], Iterator[str]]] = {
    "verdict": _say_verdict,
    "event": _say_event,
    "status": _say_status,
    "rate": _say_rate,
}


def _list_sources(dossier: Dossier, row: DrawnRow) -> Iterator[str]:
    tiers = dossier.labels("source_tiers")
    if not row.sources:
        yield "No source."
    for source in row.sources:
        published = source["published_edtf"]
        day = in_words(published) if isinstance(published, str) else "no date"
        tier = tiers[source["tier_code"]].lower()
        yield f"- {_literal(source['publisher'])}, {day}, {_literal(tier)}: <{source['url']}>"


def _literal(text: str) -> str:
    """Text that stands within a line, with the characters of Markdown's syntax escaped."""
    return _SYNTAX.sub(r"\\\1", text)
