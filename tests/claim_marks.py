"""The marks of figures, and which of them show each claim.

The page of claims reads the same off tables (:mod:`entente.record.coverage`), which takes no figure
and so no time; a test holds the two against each other.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from entente.address.pages import link_view
from entente.address.views import (
    ClaimsView,
    MapView,
    RoutesView,
    TimelineView,
    View,
    default_view,
    list_controls,
    tied_actors,
)
from entente.briefing.page_contents import page_content
from entente.dossier.store import Dossier
from tests.marks import KINDS, Mark, list_marks

# Marks of actors gather what stands behind their ties, each of which is a mark by itself.
GATHERING = ("actor",)
NAMES = ("label", "title", "claim")  # columns that say what a row is


class Drawn(NamedTuple):
    """A mark that shows a claim, and the address that brings it on screen."""

    page: str
    kind: str
    mark_id: str
    label: str
    href: str


def list_marks_by_claim(dossier: Dossier) -> dict[str, tuple[Drawn, ...]]:
    """Every claim with the marks that show it in :func:`list_views`; with none where none does."""
    found: dict[str, dict[Drawn, None]] = defaultdict(dict)
    labels = _labels(dossier)
    for page, view in list_views(dossier):
        for panel in page_content(dossier, page, view).panels:
            for mark in list_marks(panel.figure) if panel.figure is not None else ():
                for claim_id in _claims_of(mark, dossier):
                    found[claim_id][_drawn(dossier, page, view, mark, labels)] = None
    return {claim_id: tuple(found[claim_id]) for claim_id in dossier["claims"]["claim_id"]}


def list_views(dossier: Dossier) -> Iterator[tuple[str, View]]:
    """Pages and views that hold every mark of what is on record by the newest source.

    Ties that ended since the document are on the map beside those in force. Trade routes are
    looked at between the ends of every corridor that a claim is about.
    """
    views = dossier.document.map_views
    widest = next(name for name, view in views.items() if not view.actor_ids)
    yield (
        "alliance_map",
        replace(
            default_view(MapView, dossier),
            frame=widest,
            actors=tied_actors(dossier),
            side="both",
            drawing="arcs",
            since=dossier.document.day,
        ),
    )
    yield "timeline", default_view(TimelineView, dossier)
    of_routes = default_view(RoutesView, dossier)
    for origin, destination in _ends(dossier):
        for mode in ("corridors", "leverage"):
            yield (
                "trade_routes",
                replace(of_routes, origin=origin, destination=destination, mode=mode),
            )
    yield "claims", replace(default_view(ClaimsView, dossier), mode="scoreboard")


def _ends(dossier: Dossier) -> list[tuple[str, str]]:
    corridors = dossier["corridors"]
    about = corridors[corridors["corridor_id"].isin(dossier["corridor_claims"]["corridor_id"])]
    pairs = about[["from_node_id", "to_node_id"]].drop_duplicates()
    return list(pairs.itertuples(index=False, name=None))


def _claims_of(mark: Mark, dossier: Dossier) -> list[str]:
    if mark.kind in GATHERING:
        return []
    known = set(dossier["claims"]["claim_id"])
    return [one for one in dict.fromkeys((*mark.ids, *mark.behind)) if one in known]


def _drawn(
    dossier: Dossier, page: str, view: Any, mark: Mark, labels: dict[str, dict[str, str]]
) -> Drawn:
    mark_id = " ".join(mark.ids)
    options = list_controls(type(view))["pick"].options(dossier)
    there = replace(view, pick=mark_id) if mark_id in options else view
    return Drawn(
        page=page,
        kind=mark.kind,
        mark_id=mark_id,
        label=", ".join(labels[KINDS[mark.kind]].get(one, one) for one in mark.ids),
        href=link_view(there, dossier),
    )


def _labels(dossier: Dossier) -> dict[str, dict[str, str]]:
    """Table to id to the words for it."""
    found = {}
    for name in set(KINDS.values()):
        table = dossier[name]
        column = next((one for one in NAMES if one in table), table.columns[0])
        found[name] = dict(zip(table.iloc[:, 0], table[column], strict=True))
    return found
