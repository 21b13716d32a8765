"""What is said and what is on record about a claim on a day, as text: one statement a lens."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dates import day_in_words, in_words
from entente.dossier.document import Document
from entente.record.evidence import find_runs, find_verdicts
from entente.vocabulary import LENSES

Tables = Mapping[str, pd.DataFrame]


class UnknownClaim(LookupError):
    """No claim has that id; `str()` of it is a sentence, also for ids that were retired."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A claim through a lens on a day. A part that the lens does not show is empty.

    Attributes:
        claim_id: The claim.
        as_of: The day whose knowledge counts.
        lens: `document`, `record` or `both`.
        document: What the document says, with its place, the author's certainty, and whether it is
            trivial.
        about: The bare claim, for the lens `record`: only to say what the verdict is on.
        record: The verdict of the day, since when, on how many sources, and why.
        verdict_code: Empty without a verdict, or where the lens shows none.
        since_edtf: From when the verdict has held without a break.
        source_count: Sources of the assessment that holds.
    """

    claim_id: str
    as_of: dt.date
    lens: str
    document: str = ""
    about: str = ""
    record: str = ""
    verdict_code: str = ""
    since_edtf: str = ""
    source_count: int = 0


def state_claim(tables: Tables, claim_id: str, *, as_of: dt.date, lens: str = "both") -> Statement:
    """What a lens shows of one claim on a day.

    Args:
        tables: `claims`, `assessments`, `assessment_sources`, `retired`, and the code tables of
            hedges and verdicts.
        claim_id: The claim.
        as_of: Verdicts that begin later are not looked at.
        lens: `document`, `record` or `both`.

    Raises:
        UnknownClaim: `claim_id` names no claim.
        ValueError: `lens` is none.
    """
    if lens not in LENSES:
        raise ValueError(f"no lens {lens!r}")
    rows = tables["claims"][tables["claims"]["claim_id"] == claim_id]
    if rows.empty:
        raise UnknownClaim(_say_retirement(tables, claim_id) or f"no claim {claim_id!r}")
    claim = rows.iloc[0]
    return Statement(
        claim_id=claim_id,
        as_of=as_of,
        lens=lens,
        document="" if lens == "record" else _say_document(tables, claim, as_of),
        about=str(claim["claim"]) if lens == "record" else "",
        **({} if lens == "document" else _describe_record(tables, claim_id, as_of)),
    )


def say_place(claim: Mapping[str, object] | pd.Series) -> str:
    """Where in the document a claim stands."""
    part = "Footnote" if claim["paragraph"] == 0 else f"Paragraph {claim['paragraph']}"
    return f"{part}, sentence {claim['sentence']}"


def say_since(since: str, confirmed: str, *, source_count: int) -> str:
    """Since when a verdict has held, when it was last confirmed, and on how many sources."""
    sources = f"{source_count} source{'' if source_count == 1 else 's'}"
    if since == confirmed:
        return f"since {in_words(since)}, on {sources}"
    return f"since {in_words(since)}, confirmed {in_words(confirmed)} on {sources}"


def _say_retirement(tables: Tables, claim_id: str) -> str:
    """When and why a claim was retired; empty when it was not."""
    retired = tables["retired"]
    for row in retired[retired["retired_id"] == claim_id].to_dict("records"):
        return f"claim {claim_id} was retired on {in_words(row['retired_edtf'])}: {row['reason']}"
    return ""


def _say_document(tables: Tables, claim: pd.Series, as_of: dt.date) -> str:
    place, words, published = say_place(claim), claim["hedge_words"], Document(tables).day
    if as_of < published:
        place = f"Not yet published; from {day_in_words(published)}, {place[:1].lower()}{place[1:]}"
    certainty = _label(tables, "hedges", claim["hedge_code"]).lower()
    if isinstance(words, str):
        certainty += f" (“{words}”)"
    if claim["is_trivial"]:
        certainty += ", trivial"
    return f"{place}, {certainty}: {claim['claim']}"


def _describe_record(tables: Tables, claim_id: str, as_of: dt.date) -> dict[str, Any]:
    assessments, links = tables["assessments"], tables["assessment_sources"]
    own = assessments[assessments["claim_id"] == claim_id]
    verdicts = find_verdicts(own, as_of)
    if verdicts.empty:
        return {"record": f"No verdict yet: nothing had been judged by {day_in_words(as_of)}."}
    now, run = verdicts.iloc[0], find_runs(own, verdicts).iloc[0]
    count = int((links["assessment_id"] == now["assessment_id"]).sum())
    label = _label(tables, "assessment_verdicts", now["verdict_code"])
    when = say_since(run["since_edtf"], now["from_edtf"], source_count=count)
    return {
        "record": f"{label} {when}. {run['since_note']}",
        "verdict_code": str(now["verdict_code"]),
        "since_edtf": str(run["since_edtf"]),
        "source_count": count,
    }


def _label(tables: Tables, codes: str, code: str) -> str:
    return str(tables[f"codes/{codes}"].set_index("code").at[code, "label"])
