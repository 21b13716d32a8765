"""Tables and figures of the alliance map, each made once for a dossier and plain options."""

import datetime as dt
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.address.views import MapView
from entente.alliance.borders import areas_by_view, borders_statement, changed_hands
from entente.alliance.changes import compared, not_compared
from entente.alliance.frames import corridor_lines, within_frame
from entente.alliance.map_figure import alliance_map, alliance_map_alt
from entente.alliance.matrix_figure import tie_grid, tie_matrix, tie_matrix_alt
from entente.alliance.strength import evidence_kinds, with_strength
from entente.alliance.tie_marks import ASSERTED_DASH, CHANGE_RINGS, THEME_SYMBOLS
from entente.alliance.ties import shown_ties, theme_counts, touching
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.editable import SymbolGrid
from entente.style.legends import LegendEntry
from entente.style.palette import PALETTES, THEME_DASHES
from entente.vocabulary import LENSES

CHANGE_WORDS = {"new": "New since the earlier day", "stronger": "With more evidence since"}
CODE_TABLES = ("themes", "valences", "directions", "actor_roles")


def options_of(view: MapView) -> dict[str, Any]:
    """What of a view decides which ties it shows, and how strong each is."""
    return {
        "lens": view.lens,
        "as_of": view.as_of,
        "themes": view.themes,
        "actors": view.actors,
        "frame": view.frame,
        "weights": view.weights,
        "pick": view.pick,
    }


@cached
def ties_shown(
    dossier: Dossier, *, frame: str, weights: tuple[int, ...], pick: str | None, **view: Any
) -> pd.DataFrame:
    """The ties of a view, with evidence and strength."""
    names = ("ties", "tie_claims", "tie_events", "events")
    evident = shown_ties(**{name: dossier[name] for name in names}, **view, pick=pick)
    framed = within_frame(evident, frame=frame, pick=pick)
    return with_strength(framed, kind_of=kind_of_events(dossier), weights=weights)


@cached
def kind_of_events(dossier: Dossier) -> dict[str, str]:
    """Event id to what it is as evidence."""
    return evidence_kinds(dossier["events"], dossier["event_kind_evidence"])


@cached
def ties_compared(
    dossier: Dossier, *, since: dt.date | None, as_of: dt.date, **view: Any
) -> pd.DataFrame:
    """The ties of a view with what has become of each since an earlier day, ended ones included."""
    now = ties_shown(dossier, as_of=as_of, **view)
    if since is None:
        return not_compared(now)
    then = ties_shown(dossier, as_of=since, **view)
    ends = dossier["ties"].set_index("tie_id")["end_edtf"]
    told = then["tie_id"].map(ends).mask(then["tie_id"].isin(now["tie_id"]))
    return compared(now, then.assign(end_edtf=told)).sort_values("tie_id").reset_index(drop=True)


@cached
def map_drawn(
    dossier: Dossier,
    *,
    appearance: str,
    borders: str,
    since: dt.date | None,
    **view: Any,
) -> tuple[go.Figure, str]:
    """The map of a view and its alternative text."""
    ties = ties_compared(dossier, since=since, **view)
    statement = statement_of(dossier, borders=borders)
    earlier = day_in_words(since) if since else ""
    shared = {
        "ties": ties,
        "actors": dossier["actors"],
        "words": words(dossier),
        "theme_order": tuple(dossier.labels("themes")),
        "since": earlier,
    }
    pick, frame = view["pick"], view["frame"]
    figure = alliance_map(
        **shared,
        areas=areas_of(dossier, borders=borders),
        area_lines=dossier.area_lines,
        palette=PALETTES[appearance],
        lit=touching(ties, pick),
        pick=pick,
        frame=frame,
        corridors=outlined_legs(dossier) if frame == "corridors" else None,
        stamp=stamp_of(dossier, borders=borders),
    )
    day, lens = day_in_words(view["as_of"]), LENSES[view["lens"]]
    return figure, alliance_map_alt(**shared, day=day, lens=lens, borders=statement, frame=frame)


@cached
def matrix_drawn(
    dossier: Dossier, *, appearance: str, since: dt.date | None, **view: Any
) -> tuple[go.Figure, str]:
    """The matrix of a view and its alternative text."""
    ties = ties_compared(dossier, since=since, **view)
    figure = tie_matrix(
        ties=ties,
        actors=dossier["actors"],
        words=words(dossier),
        theme_order=tuple(dossier.labels("themes")),
        palette=PALETTES[appearance],
        since=day_in_words(since) if since else "",
    )
    day = day_in_words(view["as_of"])
    return figure, tie_matrix_alt(ties=ties, actors=dossier["actors"], day=day)


@cached
def grid_drawn(
    dossier: Dossier, *, appearance: str, since: dt.date | None, **view: Any
) -> SymbolGrid | None:
    """The matrix of a view for programs that draw tables of their own."""
    return tie_grid(
        ties=ties_compared(dossier, since=since, **view),
        actors=dossier["actors"],
        theme_order=tuple(dossier.labels("themes")),
        palette=PALETTES[appearance],
    )


@cached
def areas_of(dossier: Dossier, *, borders: str) -> pd.DataFrame:
    """The disputed areas as one view of the borders has them."""
    return areas_by_view(borders, border_views=dossier["border_views"], areas=dossier["areas"])


@cached
def statement_of(dossier: Dossier, *, borders: str) -> str:
    """Whose view of the borders it is, and what changes hands in it."""
    return borders_statement(
        borders,
        border_views=dossier["border_views"],
        areas=dossier["areas"],
        actors=dossier["actors"],
        labels=dossier.labels("border_views"),
    )


@cached
def stamp_of(dossier: Dossier, *, borders: str) -> str:
    """What stands on the plate itself where its borders are not those of the United Nations."""
    given = changed_hands(areas_of(dossier, borders=borders))
    if given.empty:
        return ""
    names = dossier["actors"].set_index("actor_id")["label"]
    owners = " and ".join(names[owner] for owner in given["shown_as_actor_id"].unique())
    areas = ", ".join(given["label"])
    return f"{dossier.labels('border_views')[borders]} view of the borders: {areas} to {owners}"


@cached
def outlined_legs(dossier: Dossier) -> gpd.GeoDataFrame:
    """The legs of all corridors, to be outlined."""
    return corridor_lines(dossier.leg_lines, corridor_legs=dossier["corridor_legs"])


@cached
def tie_sources(dossier: Dossier, *, since: dt.date | None, **view: Any) -> list[str]:
    """Sources of the events behind the ties of a view, each once."""
    ties = ties_compared(dossier, since=since, **view)
    shown = {event for ids in ties["event_ids"] for event in ids.split()}
    cited = dossier["event_sources"]
    return list(dict.fromkeys(cited[cited["event_id"].isin(shown)]["source_id"]))


@cached
def tie_legend(
    dossier: Dossier, *, appearance: str, since: dt.date | None, **view: Any
) -> tuple[LegendEntry, ...]:
    """Themes of the ties shown, rings of changes, and how ties look that are only asserted.

    Empty where no tie is shown.
    """
    ties, palette = ties_compared(dossier, since=since, **view), PALETTES[appearance]
    used, changes = set(ties["theme_code"]), set(ties["change_code"])
    if not used:
        return ()
    themes = [
        LegendEntry(
            text=label,
            colour=palette.themes[code],
            dash=THEME_DASHES[code],
            symbol=THEME_SYMBOLS[code][0],
            fill=palette.themes[code],
        )
        for code, label in dossier.labels("themes").items()
        if code in used
    ]
    rings = [
        LegendEntry(text=text, colour=palette.ink, symbol=CHANGE_RINGS[code][0], fill=palette.paper)
        for code, text in CHANGE_WORDS.items()
        if changes & set(CHANGE_WORDS)
    ]
    asserted = LegendEntry(
        text="Hollow, dotted: the document alone says so",
        colour=palette.muted,
        dash=ASSERTED_DASH,
        width=1.2,
        symbol="circle",
        fill=palette.paper,
    )
    return (*themes, *rings, asserted)


@cached
def theme_key(dossier: Dossier, **view: Any) -> list[dict[str, object]]:
    """Themes on screen, in order, with their numbers of ties."""
    counts = theme_counts(ties_shown(dossier, **view))
    return [
        {"code": code, "label": label, **counts.loc[code].to_dict()}
        for code, label in dossier.labels("themes").items()
        if code in counts.index
    ]


def words(dossier: Dossier) -> dict[str, str]:
    """Code to label for all code tables of ties and actors."""
    return {code: label for name in CODE_TABLES for code, label in dossier.labels(name).items()}
