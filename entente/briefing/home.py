"""What the home page shows: the score of a day, or what the comment is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from entente.address.codec import decode
from entente.address.views import BriefingView, RoutesView
from entente.claims.counting import UNJUDGED, list_judged, say_score
from entente.claims.score import score_panel
from entente.content import Height, Panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier
from entente.routes.block import state_leverage

LEVERAGE = "{leverage}"  # in a finding: what its view says of vetoes
HEIGHT = Height(rem=19, screen="clamp(17rem, 42vh, 26rem)", phone="17rem")


def title(dossier: Dossier, view: BriefingView) -> str:
    """The score of the day in one sentence; through the document's lens, what the comment is."""
    if view.lens == "document":
        return _said(dossier, view)
    judged = list_judged(dossier, as_of=view.as_of, count=view.count)
    if (judged["code"] == UNJUDGED).all():
        return f"Nothing had been judged by {day_in_words(view.as_of)}: there was no comment yet"
    return say_score(judged, count=view.count)


def _said(dossier: Dossier, view: BriefingView) -> str:
    if view.as_of < dossier.document.day:
        return f"There was no comment yet on {day_in_words(view.as_of)}"
    kinds = dossier["claims"]["kind_code"].value_counts()
    return (
        f"One comment makes {len(dossier['claims'])} claims: {kinds['reported-event']} facts, "
        f"{kinds['forecast']} forecasts, the rest description, causes and supposition"
    )


def panels(dossier: Dossier, view: BriefingView, appearance: str) -> tuple[Panel, ...]:
    """The score."""
    shown = score_panel(
        dossier, lens=view.lens, as_of=view.as_of, count=view.count, appearance=appearance
    )
    return (replace(shown, key="score", height=HEIGHT),)


def fill_finding(dossier: Dossier, finding: Mapping[str, Any], *, as_of: dt.date) -> dict[str, Any]:
    """A finding with what the program says of vetoes in its view, where it asks for that.

    Args:
        dossier: The dataset.
        finding: A row of `findings`.
        as_of: The day, unless the view has its own.
    """
    detail = str(finding["detail"])
    if LEVERAGE not in detail:
        return dict(finding)
    exact = parse_qs(finding["view"] if isinstance(finding["view"], str) else "")
    view, _ = decode(RoutesView, {"at": [as_of.isoformat()], **exact}, dossier)
    return {**finding, "detail": detail.replace(LEVERAGE, state_leverage(dossier, view)).strip()}
