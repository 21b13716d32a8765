"""The briefing: the thesis in plain words, how much of it holds, and what matters most."""

from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from entente.address.views import BriefingView
from entente.app import appearance, controls, markup, panels
from entente.app.url_state import put
from entente.briefing import home
from entente.briefing.home import title as headline
from entente.dates.edtf import known_from
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier
from entente.record.statements import statement

__all__ = ["findings", "headline", "picked", "score", "show_controls", "show_faces", "thesis"]

ACROSS = 3
PAGE_FILES = {
    "briefing": "briefing.py",
    "alliance_map": "alliance_map.py",
    "timeline": "timeline.py",
    "trade_routes": "trade_routes.py",
    "claims": "claims.py",
    "data": "data.py",
}


def show_controls(dossier: Dossier) -> None:
    """Lens and day."""
    with controls.bar():
        controls.lens(BriefingView)
        controls.as_of(BriefingView, dossier)


def show_faces(dossier: Dossier, view: BriefingView) -> None:
    """The thesis beside the score, or the one face that the lens shows."""
    is_written = view.as_of >= dossier.document.day
    if view.lens == "document" and not is_written:
        return
    if view.lens == "record" or not is_written:
        score(dossier, view)
        picked(dossier, view)
        return
    said, held = st.columns([5, 7], gap="large")
    with said:
        thesis(dossier)
    with held:
        score(dossier, view)
        picked(dossier, view)


def thesis(dossier: Dossier) -> None:
    """What the comment says, paraphrased, and where it comes from."""
    document = dossier.document
    markup.show(
        "thesis",
        thesis=document.text("thesis"),
        document=document,
        published=day_in_words(document.day),
    )


def score(dossier: Dossier, view: BriefingView) -> None:
    """Every claim as one mark, grouped by verdict, or by how certain the author sounds."""
    (shown,) = home.panels(dossier, view, appearance.palette().name)
    panels.show_panel(
        shown, dossier=dossier, on_pick=lambda mark: put(BriefingView, "pick", mark[1])
    )


def picked(dossier: Dossier, view: BriefingView) -> None:
    """The claim that was chosen in the score, with the way to all about it."""
    if view.pick is None:
        return
    stated = statement(dossier.tables, view.pick, as_of=view.as_of, lens=view.lens)
    markup.show("picked_claim", stated=stated)
    settings = f"pick={view.pick}&lens={view.lens}&at={view.as_of}"
    _link(dossier, "claims", settings, f"All about {view.pick}")


def findings(dossier: Dossier, view: BriefingView) -> None:
    """What matters most, each with a link to the exact view that shows it.

    A finding rests on the record: the lens of the document shows the claims behind it instead, and
    what rests on later days is left out, and said to be.
    """
    table = dossier["findings"].sort_values("sequence")
    is_known = (table["from_edtf"].map(known_from) <= view.as_of).astype(bool)
    if view.lens == "document":
        _claims_behind(dossier, view)
        return
    later = int((~is_known).sum())
    if later:
        day = day_in_words(view.as_of)
        markup.show("findings_later", later=later, total=len(table), day=day)
    behind = dossier["finding_claims"].groupby("finding_id")["claim_id"].agg(list)
    rows = table[is_known].to_dict("records")
    for start in range(0, len(rows), ACROSS):
        columns = st.columns(ACROSS, gap="large")
        for column, finding in zip(columns, rows[start : start + ACROSS], strict=False):
            with column:
                _finding(dossier, finding, behind.get(finding["finding_id"], []), view)


def _claims_behind(dossier: Dossier, view: BriefingView) -> None:
    """The claims that the findings are about, as the comment has them."""
    if view.as_of < dossier.document.day:
        return
    order = dossier["finding_claims"]["claim_id"].drop_duplicates()
    lines = [
        (claim_id, statement(dossier.tables, claim_id, as_of=view.as_of, lens="document").document)
        for claim_id in order
    ]
    markup.show("findings_said", lines=lines, day=view.as_of)


def _finding(
    dossier: Dossier, finding: dict[str, Any], claims: list[str], view: BriefingView
) -> None:
    """A finding; its links keep to the day and the lens, unless it names its own."""
    here = f"lens={view.lens}&at={view.as_of}"
    markup.show("finding", finding=finding, claims=claims, here=here)
    exact = finding["view"] if isinstance(finding["view"], str) else ""
    label = dossier.labels("pages")[finding["page_code"]]
    _link(dossier, finding["page_code"], f"{here}&{exact}", f"{label} →")


def _link(dossier: Dossier, page_code: str, view: str, label: str) -> None:
    st.page_link(
        PAGE_FILES[page_code],
        label=markup.literal(label),
        query_params={**dict(parse_qsl(view)), "d": dossier.version},
    )
