"""What counted on a day: sources, the verdict on each claim, and what each lens says of a claim."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from entente.dates import are_known, day_in_words, in_words, known_from
from entente.dossier.document import Document
from entente.vocabulary import LENSES

Tables = Mapping[str, pd.DataFrame]

VERDICT_COLUMNS = ["claim_id", "assessment_id", "from_edtf", "verdict_code", "note"]


def keep_published(sources: pd.DataFrame, as_of: dt.date, *, horizon: dt.date) -> pd.DataFrame:
    """The sources that were out by a day; those without a date are kept.

    Args:
        sources: The table of that name.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source, by which every source was out.
    """
    dates = sources["published_edtf"]
    is_out = are_known(dates, as_of) | dates.isna() | (as_of >= horizon)
    return sources[is_out].reset_index(drop=True)


def find_verdicts(assessments: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The verdict on each claim that held on a day.

    Args:
        assessments: The table of that name; rows in any order.
        as_of: The day whose knowledge counts. A verdict holds from the day by which it must have
            been given.

    Returns:
        One row per claim, in order of first appearance in `assessments`, with the columns
        `VERDICT_COLUMNS`. Claims without a verdict by then are absent; the frame may be empty.
    """
    known = assessments[are_known(assessments["from_edtf"], as_of)]
    newest = sort_assessments(known).drop_duplicates("claim_id", keep="last")
    place = pd.Index(assessments["claim_id"].unique()).get_indexer(newest["claim_id"])
    return newest.iloc[place.argsort()][VERDICT_COLUMNS].reset_index(drop=True)


def find_runs(assessments: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Since when each verdict has held without a break, and what was noted when it began.

    An assessment may confirm the one before it; the verdict then holds since the earlier one.

    Args:
        assessments: The table of that name.
        verdicts: What :func:`find_verdicts` returns.

    Returns:
        One row per row of `verdicts`, in that order: `claim_id`, `since_edtf`, `since_note`.
    """
    runs = number_runs(assessments)
    starts = runs.drop_duplicates(["claim_id", "run"]).rename(
        columns={"from_edtf": "since_edtf", "note": "since_note"}
    )
    own = verdicts[["assessment_id"]].merge(runs[["assessment_id", "claim_id", "run"]])
    found = own.merge(starts.drop(columns="assessment_id"), on=["claim_id", "run"])
    return found[["claim_id", "since_edtf", "since_note"]]


def sort_assessments(assessments: pd.DataFrame) -> pd.DataFrame:
    """Assessments by the day from which they hold; those of one day in their order."""
    return assessments.sort_values(
        "from_edtf", key=lambda dates: dates.map(known_from), kind="stable"
    )


def number_runs(assessments: pd.DataFrame) -> pd.DataFrame:
    """Assessments in order of time; equal verdicts on a claim in a row share a number, `run`."""
    ordered = sort_assessments(assessments)
    before = ordered.groupby("claim_id")["verdict_code"].shift()
    is_new = ordered["verdict_code"] != before
    return ordered.assign(run=is_new.groupby(ordered["claim_id"]).cumsum())


def compare_verdicts(assessments: pd.DataFrame, *, since: dt.date, as_of: dt.date) -> pd.DataFrame:
    """Claims whose verdict is another than on an earlier day: `claim_id`, `then`, `now`, by id.

    A claim without a verdict on the earlier day was not decided otherwise: it is left out.
    """
    then, now = (
        find_verdicts(assessments, day).set_index("claim_id")["verdict_code"]
        for day in (since, as_of)
    )
    table = pd.concat({"then": then, "now": now}, axis=1, join="inner").sort_index()
    return table[table["then"] != table["now"]].reset_index()


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


def count_known(tables: Tables, *, as_of: dt.date, horizon: dt.date) -> dict[str, int]:
    """Numbers of rows that count on a day.

    Args:
        tables: `claims`, `assessments`, `events`, `ties`, `sources`.
        as_of: The day whose knowledge counts.
        horizon: Day of the newest source.

    Returns:
        `claims`, `judged` (those with a verdict), `open` (those whose verdict is open), `events`
        and `events_known`, `ties` and `ties_begun`, `sources`, `sources_out` (published by then)
        and `sources_undated` (whose page has no date).
    """
    verdicts = find_verdicts(tables["assessments"], as_of)
    dated = tables["sources"].dropna(subset=["published_edtf"])
    return {
        **{name: len(tables[name]) for name in ("claims", "events", "ties", "sources")},
        "judged": len(verdicts),
        "open": int((verdicts["verdict_code"] == "open").sum()),
        "events_known": int(are_known(tables["events"]["date_edtf"], as_of).sum()),
        "ties_begun": int(are_known(tables["ties"]["start_edtf"], as_of).sum()),
        "sources_out": len(keep_published(dated, as_of, horizon=horizon)),
        "sources_undated": len(tables["sources"]) - len(dated),
    }


def count_certainty(claims: pd.DataFrame) -> dict[str, int]:
    """Number of claims by how certain the author sounds, most first, then by code."""
    counts = claims["hedge_code"].value_counts().sort_index()
    ordered = counts.sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in ordered.items()}
