"""The ledger: all claims with the verdict of a day, and which of them a reader has asked for."""

from collections.abc import Collection

import pandas as pd


def ledger(
    *,
    claims: pd.DataFrame,
    verdicts: pd.DataFrame,
    runs: pd.DataFrame,
    assessment_sources: pd.DataFrame,
    claim_actors: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """All claims, in the order of the document, with the verdict that holds.

    Args:
        claims: The table of that name, as are the others but `verdicts` and `runs`.
        verdicts: What :func:`entente.analysis.evidence.verdicts_at` returns.
        runs: What :func:`entente.analysis.evidence.runs_of_verdicts` returns.
        assessment_sources: For the number of sources behind the verdict.
        claim_actors: Whom each claim is about.
        actors: For the names of those.

    Returns:
        The columns of `claims`, `verdicts` and `runs` (missing where there is no verdict yet), and
        `source_count`, `actor_labels` (joined by a comma) and `searched` (lower case).
    """
    counts = assessment_sources.groupby("assessment_id").size().rename("source_count")
    named = claim_actors.merge(actors[["actor_id", "label"]], on="actor_id")
    labels = named.groupby("claim_id")["label"].agg(", ".join).rename("actor_labels")
    rows = (
        claims.merge(verdicts, on="claim_id", how="left")
        .merge(runs, on="claim_id", how="left")
        .merge(counts, left_on="assessment_id", right_index=True, how="left")
        .merge(labels, left_on="claim_id", right_index=True, how="left")
    )
    rows["source_count"] = rows["source_count"].fillna(0).astype(int)
    return rows.assign(searched=_searched(rows)).reset_index(drop=True)


def matching(
    rows: pd.DataFrame,
    *,
    verdicts: Collection[str],
    are_all_verdicts: bool,
    kinds: Collection[str],
    themes: Collection[str],
    search: str,
) -> pd.DataFrame:
    """The claims of a ledger that pass every filter.

    Args:
        rows: What :func:`ledger` returns.
        verdicts: Codes to keep.
        are_all_verdicts: Keep claims without a verdict, too: nobody asked for certain ones.
        kinds: Codes to keep.
        themes: Codes to keep.
        search: Words that must all occur, in any order and in either case.
    """
    has_verdict = rows["verdict_code"].isin(list(verdicts))
    if are_all_verdicts:
        has_verdict |= rows["verdict_code"].isna()
    kept = has_verdict & rows["kind_code"].isin(list(kinds)) & rows["theme_code"].isin(list(themes))
    for word in search.casefold().split():
        kept &= rows["searched"].str.contains(word, regex=False)
    return rows[kept].reset_index(drop=True)


def _searched(rows: pd.DataFrame) -> pd.Series:
    names = ["claim_id", "claim", "hedge_words", "note", "since_note", "actor_labels"]
    parts = rows[names].fillna("")
    return parts.agg(" ".join, axis=1).str.casefold()
