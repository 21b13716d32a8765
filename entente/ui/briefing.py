"""The briefing: the thesis in plain words, how much of it holds, and what matters most."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from entente.analysis.evidence import verdicts_at
from entente.figures.verdict_score import verdict_score, verdict_score_alt
from entente.palette import PALETTES, VERDICT_SYMBOLS
from entente.schema.dates_in_words import in_words
from entente.store import Dossier
from entente.ui import appearance, markup
from entente.ui.cache import kept
from entente.ui.panels import panel
from entente.ui.url_state import put
from entente.views import BriefingView

ACROSS = 3
PAGE_FILES = {
    "briefing": "briefing.py",
    "alliance_map": "alliance_map.py",
    "timeline": "timeline.py",
    "trade_routes": "trade_routes.py",
    "claims": "claims.py",
    "data": "data.py",
}


def headline(dossier: Dossier, view: BriefingView) -> str:
    """The score of the day in one sentence."""
    counts = kept(verdict_counts, dossier, as_of=view.as_of)
    total = sum(counts.values())
    open_ones = counts.get("open", 0)
    tail = f", {open_ones} were still open" if open_ones else ""
    return (
        f"Of {total} claims in one comment, {counts.get('supported', 0)} hold "
        f"and {counts.get('contradicted', 0)} are contradicted{tail}"
    )


def verdict_counts(dossier: Dossier, *, as_of: dt.date) -> dict[str, int]:
    """Verdict code to number of claims, by what was known on a day."""
    verdicts = verdicts_at(dossier["assessments"], as_of)
    return {str(code): int(n) for code, n in verdicts["verdict_code"].value_counts().items()}


def thesis(dossier: Dossier) -> None:
    """What the comment says, paraphrased, and where it comes from."""
    markup.show("thesis", dataset=dossier["dataset"].iloc[0].to_dict())


def score(dossier: Dossier, view: BriefingView) -> None:
    """Every claim as one mark, grouped by verdict."""
    options = {"as_of": view.as_of}
    panel(
        kept(score_figure, dossier, appearance=appearance.palette().name, **options),
        key="score",
        alt=kept(score_alt, dossier, **options),
        table=kept(score_table, dossier, **options),
        caption="One mark a claim. Choose one to read it, its verdict and the way to its sources.",
        source_ids=kept(score_sources, dossier, **options),
        dossier=dossier,
        on_pick=lambda mark: put(BriefingView, "pick", mark[1]),
    )


def score_alt(dossier: Dossier, *, as_of: dt.date) -> str:
    """The score of verdicts in words."""
    return verdict_score_alt(
        verdicts=verdicts_at(dossier["assessments"], as_of),
        claims=dossier["claims"],
        labels=dossier.labels("assessment_verdicts"),
    )


def score_table(dossier: Dossier, *, as_of: dt.date) -> pd.DataFrame:
    """The verdict on every claim as rows for readers."""
    verdicts = verdicts_at(dossier["assessments"], as_of)
    rows = verdicts.merge(dossier["claims"][["claim_id", "claim"]], on="claim_id")
    labels = dossier.labels("assessment_verdicts")
    return pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Verdict": rows["verdict_code"].map(labels),
            "Judged on": [in_words(text) for text in rows["from_edtf"]],
            "Paraphrase": rows["claim"],
        }
    )


def score_sources(dossier: Dossier, *, as_of: dt.date) -> list[str]:
    """What the verdicts of a day rest on."""
    verdicts = verdicts_at(dossier["assessments"], as_of)
    cited = dossier["assessment_sources"]
    return list(cited[cited["assessment_id"].isin(verdicts["assessment_id"])]["source_id"])


def score_figure(dossier: Dossier, *, appearance: str, as_of: dt.date) -> Any:
    """The score of verdicts as a figure."""
    return verdict_score(
        palette=PALETTES[appearance],
        verdicts=verdicts_at(dossier["assessments"], as_of),
        claims=dossier["claims"],
        labels=dossier.labels("assessment_verdicts"),
    )


def picked(dossier: Dossier, view: BriefingView) -> None:
    """The claim that was chosen in the score, with the way to all about it."""
    if view.pick is None:
        return
    verdicts = verdicts_at(dossier["assessments"], view.as_of).set_index("claim_id")
    claims = dossier["claims"].set_index("claim_id")
    code = str(verdicts.at[view.pick, "verdict_code"])
    markup.show(
        "picked_claim",
        claim_id=view.pick,
        claim=claims.at[view.pick, "claim"],
        verdict=dossier.labels("assessment_verdicts")[code],
        code=code,
        symbol=VERDICT_SYMBOLS[code][1],
        note=verdicts.at[view.pick, "note"],
    )
    _link(dossier, "claims", f"pick={view.pick}", f"All about {view.pick}")


def findings(dossier: Dossier) -> None:
    """What matters most, each with a link to the exact view that shows it."""
    table = dossier["findings"].sort_values("sequence")
    behind = dossier["finding_claims"].groupby("finding_id")["claim_id"].agg(list)
    rows = table.to_dict("records")
    for start in range(0, len(rows), ACROSS):
        columns = st.columns(ACROSS, gap="large")
        for column, finding in zip(columns, rows[start : start + ACROSS], strict=False):
            with column:
                _finding(dossier, finding, behind.get(finding["finding_id"], []))


def _finding(dossier: Dossier, finding: dict[str, Any], claims: list[str]) -> None:
    markup.show("finding", finding=finding, claims=claims)
    view = finding["view"] if isinstance(finding["view"], str) else ""
    label = dossier.labels("pages")[finding["page_code"]]
    _link(dossier, finding["page_code"], view, f"{label} →")


def _link(dossier: Dossier, page_code: str, view: str, label: str) -> None:
    st.page_link(
        PAGE_FILES[page_code],
        label=markup.literal(label),
        query_params={**dict(parse_qsl(view)), "d": dossier.version},
    )
