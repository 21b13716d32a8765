"""The briefing: the thesis in plain words, how much of it holds, and what matters most."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from entente.analysis.evidence import verdicts_at
from entente.figures.verdict_score import verdict_score, verdict_score_alt
from entente.palette import PALETTES, VERDICT_SYMBOLS
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
    colours = appearance.palette()
    verdicts = verdicts_at(dossier["assessments"], view.as_of)
    claims = dossier["claims"]
    labels = dossier.labels("assessment_verdicts")
    rows = verdicts.merge(claims[["claim_id", "claim"]], on="claim_id")
    rows["verdict"] = rows["verdict_code"].map(labels)
    cited = dossier["assessment_sources"]
    panel(
        kept(score_figure, dossier, appearance=colours.name, as_of=view.as_of),
        key="score",
        alt=verdict_score_alt(verdicts=verdicts, claims=claims, labels=labels),
        table=rows[["claim_id", "verdict", "from_edtf", "claim"]]
        .rename(columns={"claim_id": "Claim", "from_edtf": "Verdict since", "claim": "Paraphrase"})
        .rename(columns={"verdict": "Verdict"}),
        caption="One mark a claim. Choose one to read it, its verdicts and their sources.",
        source_ids=list(cited[cited["assessment_id"].isin(verdicts["assessment_id"])]["source_id"]),
        dossier=dossier,
        on_pick=lambda mark: put(BriefingView, "pick", mark[1]),
    )


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
