"""The reading of the ledger: its finding, the scores, and the claims that pass the filters."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.address.views import ClaimsView
from entente.claims import tables as claim_tables
from entente.claims.ledger import matching
from entente.claims.score_figure import (
    KEY,
    certainty_score,
    certainty_score_alt,
    certainty_score_bars,
    verdict_score,
    verdict_score_alt,
    verdict_score_bars,
)
from entente.content import Panel, PanelParts, panel_of
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import verdict_counts
from entente.style.palette import PALETTES
from entente.vocabulary import VERDICTS

CAPTION = (
    "One brick a claim: choose one to read it. A verdict judges the claim as the comment puts it, "
    "and belongs to the day shown."
)


SAID_CAPTION = "One brick a claim: choose one to read it. How certain the author sounds, in rows."


FILTERS = {"verdicts": "assessment_verdicts", "kinds": "claim_kinds", "themes": "themes"}


def finding(dossier: Dossier, view: ClaimsView) -> str:
    """The score of verdicts of a day in a sentence, or how certain the author sounds."""
    claims, day = dossier["claims"], day_in_words(view.as_of)
    total = len(claims)
    if view.lens == "document":
        flat = int((claims["hedge_code"] == "asserted").sum())
        ahead = int((claims["kind_code"] == "forecast").sum())
        return (
            f"The comment makes {total} claims: {flat} stated flatly, {ahead} about what is to come"
        )
    verdicts = claim_tables.verdicts_on(dossier, as_of=view.as_of)
    counts = verdict_counts(verdicts, codes=VERDICTS)
    if verdicts.empty:
        return f"None of the {total} claims had been judged by {day}"
    held = f"{counts['supported']} {'holds' if counts['supported'] == 1 else 'hold'}"
    against = f"{counts['contradicted']} {'is' if counts['contradicted'] == 1 else 'are'}"
    return f"Of {total} claims, {held}; {against} contradicted (as of {day})"


def asked_for(dossier: Dossier, view: ClaimsView) -> pd.DataFrame:
    """The rows of the ledger that pass the view's filters."""
    is_any = view.lens == "document" or set(view.verdicts) == set(VERDICTS)
    return matching(
        claim_tables.ledger_on(dossier, as_of=view.as_of),
        verdicts=VERDICTS if is_any else view.verdicts,
        are_all_verdicts=is_any,
        kinds=view.kinds,
        themes=view.themes,
        search=view.search,
    )


@cached
def certainty_shown(dossier: Dossier, *, appearance: str) -> PanelParts:
    """How certain the author sounds, as a figure with what belongs to it."""
    tables = {"claims": dossier["claims"], "labels": dossier.labels("hedges")}
    return PanelParts(
        certainty_score(palette=PALETTES[appearance], **tables),
        certainty_score_alt(**tables),
        claim_tables.said_table(dossier),
        (),
        editable=certainty_score_bars(palette=PALETTES[appearance], **tables),
    )


@cached
def verdicts_shown(dossier: Dossier, *, as_of: dt.date, appearance: str) -> PanelParts:
    """The score of verdicts of a day, as a figure with what belongs to it."""
    tables: dict[str, Any] = {
        "verdicts": claim_tables.verdicts_on(dossier, as_of=as_of),
        "claims": dossier["claims"],
        "labels": dossier.labels("assessment_verdicts"),
    }
    return PanelParts(
        verdict_score(palette=PALETTES[appearance], **tables),
        verdict_score_alt(**tables),
        claim_tables.score_table(dossier, as_of=as_of),
        tuple(claim_tables.score_source_ids(dossier, as_of=as_of)),
        editable=verdict_score_bars(palette=PALETTES[appearance], **tables),
    )


def panels(dossier: Dossier, view: ClaimsView, appearance: str) -> tuple[Panel, ...]:
    """The score, and the claims that pass the filters as a table; nothing where none does."""
    asked = asked_for(dossier, view)
    if asked.empty:
        return ()
    whole = score_panel(dossier, lens=view.lens, as_of=view.as_of, appearance=appearance)
    if len(asked) == len(dossier["claims"]):
        return (whole,)
    return (_asked_panel(whole, asked), whole)


def score_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel:
    """Every claim as one mark: by verdict, or through the document's lens by certainty."""
    if lens == "document":
        shown = certainty_shown(dossier, appearance=appearance)
        return panel_of(shown, key=KEY, caption=SAID_CAPTION)
    shown = verdicts_shown(dossier, as_of=as_of, appearance=appearance)
    return panel_of(shown, key=KEY, caption=CAPTION)


def _asked_panel(whole: Panel, asked: pd.DataFrame) -> Panel:
    """The rows of the score's table that are about the claims asked for."""
    table = whole.table[whole.table.iloc[:, 0].isin(asked["claim_id"])].reset_index(drop=True)
    return Panel(
        key="claims-asked-for",
        figure=None,
        alt=f"{len(table)} of {len(whole.table)} claims.",
        table=table,
        caption=f"{len(table)} of {len(whole.table)} claims, in the order of the comment.",
        source_ids=whole.source_ids,
    )
