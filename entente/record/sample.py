"""Rows drawn at random, with all that supports them, and the sheet on which people check them."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dates import in_words
from entente.dossier.store import Dossier

# What can be drawn: the word for it, its table, and the table of its sources.
KINDS = (
    ("verdict", "assessments", "assessment_sources"),
    ("event", "events", "event_sources"),
    ("status", "leg_statuses", "leg_status_sources"),
    ("rate", "rates", "rate_sources"),
)

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """A row to check: its kind, its id, its cells, and the rows of its sources, oldest first."""

    kind: str
    row_id: str
    row: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]


def count_rows(tables: Tables) -> dict[str, int]:
    """How many rows of each kind there are to draw from."""
    return {kind: len(tables[name]) for kind, name, _ in KINDS}


def draw_rows(tables: Tables, *, count: int, seed: int) -> tuple[DrawnRow, ...]:
    """Rows drawn without replacement, by kind in proportion to their numbers.

    Rows are ranked by a hash of seed and id, so that equal arguments draw equal rows on every
    machine, whatever the order of the files.

    Args:
        tables: The dataset.
        count: How many rows; from four on, at least one of each kind that there is.
        seed: Any number; another one draws other rows.

    Returns:
        The rows by kind, then by id.

    Raises:
        ValueError: There are fewer rows, or less than one was asked for.
    """
    shares = share_out(count, count_rows(tables))
    return tuple(
        _read_row(tables, kind, name, links, row_id)
        for kind, name, links in KINDS
        for row_id in _draw_ids(tables[name].iloc[:, 0], shares[kind], seed)
    )


def share_out(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """A number shared out in proportion to sizes, by largest remainders.

    A size above nothing gets at least one, where there is one for each of them.

    Raises:
        ValueError: The number is below one, or above the sum of the sizes.
    """
    total = sum(sizes.values())
    if not 1 <= count <= total:
        raise ValueError(f"{count} rows cannot be drawn from {total}")
    present = [name for name, size in sizes.items() if size]
    floor = 1 if count >= len(present) else 0
    shares = {name: floor if size else 0 for name, size in sizes.items()}
    for _ in range(count - sum(shares.values())):
        lacking = {
            name: count * sizes[name] / total - shares[name]
            for name in present
            if shares[name] < sizes[name]
        }
        shares[max(lacking, key=lambda name: lacking[name])] += 1
    return shares


def _draw_ids(ids: pd.Series, count: int, seed: int) -> list[str]:
    """The ids that a seed ranks first, in order of the alphabet."""

    def rank(row_id: str) -> bytes:
        return hashlib.sha256(f"{seed} {ids.name} {row_id}".encode()).digest()

    return sorted(sorted(ids, key=rank)[:count])


def _read_row(tables: Tables, kind: str, name: str, links: str, row_id: str) -> DrawnRow:
    key = tables[name].columns[0]
    (row,) = tables[name][tables[name][key] == row_id].to_dict("records")
    cited = tables[links].loc[tables[links][key] == row_id, "source_id"]
    sources = tables["sources"][tables["sources"]["source_id"].isin(cited)]
    ordered = sources.sort_values(["published_edtf", "source_id"])
    return DrawnRow(kind=kind, row_id=row_id, row=row, sources=tuple(ordered.to_dict("records")))


INTRODUCTION = (
    "Read each row against its sources, or against others that you find. Tick one box: right when "
    "the sources bear out every word, doubtful when they do so in part or cannot be read, wrong "
    "when they say otherwise. Under Finding, say what is wrong and where that can be read."
)
BOXES = ("- [ ] right", "- [ ] doubtful", "- [ ] wrong", "", "Finding:")
_SYNTAX = re.compile(r"([\\`*_\[\]#|<>~&])")


def write_sheet(dossier: Dossier, *, count: int, seed: int) -> str:
    """The sheet of a draw, as Markdown.

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
