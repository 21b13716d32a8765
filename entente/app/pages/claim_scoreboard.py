"""The scoreboard reading of the claims page: what came of the forecasts, and of the pledges."""

from typing import Any

import streamlit as st

from entente.address.views import ClaimsView
from entente.app import markup, url_state
from entente.app.appearance import palette
from entente.app.panels import shown_panel
from entente.claims import forecast_figure as forecast_board
from entente.claims import forecast_reading
from entente.claims import pledge_figure as pledge_ladder
from entente.claims.forecasts import FORECAST
from entente.claims.pledge_records import ladder_on, ladder_shown, pledge_records
from entente.claims.pledges import ladder_sentence
from entente.claims.records import ledger_records
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import DOCUMENT_DAY

# Figures are as high as their rows; the style sheet has the heights, by number of rows.
FEWEST_ROWS = 1


NO_BREAK = "\N{NO-BREAK SPACE}"


def show(dossier: Dossier, view: ClaimsView) -> None:
    """The forecasts as a figure and a table, then the pledges."""
    if view.lens == "document":
        if view.as_of >= DOCUMENT_DAY:
            _show_said(dossier, view)
        return
    _show_board(dossier, view)
    _show_ladder(dossier, view)


def _show_board(dossier: Dossier, view: ClaimsView) -> None:
    shown = forecast_reading.board_shown(dossier, as_of=view.as_of, appearance=palette().name)
    with st.container(key=f"rows-{max(len(shown.table), FEWEST_ROWS)}"):
        shown_panel(
            shown,
            key=forecast_board.KEY,
            caption=forecast_reading.BOARD_CAPTION,
            dossier=dossier,
            on_pick=_pick,
        )
    records = forecast_reading.forecast_records(dossier, as_of=view.as_of)
    markup.show("scoreboard", records=records, lens=view.lens)


def _show_ladder(dossier: Dossier, view: ClaimsView) -> None:
    day = day_in_words(view.as_of)
    found = ladder_on(dossier, as_of=view.as_of)
    whole = day.replace(" ", NO_BREAK)
    st.header(markup.literal(ladder_sentence(found.places, day=whole)), anchor="pledges")
    rows = max(found.places["pledge_id"].nunique(), FEWEST_ROWS)
    with st.container(key=f"ladder-{rows}"):
        shown_panel(
            ladder_shown(dossier, as_of=view.as_of, appearance=palette().name),
            key=pledge_ladder.KEY,
            caption=forecast_reading.LADDER_CAPTION,
            dossier=dossier,
            on_pick=_pick,
        )
    _show_pledges(dossier, view)


def _show_pledges(dossier: Dossier, view: ClaimsView) -> None:
    records = pledge_records(dossier, as_of=view.as_of)
    is_written = view.as_of >= DOCUMENT_DAY
    markup.show(
        "pledges",
        records=records,
        lens=view.lens,
        day=day_in_words(view.as_of),
        is_written=is_written,
    )


def _show_said(dossier: Dossier, view: ClaimsView) -> None:
    """The forecasts and the pledges as the comment has them, without what came of them."""
    claims = dossier["claims"]
    made = claims[claims["kind_code"] == FORECAST]["claim_id"]
    summaries = ledger_records(dossier, as_of=view.as_of)
    markup.show("forecasts_said", records=[summaries[claim_id] for claim_id in made])
    st.header("What was to be given, by the comment", anchor="pledges")
    _show_pledges(dossier, view)


def _pick(mark: list[Any]) -> None:
    url_state.put(ClaimsView, "pick", mark[1])
