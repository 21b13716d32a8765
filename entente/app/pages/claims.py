"""The claims page: its title, its controls, the claim that was picked, and what the mode shows."""

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from entente.address.views import ClaimsView, has_forecasts, has_pledges, name_claim_modes
from entente.app import controls, markup, panels
from entente.app.chrome import get_palette
from entente.claims.content import finding, is_early, picture_claim, title
from entente.claims.forecasts import FORECAST, board_panel, describe_forecasts
from entente.claims.ledger import FILTERS, count_drawn, describe_claim, describe_claims, find_claims
from entente.claims.pledges import describe_pledges, ladder_panel
from entente.claims.score import count_certainty_by_kind, count_verdicts_by_kind, score_panel
from entente.claims.sources import (
    count_tiers,
    describe_disagreements,
    describe_support,
    find_sources,
    list_single_origins,
)
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.export.files.writing import rows_csv
from entente.record.chronology import find_neighbours
from entente.record.evidence import keep_published
from entente.vocabulary import SOURCE_VOICES, VERDICTS

MOST_SOURCES = 100  # shown at once, the newest, unless all are asked for
SHOWS_ALL = "shows all sources"
__all__ = ["place_claim", "show_claim", "show_controls", "show_mode", "show_title"]


def place_claim(view: ClaimsView) -> DeltaGenerator:
    """Where title, controls and the picked claim stand; a phone shows a claim as a sheet."""
    return st.container(key="claim-details" if view.pick else "claim-head")


def show_title(dossier: Dossier, view: ClaimsView) -> None:
    """The claim that was picked, or the finding of the mode."""
    heading = markup.headline(title(dossier, view))
    if view.pick is None:
        st.title(heading, anchor=False)
        return
    st.button("Close", key="close-details", type="tertiary", on_click=_pick, args=(None,))
    with st.container(key="claim-title", gap=None):
        claim = describe_claim(dossier, view.pick, as_of=view.as_of, lens=view.lens)
        author = dossier.document.short_name
        markup.show("claim_kicker", claim=claim, lens=view.lens, author=author)
        st.title(heading, anchor=False)


def show_controls(dossier: Dossier, view: ClaimsView) -> None:
    """Mode and search in the open; lens, day, count and filters in the sheet."""
    is_list = view.mode == "ledger" and view.pick is None
    bar = controls.bar(controls.describe_state(view, dossier), is_folded=True)
    with bar.front:
        controls.choice(ClaimsView, "mode", label="Show", options=name_claim_modes(dossier))
        if is_list:
            controls.search(ClaimsView, "search", label="Search the claims")
    with bar:
        controls.lens(ClaimsView)
        controls.as_of(ClaimsView, dossier)
        if view.mode == "ledger" and view.lens != "document":
            controls.count(ClaimsView)
        if is_list:
            for name, codes in FILTERS.items():
                if name != "verdicts" or view.lens != "document":
                    options = dossier.labels(codes)
                    controls.several(ClaimsView, name, label=name.capitalize(), options=options)


def show_claim(dossier: Dossier, view: ClaimsView) -> None:
    """The picked claim in full, if there is one: its verdicts in turn, then all about it."""
    if view.pick is None:
        return
    claim = describe_claim(dossier, view.pick, as_of=view.as_of, lens=view.lens)
    author = dossier.document.short_name
    panels.show_plain(picture_claim(dossier, view, get_palette().name))
    noun = dossier.document.noun
    day = day_in_words(view.as_of)
    markup.show("claim", claim=claim, day=day, author=author, noun=noun)
    _show_steps(dossier, view)


def show_mode(dossier: Dossier, view: ClaimsView) -> None:
    """What proves the finding; nothing while there is no document to look at."""
    if view.pick is not None:
        st.header(markup.headline(finding(dossier, view)), anchor=False)
    if is_early(dossier, view):
        return
    if view.mode == "sources":
        _show_sources(dossier, view)
    elif view.mode == "ledger":
        if not find_claims(dossier, view).empty:
            _show_score(dossier, view)
        _show_ledger(dossier, view)
        markup.show("ledger_coverage", **count_drawn(dossier))
    elif view.lens == "document":
        _show_what_was_said(dossier, view)
    else:
        _show_scoreboard(dossier, view)


def _show_steps(dossier: Dossier, view: ClaimsView) -> None:
    """The claims before and after the picked one, among those asked for."""
    order = find_claims(dossier, view)["claim_id"].tolist()
    if view.pick not in order:
        order = dossier["claims"]["claim_id"].tolist()
    before, after = find_neighbours(order, view.pick)
    with st.container(key="claim-steps", horizontal=True, gap="small"):
        _show_step("Previous", before, key="claim-before", shortcut="Left")
        _show_step("Next", after, key="claim-after", shortcut="Right")
        st.button("All claims", key="claim-close", on_click=_pick, args=(None,))


def _show_step(word: str, claim_id: str | None, *, key: str, shortcut: str) -> None:
    st.button(
        f"{word}: {claim_id or 'none'}",
        key=key,
        on_click=_pick,
        args=(claim_id,),
        disabled=claim_id is None,
        shortcut=shortcut,
    )


def _show_score(dossier: Dossier, view: ClaimsView) -> None:
    """The score of the claims that are asked for; of all, beside it, the claims by kind."""
    asked = tuple(find_claims(dossier, view)["claim_id"])
    score = score_panel(
        dossier,
        lens=view.lens,
        as_of=view.as_of,
        count=view.count,
        appearance=get_palette().name,
        only=asked if len(asked) < len(dossier["claims"]) else None,
    )
    if len(asked) < len(dossier["claims"]):
        panels.show_panels((score,), dossier=dossier, on_pick=_pick_mark, picked=view.pick)
        return
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        panels.show_panels((score,), dossier=dossier, on_pick=_pick_mark, picked=view.pick)
    with right:
        if view.lens == "document":
            markup.show("claim_certainty", **count_certainty_by_kind(dossier))
        else:
            markup.show("claim_kinds", **count_verdicts_by_kind(dossier, as_of=view.as_of))


def _show_ledger(dossier: Dossier, view: ClaimsView) -> None:
    """The claims that pass the filters, or what to widen when none does."""
    asked, total = find_claims(dossier, view), len(dossier["claims"])
    if asked.empty:
        markup.show("ledger_empty", total=total, search=view.search)
        st.button("Show all claims", key="claims-widen", on_click=_widen, args=(dossier,))
        return
    st.html(_write_ledger(dossier, view=view))


@cached
def _write_ledger(dossier: Dossier, *, view: ClaimsView) -> str:
    """The claims that pass the filters, as HTML."""
    asked, records = find_claims(dossier, view), describe_claims(dossier, as_of=view.as_of)
    shown = [records[claim_id] for claim_id in asked["claim_id"]]
    total, noun = len(dossier["claims"]), dossier.document.noun
    return markup.fragment("ledger", records=shown, total=total, lens=view.lens, noun=noun)


def _widen(dossier: Dossier) -> None:
    for name, codes in FILTERS.items():
        controls.put_field(ClaimsView, name, list(dossier.labels(codes)))
    controls.put_field(ClaimsView, "verdicts", list(VERDICTS))
    controls.put_field(ClaimsView, "search", "")


def _show_scoreboard(dossier: Dossier, view: ClaimsView) -> None:
    """The forecasts as a figure and a table, then the pledges; whatever of them there is."""
    asked: dict[str, Any] = {"as_of": view.as_of, "appearance": get_palette().name}
    if has_forecasts(dossier):
        board = board_panel(dossier, **asked)
        panels.show_panels((board,), dossier=dossier, on_pick=_pick_mark)
        records = describe_forecasts(dossier, as_of=view.as_of)
        noun = dossier.document.noun
        markup.show("scoreboard", records=records, lens=view.lens, noun=noun)
    if not has_pledges(dossier):
        return
    ladder = ladder_panel(dossier, **asked)
    # Addresses lead to this heading, which takes an anchor of its own.
    st.header(markup.headline(ladder.heading), anchor="pledges")
    panels.show_panels((replace(ladder, heading=""),), dossier=dossier, on_pick=_pick_mark)
    _show_pledges(dossier, view)


def _show_what_was_said(dossier: Dossier, view: ClaimsView) -> None:
    """The forecasts and the pledges as the document has them, without what came of them."""
    claims = dossier["claims"]
    made = claims[claims["kind_code"] == FORECAST]["claim_id"]
    summaries = describe_claims(dossier, as_of=view.as_of)
    records = [summaries[claim_id] for claim_id in made]
    markup.show("forecasts_said", records=records, noun=dossier.document.noun)
    if has_pledges(dossier):
        heading = f"What the {dossier.document.noun} says was to be given"
        st.header(markup.headline(heading), anchor="pledges")
        _show_pledges(dossier, view)


def _show_pledges(dossier: Dossier, view: ClaimsView) -> None:
    markup.show(
        "pledges",
        records=describe_pledges(dossier, as_of=view.as_of),
        lens=view.lens,
        day=day_in_words(view.as_of),
        is_written=view.as_of >= dossier.document.day,
    )


def _show_sources(dossier: Dossier, view: ClaimsView) -> None:
    """The tiers, the verdicts on one origin, the table of sources, and the disagreements."""
    day = day_in_words(view.as_of)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        markup.show("source_tiers", **count_tiers(dossier, as_of=view.as_of), day=day)
    with right:
        markup.show("source_single", **list_single_origins(dossier, as_of=view.as_of), day=day)
    st.header("What each source supports", anchor="sources")
    with st.container(key="source-controls", horizontal=True, vertical_alignment="bottom"):
        tiers = dossier.labels("source_tiers")
        controls.several(ClaimsView, "tiers", label="Tier", options=tiers)
        controls.choice(ClaimsView, "voice", label="Publisher", options=SOURCE_VOICES)
        controls.search(ClaimsView, "search", label="Search")
    # A search that somebody typed is not worth caching: there is no end of them.
    make = _make_source_table if view.search else _cached_source_table
    most = None if st.session_state.get(SHOWS_ALL) else MOST_SOURCES
    table, found = make(dossier, view, most)
    st.html(table)
    if most is not None and found > most:
        st.button(f"Show all {found:,} sources", key="sources-all", on_click=_show_all_sources)
    st.download_button(
        "Download as CSV",
        data=lambda: rows_csv(find_sources(dossier, view)),
        file_name=f"entente-sources-{dossier.version}.csv",
        mime="text/csv",
        key="csv-sources",
        on_click="ignore",
    )
    st.header("Where sources disagree", anchor="disagreements")
    questions = describe_disagreements(dossier, as_of=view.as_of)
    markup.show("disagreements", questions=questions, level=3)


def _show_all_sources() -> None:
    st.session_state[SHOWS_ALL] = True


def _make_source_table(dossier: Dossier, view: ClaimsView, most: int | None) -> tuple[str, int]:
    """The newest sources that pass the filters, as HTML, and how many pass; None shows all."""
    sources = describe_support(dossier, view)
    table = markup.fragment(
        "source_table",
        sources=sources[:most],
        found=len(sources),
        total=len(keep_published(dossier["sources"], view.as_of, horizon=dossier.horizon)),
        day=day_in_words(view.as_of),
    )
    return table, len(sources)


_cached_source_table = cached(_make_source_table)


def _pick_mark(mark: list[Any]) -> None:
    _pick(mark[1])


def _pick(claim_id: str | None) -> None:
    controls.put_field(ClaimsView, "pick", claim_id)
