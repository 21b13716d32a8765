"""The claims page: the finding, the score, the controls, the ledger, and one claim in full."""

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from entente.analysis.evidence import verdict_counts
from entente.analysis.ledger import matching
from entente.figures.verdict_score import KEY, verdict_score, verdict_score_alt
from entente.palette import PALETTES
from entente.schema.dates_in_words import day_in_words
from entente.store import Dossier
from entente.ui import claim_tables, controls, markup, panels, url_state
from entente.ui.appearance import palette
from entente.ui.cache import kept
from entente.ui.claim_records import claim_record, ledger_records
from entente.views import ClaimsView
from entente.vocabulary import VERDICTS

CAPTION = (
    "One brick a claim: choose one to read it. A verdict judges the claim as the comment puts it, "
    "and belongs to the day shown."
)
FILTERS = {"verdicts": "assessment_verdicts", "kinds": "claim_kinds", "themes": "themes"}


def finding(dossier: Dossier, *, as_of: dt.date) -> str:
    """The score of verdicts of a day, in a sentence."""
    verdicts = kept(claim_tables.verdicts_on, dossier, as_of=as_of)
    counts = verdict_counts(verdicts, codes=VERDICTS)
    total, day = len(dossier["claims"]), day_in_words(as_of)
    if verdicts.empty:
        return f"None of the {total} claims had been judged by {day}"
    held = f"{counts['supported']} {'holds' if counts['supported'] == 1 else 'hold'}"
    against = f"{counts['contradicted']} {'is' if counts['contradicted'] == 1 else 'are'}"
    return f"Of {total} claims, {held}; {against} contradicted (as of {day})"


def show_finding(dossier: Dossier, view: ClaimsView) -> None:
    """The picked claim in full, if there is one; the finding, as title or below it."""
    sentence = markup.literal(finding(dossier, as_of=view.as_of))
    if view.pick is None:
        st.title(sentence, anchor=False)
        return
    claim = claim_record(dossier, view.pick, as_of=view.as_of)
    with st.container(key="claim-title", gap=None):
        markup.show("claim_kicker", claim_id=claim["claim_id"])
        st.title(markup.literal(claim["claim"]), anchor=False)
    markup.show("claim", claim=claim)
    _steps(dossier, view)
    st.header(sentence, anchor=False)


def show_score(dossier: Dossier, view: ClaimsView) -> None:
    """The score as a figure, and how verdicts fall by kind of claim."""
    figure, alt = kept(_score, dossier, as_of=view.as_of, appearance=palette().name)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        panels.panel(
            figure,
            key=KEY,
            alt=alt,
            table=kept(claim_tables.score_table, dossier, as_of=view.as_of),
            caption=CAPTION,
            source_ids=kept(claim_tables.score_source_ids, dossier, as_of=view.as_of),
            dossier=dossier,
            on_pick=lambda data: _pick(data[1]),
        )
    with right:
        markup.show("claim_kinds", **kept(claim_tables.kinds_table, dossier, as_of=view.as_of))


def show_controls(dossier: Dossier) -> None:
    """As-of date, words to look for, and the filters behind a button."""
    with controls.bar():
        controls.as_of(ClaimsView, dossier)
        controls.search(ClaimsView, "search", label="Search")
        with controls.drawer():
            for name, codes in FILTERS.items():
                options = dossier.labels(codes)
                controls.several(ClaimsView, name, label=name.capitalize(), options=options)


def show_ledger(dossier: Dossier, view: ClaimsView) -> None:
    """The claims that pass the filters, or what to widen when none does."""
    asked, total = asked_for(dossier, view), len(dossier["claims"])
    if asked.empty:
        markup.show("ledger_empty", total=total, search=view.search)
        st.button("Show all claims", key="claims-widen", on_click=_widen, args=(dossier,))
        return
    records = kept(ledger_records, dossier, as_of=view.as_of)
    shown = [records[claim_id] for claim_id in asked["claim_id"]]
    markup.show("ledger", records=shown, total=total)


def show_coverage(dossier: Dossier) -> None:
    """How many claims are drawn somewhere, and why the others are not."""
    markup.show("ledger_coverage", **kept(claim_tables.coverage, dossier))


def asked_for(dossier: Dossier, view: ClaimsView) -> pd.DataFrame:
    """The rows of the ledger that pass the view's filters."""
    return matching(
        kept(claim_tables.ledger_on, dossier, as_of=view.as_of),
        verdicts=view.verdicts,
        are_all_verdicts=set(view.verdicts) == set(VERDICTS),
        kinds=view.kinds,
        themes=view.themes,
        search=view.search,
    )


def _steps(dossier: Dossier, view: ClaimsView) -> None:
    """The way to the claims before and after the picked one, among those asked for."""
    order = asked_for(dossier, view)["claim_id"].tolist()
    if view.pick not in order:
        order = dossier["claims"]["claim_id"].tolist()
    place = order.index(view.pick)
    before = order[place - 1] if place else None
    after = order[place + 1] if place + 1 < len(order) else None
    with st.container(key="claim-steps", horizontal=True, gap="small"):
        _step("Previous", before, key="claim-before", shortcut="Left")
        _step("Next", after, key="claim-after", shortcut="Right")
        st.button("All claims", key="claim-close", on_click=_pick, args=(None,))


def _step(word: str, claim_id: str | None, *, key: str, shortcut: str) -> None:
    st.button(
        f"{word}: {claim_id or 'none'}",
        key=key,
        on_click=_pick,
        args=(claim_id,),
        disabled=claim_id is None,
        shortcut=shortcut,
    )


def _pick(claim_id: str | None) -> None:
    url_state.put(ClaimsView, "pick", claim_id)


def _widen(dossier: Dossier) -> None:
    for name, codes in FILTERS.items():
        url_state.put(ClaimsView, name, list(dossier.labels(codes)))
    url_state.put(ClaimsView, "verdicts", list(VERDICTS))
    url_state.put(ClaimsView, "search", "")


def _score(dossier: Dossier, *, as_of: dt.date, appearance: str) -> tuple[Any, str]:
    tables = {
        "verdicts": kept(claim_tables.verdicts_on, dossier, as_of=as_of),
        "claims": dossier["claims"],
        "labels": dossier.labels("assessment_verdicts"),
    }
    figure = verdict_score(palette=PALETTES[appearance], **tables)
    return figure, verdict_score_alt(**tables)
