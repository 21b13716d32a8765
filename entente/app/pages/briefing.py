"""The briefing: the thesis in plain words, how much of it holds, and what matters most."""

from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from entente.address.pages import BY_CODE
from entente.address.views import BriefingView, ClaimsView
from entente.app import chrome as appearance
from entente.app import controls, markup, panels
from entente.app.controls import put_field
from entente.briefing.home import panels as panels_of
from entente.briefing.home import title
from entente.dates import day_in_words, known_from
from entente.dossier.store import Dossier
from entente.record.statements import state_claim

__all__ = ["show_controls", "show_faces", "show_findings", "title"]

ACROSS = 3


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
        _show_score(dossier, view)
        return
    said, held = st.columns([5, 7], gap="large")
    with said:
        document = dossier.document
        markup.show(
            "thesis",
            thesis=document.text("thesis"),
            document=document,
            published=day_in_words(document.day),
        )
    with held:
        _show_score(dossier, view)


def show_findings(dossier: Dossier, view: BriefingView) -> None:
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


def _show_score(dossier: Dossier, view: BriefingView) -> None:
    """Every claim as one mark, and the one that was chosen among them."""
    shown = panels_of(dossier, view, appearance.get_palette().name)
    panels.show_panels(
        shown, dossier=dossier, on_pick=lambda mark: put_field(BriefingView, "pick", mark[1])
    )
    if view.pick is not None:
        stated = state_claim(dossier.tables, view.pick, as_of=view.as_of, lens=view.lens)
        markup.show("picked_claim", stated=stated)
        chosen = {"pick": view.pick, **_settings(view)}
        _link(dossier, ClaimsView.page_code, chosen, f"All about {view.pick}")


def _claims_behind(dossier: Dossier, view: BriefingView) -> None:
    """The claims that the findings are about, as the comment has them."""
    if view.as_of < dossier.document.day:
        return
    order = dossier["finding_claims"]["claim_id"].drop_duplicates()
    lines = [
        (
            claim_id,
            state_claim(dossier.tables, claim_id, as_of=view.as_of, lens="document").document,
        )
        for claim_id in order
    ]
    markup.show("findings_said", lines=lines, day=view.as_of)


def _finding(
    dossier: Dossier, finding: dict[str, Any], claims: list[str], view: BriefingView
) -> None:
    """A finding; its links keep to the day and the lens, unless it names its own."""
    markup.show("finding", finding=finding, claims=claims, lens=view.lens, day=view.as_of)
    exact = finding["view"] if isinstance(finding["view"], str) else ""
    label = dossier.labels("pages")[finding["page_code"]]
    settings = {**_settings(view), **dict(parse_qsl(exact))}
    _link(dossier, finding["page_code"], settings, f"{label} →")


def _settings(view: BriefingView) -> dict[str, str]:
    """The lens and the day, which go along to another page."""
    return {"lens": view.lens, "at": view.as_of.isoformat()}


def _link(dossier: Dossier, page_code: str, parameters: dict[str, str], label: str) -> None:
    st.page_link(
        BY_CODE[page_code].script,
        label=markup.literal(label),
        query_params={**parameters, "d": dossier.version},
    )
