"""The ledger reading of the claims page: the score, what is drawn where, and all claims."""

import streamlit as st

from entente.address.views import ClaimsView
from entente.app import controls, markup, panels, url_state
from entente.app.appearance import palette
from entente.claims import ledger_reading
from entente.claims import tables as claim_tables
from entente.claims.records import ledger_records
from entente.claims.score_figure import KEY
from entente.dossier.store import Dossier
from entente.vocabulary import VERDICTS


def show_filters(dossier: Dossier, view: ClaimsView) -> None:
    """Words to look for, and the filters; verdicts are none of the document's."""
    controls.search(ClaimsView, "search", label="Search")
    with controls.drawer():
        for name, codes in ledger_reading.FILTERS.items():
            if name != "verdicts" or view.lens != "document":
                options = dossier.labels(codes)
                controls.several(ClaimsView, name, label=name.capitalize(), options=options)


def show(dossier: Dossier, view: ClaimsView) -> None:
    """Score, coverage and ledger."""
    _show_score(dossier, view)
    markup.show("ledger_coverage", **claim_tables.coverage(dossier))
    _show_ledger(dossier, view)


def _show_score(dossier: Dossier, view: ClaimsView) -> None:
    is_said = view.lens == "document"
    shown = (
        ledger_reading.certainty_shown(dossier, appearance=palette().name)
        if is_said
        else ledger_reading.verdicts_shown(dossier, as_of=view.as_of, appearance=palette().name)
    )
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        panels.shown_panel(
            shown,
            key=KEY,
            caption=ledger_reading.SAID_CAPTION if is_said else ledger_reading.CAPTION,
            dossier=dossier,
            on_pick=lambda data: url_state.put(ClaimsView, "pick", data[1]),
        )
    with right:
        if is_said:
            markup.show("claim_certainty", **claim_tables.certainty_table(dossier))
        else:
            table = claim_tables.kinds_table(dossier, as_of=view.as_of)
            markup.show("claim_kinds", **table)


def _show_ledger(dossier: Dossier, view: ClaimsView) -> None:
    """The claims that pass the filters, or what to widen when none does."""
    asked, total = ledger_reading.asked_for(dossier, view), len(dossier["claims"])
    if asked.empty:
        markup.show("ledger_empty", total=total, search=view.search)
        st.button("Show all claims", key="claims-widen", on_click=_widen, args=(dossier,))
        return
    records = ledger_records(dossier, as_of=view.as_of)
    shown = [records[claim_id] for claim_id in asked["claim_id"]]
    markup.show("ledger", records=shown, total=total, lens=view.lens)


def _widen(dossier: Dossier) -> None:
    for name, codes in ledger_reading.FILTERS.items():
        url_state.put(ClaimsView, name, list(dossier.labels(codes)))
    url_state.put(ClaimsView, "verdicts", list(VERDICTS))
    url_state.put(ClaimsView, "search", "")
