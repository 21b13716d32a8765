"""What a view of the alliance map keeps: its ties, its borders, and the words for both."""

import datetime as dt
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from entente.address.views import MapView
from entente.alliance.borders import NEUTRAL, areas_by_view, borders_statement, changed_hands
from entente.alliance.ties import (
    add_evidence,
    add_strength,
    classify_evidence,
    compare_days,
    count_by_theme,
    filter_ties,
    hide_later_ends,
    mark_unchanged,
)
from entente.dossier.cache import cached
from entente.dossier.document import NamedView
from entente.dossier.store import Dossier

CODE_TABLES = ("themes", "valences", "directions", "actor_roles")
END_COLUMNS = ("from_actor_id", "to_actor_id")


def filter_by_frame(
    ties: pd.DataFrame, *, frame: NamedView, pick: str | None = None
) -> pd.DataFrame:
    """The ties that a named view of the map keeps; a picked tie is among them in any case.

    Args:
        ties: `tie_id`, `from_actor_id`, `to_actor_id`, `theme_code`.
        frame: Keeps the ties of its theme, and those with one end or both among its actors.
        pick: Id of the chosen tie or actor.
    """
    is_kept = pd.Series(True, index=ties.index)
    if frame.theme_code:
        is_kept &= ties["theme_code"] == frame.theme_code
    if frame.actor_ids:
        starts, ends = (ties[name].isin(frame.actor_ids) for name in END_COLUMNS)
        is_kept &= starts & ends if frame.needs_both_ends else starts | ends
    return ties[is_kept | (ties["tie_id"] == pick)].reset_index(drop=True)


def list_ties(dossier: Dossier, view: MapView) -> pd.DataFrame:
    """The ties in force on the day of a view that pass its filters, by id.

    Returns:
        The columns of `ties` with those of :func:`entente.alliance.ties.add_evidence` and
        :func:`entente.alliance.ties.add_strength`.
    """
    # What is drawn around the ties, and an earlier day, change nothing about them.
    return _list_ties(dossier, view=replace(view, since=None, mode="map", borders=NEUTRAL))


@cached
def _list_ties(dossier: Dossier, *, view: MapView) -> pd.DataFrame:
    evident = filter_ties(
        ties=dossier["ties"],
        tie_claims=dossier["tie_claims"],
        tie_events=dossier["tie_events"],
        events=dossier["events"],
        lens=view.lens,
        as_of=view.as_of,
        themes=view.themes,
        actors=view.actors,
        pick=view.pick,
    )
    framed = filter_by_frame(evident, frame=dossier.document.map_views[view.frame], pick=view.pick)
    return add_strength(framed, kind_of=classify_events(dossier), weights=view.weights)


@cached
def compare_ties(dossier: Dossier, *, view: MapView) -> pd.DataFrame:
    """The ties of a view with what has become of each since its earlier day.

    Returns:
        What :func:`list_ties` returns and the columns that
        :func:`entente.alliance.ties.compare_days` adds; ties that have ended since are among the
        rows. Without an earlier day nothing has changed.
    """
    now = list_ties(dossier, view)
    if view.since is None:
        return mark_unchanged(now)
    then = list_ties(dossier, replace(view, as_of=view.since))
    ends = dossier["ties"].set_index("tie_id")["end_edtf"]
    told = then["tie_id"].map(ends).mask(then["tie_id"].isin(now["tie_id"]))
    return (
        compare_days(now, then.assign(end_edtf=told)).sort_values("tie_id").reset_index(drop=True)
    )


@cached
def classify_events(dossier: Dossier) -> dict[str, str]:
    """Event id to the kind of evidence that it is; events that count for nothing are left out."""
    return classify_evidence(dossier["events"], dossier["event_kind_evidence"])


def list_sources(dossier: Dossier, view: MapView) -> tuple[str, ...]:
    """Sources of the events behind the ties of a view, each once."""
    shown = {
        event for ids in compare_ties(dossier, view=view)["event_ids"] for event in ids.split()
    }
    cited = dossier["event_sources"]
    return tuple(dict.fromkeys(cited[cited["event_id"].isin(shown)]["source_id"]))


def count_themes(dossier: Dossier, view: MapView) -> list[dict[str, object]]:
    """Themes among the ties of a view, in order: `code`, `label`, `recorded`, `asserted`."""
    counts = count_by_theme(list_ties(dossier, view))
    return [
        {"code": code, "label": label, **counts.loc[code].to_dict()}
        for code, label in dossier.labels("themes").items()
        if code in counts.index
    ]


def labels_by_code(dossier: Dossier) -> dict[str, str]:
    """Code to label for all code tables of ties and actors."""
    return {code: label for name in CODE_TABLES for code, label in dossier.labels(name).items()}


def list_areas(dossier: Dossier, borders: str) -> pd.DataFrame:
    """The disputed areas as one view of the borders has them."""
    return areas_by_view(borders, border_views=dossier["border_views"], areas=dossier["areas"])


def state_borders(dossier: Dossier, borders: str) -> str:
    """Whose view of the borders it is, and what changes hands in it, in a sentence or two."""
    return borders_statement(
        borders,
        border_views=dossier["border_views"],
        areas=dossier["areas"],
        actors=dossier["actors"],
        labels=dossier.labels("border_views"),
    )


def stamp_borders(dossier: Dossier, borders: str) -> str:
    """What stands on the map itself where its borders are not those of the United Nations."""
    given = changed_hands(list_areas(dossier, borders))
    if given.empty:
        return ""
    names = dossier["actors"].set_index("actor_id")["label"]
    owners = " and ".join(names[owner] for owner in given["shown_as_actor_id"].unique())
    areas = ", ".join(given["label"])
    return f"{dossier.labels('border_views')[borders]} view of the borders: {areas} to {owners}"


@cached
def list_corridor_legs(dossier: Dossier) -> gpd.GeoDataFrame:
    """The lines of all legs that a corridor uses, with `corridor_ids`."""
    return list_leg_lines(dossier.leg_lines, corridor_legs=dossier["corridor_legs"])


def list_leg_lines(legs: gpd.GeoDataFrame, *, corridor_legs: pd.DataFrame) -> gpd.GeoDataFrame:
    """The legs that a corridor uses, with `corridor_ids`, joined by blanks."""
    chains = corridor_legs.drop_duplicates(["leg_id", "corridor_id"]).sort_values("corridor_id")
    ids = chains.groupby("leg_id")["corridor_id"].agg(" ".join)
    used = legs[legs["leg_id"].isin(ids.index)]
    return used.assign(corridor_ids=[ids[leg] for leg in used["leg_id"]])


@cached
def list_known_ties(dossier: Dossier, *, as_of: dt.date, weights: tuple[int, ...]) -> pd.DataFrame:
    """All ties, in force or not, with the evidence and the strength that they had on a day."""
    evident = add_evidence(
        hide_later_ends(dossier["ties"], as_of),
        tie_claims=dossier["tie_claims"],
        tie_events=dossier["tie_events"],
        events=dossier["events"],
        as_of=as_of,
    )
    return add_strength(evident, kind_of=classify_events(dossier), weights=weights)
