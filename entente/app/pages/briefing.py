"""The briefing: the thesis in plain words, how much of it holds, and what matters most."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from entente.address.pages import link_query, link_view, write_query
from entente.address.views import BriefingView, ClaimsView, default_view
from entente.app import chrome, controls, markup, panels
from entente.briefing import home
from entente.claims.ledger import list_judged, say_trivial
from entente.claims.outcomes import count_outcomes, find_symbol
from entente.dates import day_in_words, known_from
from entente.dossier.store import Dossier, cached
from entente.record.evidence import state_claim


def show_controls(dossier: Dossier, view: BriefingView) -> None:
    """Lens, day, and what the score counts: by certainty it always counts claims."""
    with controls.bar(controls.describe_state(view, dossier), is_folded=True):
        controls.lens(BriefingView)
        controls.as_of(BriefingView, dossier)
        if view.lens != "document":
            controls.count(BriefingView)


def show_answers(dossier: Dossier, view: BriefingView) -> None:
    """What the document is about, in small figures side by side, each with a link to its page."""
    answers = home.list_answers(dossier, view, chrome.get_palette().name)
    if not answers:
        return
    panels.set_heights(list(answers.values()))
    with st.container(key="answers"):
        # One answer alone keeps to the left, with the words above and below it.
        places = st.columns(len(answers) if len(answers) > 1 else [2, 1], gap="large")
        for (page, panel), place in zip(answers.items(), places, strict=False):
            with place, st.container(key=f"answer-{page}"):
                st.header(markup.headline(panel.heading), anchor=False)
                panels.show_figure(panel.figure_text, key=panel.key, alt=panel.alt)
                label = dossier.labels("pages")[page]
                markup.show("lead_on", label=label, href=link_on(dossier, view, page))
                with panels.lazy_expander("Table and sources", key=f"table-{panel.key}") as is_open:
                    if is_open:
                        panels.show_table(panel.table, caption=panel.heading)
                        panels.show_sources(panel.source_ids, dossier)


def show_score(dossier: Dossier, view: BriefingView) -> None:
    """The verdicts in one bar, or the author's certainty; the claim that an address picks."""
    if view.lens == "document" and view.as_of < dossier.document.day:
        return
    *_, score = home.shown_panels(dossier, view, chrome.get_palette().name)
    panels.set_heights([score])
    if score.heading:
        st.header(markup.headline(score.heading), anchor=False)
    panels.show_figure(score.figure_text, key=score.key, alt=score.alt)
    if view.lens == "document":
        st.caption(markup.literal(score.caption))
    else:
        rows, trivial = list_outcomes(dossier, view)
        markup.show("outcomes", rows=rows, trivial=trivial)
    panels.show_details(score.table, key=score.key, source_ids=score.source_ids, dossier=dossier)
    document = dossier.document
    if view.lens != "record" and view.as_of >= document.day:
        markup.show(
            "thesis",
            thesis=document.text("thesis"),
            document=document,
            published=day_in_words(document.day),
        )
    if view.pick is not None:
        stated = state_claim(dossier.tables, view.pick, as_of=view.as_of, lens=view.lens)
        link = link_on(dossier, view, ClaimsView.page_code, {"pick": view.pick})
        markup.show("picked_claim", stated=stated, href=link)


@cached
def list_outcomes(dossier: Dossier, view: BriefingView) -> tuple[list[dict[str, Any]], str]:
    """Each verdict with its number and the address of its claims; and what is not counted."""
    judged = list_judged(dossier, as_of=view.as_of, count=view.count)
    claims = replace(default_view(ClaimsView, dossier), as_of=view.as_of, count=view.count)
    rows = [
        {
            **row._asdict(),
            "symbol": find_symbol(row.code),
            "href": link_view(replace(claims, verdicts=(row.code,)), dossier),
        }
        for row in count_outcomes(dossier, judged).itertuples(index=False, name="Outcome")
    ]
    return rows, say_trivial(judged, count=view.count, noun=dossier.document.noun)


def show_findings(dossier: Dossier, view: BriefingView) -> None:
    """What matters most, each with a link to the exact view that shows it; nothing without any.

    A finding rests on the record: the lens of the document shows the claims behind it instead, and
    what rests on later days is left out, and said to be.
    """
    table = home.list_findings(dossier)
    if table.empty:
        return
    st.header("Claims behind the key findings" if view.lens == "document" else "Key findings")
    if view.lens == "document":
        if view.as_of >= dossier.document.day:
            st.html(_write_claims(dossier, as_of=view.as_of))
        return
    st.html(_write_findings(dossier, view=view))


@cached
def _write_findings(dossier: Dossier, *, view: BriefingView) -> str:
    """The findings that the record holds on the day, as HTML."""
    table = home.list_findings(dossier)
    known = table[(table["from_edtf"].map(known_from) <= view.as_of).astype(bool)]
    return markup.fragment(
        "findings",
        findings=[_describe_finding(dossier, row, view) for row in known.to_dict("records")],
        later=len(table) - len(known),
        total=len(table),
        lens=view.lens,
        day=view.as_of,
        day_in_words=day_in_words(view.as_of),
    )


@cached
def _write_claims(dossier: Dossier, *, as_of: dt.date) -> str:
    """The claims that the findings are about, as the document has them, as HTML."""
    lines, rows = [], dossier["finding_claims"]
    finding_ids = home.list_findings(dossier)["finding_id"]
    for claim_id in rows[rows["finding_id"].isin(finding_ids)]["claim_id"].drop_duplicates():
        stated = state_claim(dossier.tables, claim_id, as_of=as_of, lens="document")
        lines.append((claim_id, stated.document))
    return markup.fragment("findings_said", lines=lines, day=as_of)


def _describe_finding(
    dossier: Dossier, finding: dict[str, Any], view: BriefingView
) -> dict[str, Any]:
    """A finding with its claims; its link keeps day and lens unless it names its own."""
    links, page = dossier["finding_claims"], finding["page_code"]
    exact = finding["view"] if isinstance(finding["view"], str) else ""
    return {
        **home.fill_finding(dossier, finding, as_of=view.as_of),
        "claims": list(links.loc[links["finding_id"] == finding["finding_id"], "claim_id"]),
        "page": dossier.labels("pages")[page],
        "href": link_on(dossier, view, page, dict(parse_qsl(exact))),
    }


def link_on(
    dossier: Dossier, view: BriefingView, page: str, chosen: Mapping[str, str] | None = None
) -> str:
    """The address of another page; lens and day go along, unless it chooses its own."""
    kept = {"lens": view.lens, "at": view.as_of.isoformat()}
    return link_query(page, write_query({**kept, **(chosen or {}), "d": dossier.version}))
