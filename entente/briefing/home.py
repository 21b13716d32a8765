"""What the home page shows: the score of a day, or what the comment is."""

import datetime as dt
from dataclasses import replace

from entente.address.views import BriefingView
from entente.claims.score import score_panel
from entente.content import Height, Panel
from entente.dates import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import find_verdicts

HEIGHT = Height(rem=19, screen="clamp(17rem, 42vh, 26rem)", phone="17rem")


def title(dossier: Dossier, view: BriefingView) -> str:
    """The score of the day in one sentence; through the document's lens, what the comment is."""
    if view.lens == "document":
        return _said(dossier, view)
    counts = verdict_counts(dossier, as_of=view.as_of)
    total = sum(counts.values())
    if not total:
        return f"Nothing had been judged by {day_in_words(view.as_of)}: there was no comment yet"
    open_ones = counts.get("open", 0)
    tail = f", {open_ones} were still open" if open_ones else ""
    return (
        f"Of {total} claims in one comment, {counts.get('supported', 0)} hold "
        f"and {counts.get('contradicted', 0)} are contradicted{tail}"
    )


def _said(dossier: Dossier, view: BriefingView) -> str:
    if view.as_of < dossier.document.day:
        return f"There was no comment yet on {day_in_words(view.as_of)}"
    kinds = dossier["claims"]["kind_code"].value_counts()
    return (
        f"One comment makes {len(dossier['claims'])} claims: {kinds['reported-event']} facts, "
        f"{kinds['forecast']} forecasts, the rest description, causes and supposition"
    )


@cached
def verdict_counts(dossier: Dossier, *, as_of: dt.date) -> dict[str, int]:
    """Verdict code to number of claims, by what was known on a day."""
    verdicts = find_verdicts(dossier["assessments"], as_of)
    return {str(code): int(n) for code, n in verdicts["verdict_code"].value_counts().items()}


def panels(dossier: Dossier, view: BriefingView, appearance: str) -> tuple[Panel, ...]:
    """The score."""
    shown = score_panel(dossier, lens=view.lens, as_of=view.as_of, appearance=appearance)
    return (replace(shown, key="score", height=HEIGHT),)
