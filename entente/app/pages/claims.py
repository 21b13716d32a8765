"""The claims page: its title, its controls, the claim that was picked, and the chosen reading."""

from collections.abc import Callable

import streamlit as st

from entente.address.views import ClaimsView
from entente.app import controls, markup, url_state
from entente.app.pages import claim_ledger, claim_scoreboard, claim_sources
from entente.claims.content import claim_title, finding, is_early
from entente.claims.ledger_reading import asked_for
from entente.claims.records import claim_record
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.vocabulary import CLAIM_MODES

__all__ = ["show_claim", "show_controls", "show_reading", "show_title"]

Show = Callable[[Dossier, ClaimsView], None]
MODES: dict[str, Show] = {
    "ledger": claim_ledger.show,
    "scoreboard": claim_scoreboard.show,
    "sources": claim_sources.show,
}


def show_title(dossier: Dossier, view: ClaimsView) -> None:
    """The claim that was picked, or the finding of the reading."""
    if view.pick is None:
        st.title(markup.literal(finding(dossier, view)), anchor=False)
        return
    claim = claim_record(dossier, view.pick, as_of=view.as_of, lens=view.lens)
    with st.container(key="claim-title", gap=None):
        markup.show("claim_kicker", claim_id=view.pick, lens=view.lens)
        st.title(markup.literal(claim_title(claim, view)), anchor=False)


def show_claim(dossier: Dossier, view: ClaimsView) -> None:
    """The picked claim in full, if there is one, and below it the finding of the reading."""
    if view.pick is None:
        return
    claim = claim_record(dossier, view.pick, as_of=view.as_of, lens=view.lens)
    markup.show("claim", claim=claim, day=day_in_words(view.as_of))
    _steps(dossier, view)
    st.header(markup.literal(finding(dossier, view)), anchor=False)


def show_controls(dossier: Dossier, view: ClaimsView) -> None:
    """Lens, day and reading; for the ledger alone, words to look for and the filters."""
    with controls.bar():
        controls.lens(ClaimsView)
        controls.as_of(ClaimsView, dossier)
        controls.choice(ClaimsView, "mode", label="Reading", options=CLAIM_MODES)
        if view.mode == "ledger" and view.pick is None:
            claim_ledger.show_filters(dossier, view)


def show_reading(dossier: Dossier, view: ClaimsView) -> None:
    """What proves the finding; nothing while there is no comment to look at."""
    if not is_early(view):
        MODES[view.mode](dossier, view)


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
