"""What the home page shows: answers to what the document is about, and the score of its claims."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pandas as pd

from entente.address.codec import decode
from entente.address.views import BriefingView, RoutesView, has_page
from entente.alliance.content import draw_summary_for_room as draw_ties_for_room
from entente.alliance.content import summary_panel as ties_panel
from entente.claims.ledger import UNJUDGED, count_verdicts, list_judged, say_score
from entente.claims.outcomes import outcomes_panel
from entente.claims.score import score_panel
from entente.content import Panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.routes.actors.leverage import state_leverage
from entente.routes.content import draw_summary_for_room as draw_route_for_room
from entente.routes.content import summary_panel as route_panel
from entente.style.theme import count_noun
from entente.timeline.content import visits_panel

LEVERAGE = "{leverage}"  # in a finding: what its view says of vetoes
# What answers the document, by the page that says more; each may have nothing to show.
ANSWERS = {"alliance_map": ties_panel, "timeline": visits_panel, "trade_routes": route_panel}
MAPS_FOR_ROOM = {"alliance_map": draw_ties_for_room, "trade_routes": draw_route_for_room}


@cached
def title(dossier: Dossier, view: BriefingView) -> str:
    """What the document says and how much of it holds, in one sentence."""
    if view.lens == "document":
        return _said(dossier, view)
    judged = list_judged(dossier, as_of=view.as_of, count=view.count)
    if (judged["code"] == UNJUDGED).all():
        return f"The {dossier.document.noun} had not been published by {day_in_words(view.as_of)}"
    if view.lens == "record" or view.count == "sentences":
        return say_score(judged, count=view.count)
    counts = count_verdicts(judged)
    return dossier.document.text(
        "home-headline",
        supported=str(counts.get("supported", 0)),
        contradicted=str(counts.get("contradicted", 0)),
        total=str(sum(counts.values())),
    )


def _said(dossier: Dossier, view: BriefingView) -> str:
    if view.as_of < dossier.document.day:
        return f"The {dossier.document.noun} had not been published by {day_in_words(view.as_of)}"
    kinds = dossier["claims"]["kind_code"].value_counts()
    facts, forecasts = kinds.get("reported-event", 0), kinds.get("forecast", 0)
    rest = len(dossier["claims"]) - facts - forecasts
    return (
        f"One {dossier.document.noun} makes {count_noun(len(dossier['claims']), 'claim')}: "
        f"{count_noun(facts, 'fact')}, {count_noun(forecasts, 'forecast')}"
        f"{', the rest description, causes and supposition' if rest else ''}"
    )


def panels(dossier: Dossier, view: BriefingView, appearance: str) -> tuple[Panel, ...]:
    """As :func:`shown_panels`, maps side by side and the rest of the answers below them."""
    *answers, score = shown_panels(dossier, view, appearance)
    return (*_put_wide_last(answers), score)


@cached
def shown_panels(dossier: Dossier, view: BriefingView, appearance: str) -> tuple[Panel, ...]:
    """The answers, then the score; through the document's lens, how certain its author sounds."""
    answers = list_answers(dossier, view, appearance).values()
    if view.lens == "document":
        score = score_panel(
            dossier, lens=view.lens, as_of=view.as_of, count=view.count, appearance=appearance
        )
        return (*answers, replace(score, key="score"))
    score = outcomes_panel(dossier, as_of=view.as_of, count=view.count, appearance=appearance)
    return (*answers, score)


def room_panels(dossier: Dossier, view: BriefingView, appearance: str) -> tuple[Panel, ...]:
    """The answers in one picture: maps side by side, the rest below them."""
    shown = list_answers(dossier, view, appearance)
    for page, draw in MAPS_FOR_ROOM.items():
        if panel := shown.get(page):
            figure = draw(dossier, lens=view.lens, as_of=view.as_of, appearance=appearance)
            shown[page] = replace(panel, room_figure=figure)
    if route := shown.get("trade_routes"):
        shown["trade_routes"] = replace(route, room_legend=())  # names stand on its lines
    return tuple(replace(panel, room_scale=1.0) for panel in _put_wide_last(shown.values()))


def _put_wide_last(panels: Iterable[Panel]) -> list[Panel]:
    """Maps side by side, the rest below them."""
    return sorted(panels, key=lambda panel: panel.is_wide)


def list_answers(dossier: Dossier, view: BriefingView, appearance: str) -> dict[str, Panel]:
    """Page code to the small figure that answers the document there; none where it has none."""
    made = {
        page: make(dossier, lens=view.lens, as_of=view.as_of, appearance=appearance)
        for page, make in ANSWERS.items()
        if has_page(dossier, page)
    }
    return {
        page: replace(panel, is_half=not panel.is_wide)
        for page, panel in made.items()
        if panel is not None
    }


@cached
def list_findings(dossier: Dossier) -> pd.DataFrame:
    """The findings in order; those of pages that the dossier lacks are left out."""
    rows = dossier["findings"].sort_values("sequence")
    return rows[rows["page_code"].map(lambda page: has_page(dossier, page)).astype(bool)]


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
