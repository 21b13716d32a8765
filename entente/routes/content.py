"""What the trade routes page shows: the mode that a view has, or the document's claims."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.address.views import RoutesView, default_view, network_variants
from entente.content import HALF_ROOM, ROOM, SUMMARY_HEIGHT, Panel, make_panel
from entente.dates import day_in_words
from entente.dossier.store import Dossier, cached
from entente.record.evidence import Statement, state_claim
from entente.routes import accuracy, compare, priorities
from entente.routes.actors import leverage, outcomes
from entente.routes.actors.gate import find_gate, state_gate
from entente.routes.charts.actor_bars import raise_names
from entente.routes.trips import name_ends, read_trip
from entente.style.theme import count_noun

THEME = "transport"
ROOM_ROLES = ("beside", "alone", "asked")
ROOM_CAPTION = "Days lost in the middle draw; line: 8 of 10 draws."
ROOM_MAP_CAPTION = "The branches of the route; the states that all of them cross are tinted."
MODES: dict[str, ModuleType] = {
    "corridors": compare,
    "leverage": leverage,
    "weights": priorities,
    "benchmarks": accuracy,
}


@cached
def title(dossier: Dossier, view: RoutesView) -> str:
    """The finding of the mode; through the document's lens, what the document says."""
    if view.lens != "document":
        make: Callable[[Dossier, RoutesView], str] = MODES[view.mode].title
        return make(dossier, view)
    if view.as_of < dossier.document.day:
        day = day_in_words(view.as_of)
        noun = dossier.document.noun
        return f"On {day} the {noun} had not been published: no claims about routes yet"
    return dossier.document.text("routes-said-title")


def say_state(dossier: Dossier, view: RoutesView) -> tuple[str, ...]:
    """What is shown, in a few words each: places, day, services if not all, scenarios."""
    day = day_in_words(view.as_of)
    if view.lens == "document":
        return (day,)
    parts = [" → ".join(name_ends(dossier, view)), day]
    if view.services != network_variants(dossier)[0]:
        parts.append(dossier.labels("network_variants")[view.services].lower())
    if view.mode == "benchmarks":
        parts = [day]
    if view.scenarios:
        parts.append(count_noun(len(view.scenarios), "scenario"))
    return tuple(parts)


@cached
def panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The figures of the mode; through the document's lens only its claims, as a table."""
    if view.lens != "document":
        make: Callable[[Dossier, RoutesView, str], tuple[Panel, ...]] = MODES[view.mode].panels
        return make(dossier, view, appearance)
    rows = _select_claims(dossier)
    if view.as_of < dossier.document.day:
        rows = rows.iloc[:0]
    table = pd.DataFrame(
        {
            "Claim": rows["claim_id"],
            "Paragraph": rows["paragraph"],
            "Sentence": rows["sentence"],
            "Paraphrase": rows["claim"],
            "Certainty": rows["hedge_code"].map(dossier.labels("hedges")),
        }
    )
    noun = dossier.document.noun
    panel = Panel(
        key="routes-said",
        figure=None,
        alt=f"{len(rows)} claims of the {noun} about trade routes.",
        table=table,
        caption=f"Claims about transport, paraphrased, with their place in the {noun}.",
        source_ids=(),
    )
    return (panel,)


def shown_panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """As :func:`panels`, without what the page folds away until a reader asks for it."""
    if view.mode == "leverage" and view.lens != "document":
        return leverage.shown_panels(dossier, view, appearance)
    return panels(dossier, view, appearance)


def room_panels(dossier: Dossier, view: RoutesView, appearance: str) -> tuple[Panel, ...]:
    """The branches alone, or who can block them: those that the document asks about, and the gate.

    None in other modes, through the document's lens, and where no such route is known.
    """
    trip = read_trip(view)
    if view.lens == "document" or not find_gate(dossier, trip=trip).branches:
        return ()
    if view.mode == "corridors":
        shown: dict[str, Any] = {"trip": trip, "pick": None, "appearance": appearance}
        parts = compare.map_corridors(dossier, **shown, is_compact=True)
        panel = make_panel(parts, key="routes", caption=ROOM_MAP_CAPTION, room_legend=())
        room = compare.map_corridors(dossier, **shown, room=ROOM)
        return (replace(panel, room_figure=room.figure),)
    if view.mode == "leverage":
        document = dossier.document
        asked = [preset for role in ROOM_ROLES for preset in document.presets_as(role)]
        sets = tuple(preset.actor_ids for preset in asked)
        losses = outcomes.list_actor_losses(dossier, trip=trip, sets=sets)
        sets = tuple(sets[place] for place in losses["p90"].argsort(kind="stable")[::-1])
        bars = outcomes.draw_actor_bars(dossier, trip=trip, appearance=appearance, sets=sets)
        bars = bars._replace(figure=raise_names(bars.figure))
        return (make_panel(bars, key="actors", caption=ROOM_CAPTION, is_wide=True),)
    return ()


@cached
def draw_summary_for_room(
    dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str
) -> go.Figure | None:
    """The small map as the presenter's screen has it beside another."""
    view = replace(default_view(RoutesView, dossier), lens=lens, as_of=as_of)
    parts = compare.map_corridors(
        dossier, trip=read_trip(view), pick=None, appearance=appearance, room=HALF_ROOM
    )
    return parts.figure


@cached
def summary_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel | None:
    """The map for the home page, with who can close or slow the route; None where there is none."""
    view = replace(default_view(RoutesView, dossier), lens=lens, as_of=as_of)
    trip = read_trip(view)
    headline = state_gate(dossier, trip=trip)
    if lens == "document" or not headline:
        return None
    parts = compare.map_corridors(
        dossier, trip=trip, pick=None, appearance=appearance, is_compact=True
    )
    bars = outcomes.draw_actor_bars(dossier, trip=trip, appearance=appearance)
    return make_panel(
        parts._replace(table=bars.table, source_ids=(*parts.source_ids, *bars.source_ids)),
        key="routes",
        heading=headline,
        caption=outcomes.say_losses(dossier, trip=trip),
        height=SUMMARY_HEIGHT,
    )


@cached
def list_statements(dossier: Dossier, *, as_of: dt.date, lens: str) -> tuple[Statement, ...]:
    """What the document claims about transport, and what the record says of it, on a day."""
    return tuple(
        state_claim(dossier.tables, claim_id, as_of=as_of, lens=lens)
        for claim_id in _select_claims(dossier)["claim_id"]
    )


def summarise_statements(dossier: Dossier, statements: Sequence[Statement]) -> str:
    """How many claims there are, and how many have which verdict."""
    labels = dossier.labels("assessment_verdicts")
    counts = Counter(stated.verdict_code for stated in statements)
    parts = [f"{counts[code]} {label.lower()}" for code, label in labels.items() if counts[code]]
    said = f"What the {dossier.document.noun} says of the routes: {len(statements)} claims"
    return f"{said}, {', '.join(parts)}"


def _select_claims(dossier: Dossier) -> pd.DataFrame:
    claims = dossier["claims"]
    return claims[claims["theme_code"] == THEME]
