"""What the alliance map shows: its title, and the ties as a map, a matrix or a table."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from entente.address.views import MapView, default_view
from entente.alliance.borders import list_areas, stamp_borders, state_borders
from entente.alliance.ground import NARROW
from entente.alliance.headline import title
from entente.alliance.map import describe_map, draw_map
from entente.alliance.marks import (
    THEME_SYMBOLS,
    list_legend,
    pick_hue,
    pick_symbol,
    say_evidence,
    say_lifetime,
)
from entente.alliance.matrix import FEW, build_grid, describe_matrix, draw_matrix, list_tied_actors
from entente.alliance.pairs import Pair, list_pairs
from entente.alliance.ribbons import list_background
from entente.alliance.ties import ENDED, NEW, compare_ties, list_sources
from entente.content import HALF_ROOM, LEAST_IN_ROOM, SUMMARY_HEIGHT, Height, LegendEntry, Panel
from entente.dates import day_in_words, first_day, in_words
from entente.dossier.store import Dossier, cached
from entente.record.evidence import find_verdicts
from entente.style.basemap import Plane
from entente.style.palette import Palette, palette_for
from entente.style.theme import enlarge, join_words
from entente.vocabulary import CHANGES, LENSES

__all__ = [
    "compact_panel",
    "has_corridors",
    "label_codes",
    "panels",
    "room_panels",
    "summary_panel",
    "tabulate_ties",
    "title",
]

MAP_ASPECT = 1.575  # of the first view: width of the map over its height
ROOM_ASPECT = 2.5  # on the presenter's screen, where nothing stands beside it
NAME_DEG = 3.0  # latitudes that half a name takes on a phone
FLATTEST = 2.2  # a map that is flatter does not lose more latitudes, but gains longitudes
MAP_HEIGHT = Height(
    rem=38,
    screen="clamp(19rem, calc(100vh - 14.6rem), 46rem)",
    ratio=MAP_ASPECT,
    phone_ratio=MAP_ASPECT,
)
MATRIX_HEIGHT = Height(rem=48, screen="clamp(40rem, calc(100vh - 14rem), 50rem)", phone_width=44)
RIBBON_NOTE = (
    "One ribbon per pair; its width is the number of themes on record. "
    "Select a ribbon to fan it out into its ties, or a state for its details. "
)
ARC_NOTE = (
    "One line per tie; those of one pair are set side by side. "
    "Select a line or a state for its details. "
)
MATRIX_NOTE = (
    "Each pair of actors stands twice, once on each side of the diagonal; one symbol per tie. "
    "Select a symbol for its details."
)
TRANSPORT = "transport"  # theme of ties for which the corridors are outlined
HEADINGS = (
    *("From", "", "To", "Theme", "Tie", "Valence", "In force", "Documented since"),
    *("Strength", "Evidence", "Events", "Claims", "Basis"),
)


@cached
def panels(dossier: Dossier, view: MapView, appearance: str) -> tuple[Panel, ...]:
    """The one panel of the mode."""
    palette = palette_for(dossier.document, appearance)
    if view.mode == "matrix":
        return (_matrix_panel(dossier, view, palette),)
    if view.mode == "map":
        return (_map_panel(dossier, view, palette),)
    return (_table_panel(dossier, view),)


def has_corridors(dossier: Dossier, view: MapView) -> bool:
    """Whether the map outlines the corridors: where it keeps ties of transport alone."""
    return dossier.document.map_views[view.frame].theme_code == TRANSPORT


@cached
def list_corridor_legs(dossier: Dossier) -> gpd.GeoDataFrame:
    """The lines of all legs that a corridor uses, with `corridor_ids`, joined by blanks."""
    chains = dossier["corridor_legs"].drop_duplicates(["leg_id", "corridor_id"])
    ids = chains.sort_values("corridor_id").groupby("leg_id")["corridor_id"].agg(" ".join)
    used = dossier.leg_lines[dossier.leg_lines["leg_id"].isin(ids.index)]
    return used.assign(corridor_ids=used["leg_id"].map(ids))


@cached
def summary_panel(dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str) -> Panel | None:
    """The small map for the home page: ribbons and names; None where there is no tie."""
    view = replace(default_view(MapView, dossier), lens=lens, as_of=as_of)
    if compare_ties(dossier, view=view).empty:
        return None
    panel = compact_panel(dossier, view, appearance, aspect=SUMMARY_HEIGHT.ratio)
    return replace(panel, key="ties", heading=title(dossier, view), height=SUMMARY_HEIGHT)


@cached
def draw_summary_for_room(
    dossier: Dossier, *, lens: str, as_of: dt.date, appearance: str
) -> go.Figure | None:
    """The small map with words of a size for the presenter’s screen."""
    view = replace(default_view(MapView, dossier), lens=lens, as_of=as_of)
    figure = compact_panel(dossier, view, appearance, aspect=HALF_ROOM[0] / HALF_ROOM[1]).figure
    return figure and enlarge(figure, by=1.0, least=LEAST_IN_ROOM)


def room_panels(dossier: Dossier, view: MapView, appearance: str) -> tuple[Panel, ...]:
    """The ribbons at full width; or of two days compared, what began or ended alone, with names."""
    if view.mode != "map" or (view.since is None and view.drawing != "ribbons"):
        return ()
    palette = palette_for(dossier.document, appearance)
    if view.since is None:
        panel = _map_panel(dossier, view, palette, aspect=ROOM_ASPECT)
        return (replace(panel, room_scale=1.25),)
    ties = compare_ties(dossier, view=view)
    ties = ties[ties["change_code"].isin([NEW, ENDED])]
    if ties.empty:
        return ()
    panel = _map_panel(dossier, replace(view, drawing="arcs"), palette, ties=ties)
    return (replace(panel, room_legend=tuple(_name_changes(ties, palette))),)


def _name_changes(ties: pd.DataFrame, palette: Palette) -> Iterator[LegendEntry]:
    """A line for each tie that began or ended, oldest first."""
    days = [
        tie.end_edtf if tie.change_code == ENDED else tie.start_edtf for tie in ties.itertuples()
    ]
    for tie in ties.assign(day=days).sort_values(["day", "tie_id"]).itertuples():
        verb = "ended" if tie.change_code == ENDED else "began"
        yield LegendEntry(
            text=f"{tie.label}: {verb} {in_words(tie.day, is_short=True)}",
            colour=pick_hue(tie, palette),
            fill=pick_hue(tie, palette),
            symbol="x" if tie.change_code == ENDED else pick_symbol(tie),
        )


def compact_panel(
    dossier: Dossier, view: MapView, appearance: str, *, aspect: float = MAP_ASPECT
) -> Panel:
    """The map as a small panel of another page: thin ribbons and names, nothing beside them.

    Args:
        dossier: The dataset.
        view: Whose ties.
        appearance: Name of the palette.
        aspect: Width over height; a map that is higher than on its own page shows more latitudes.
    """
    palette = palette_for(dossier.document, appearance)
    return _map_panel(dossier, view, palette, is_compact=True, aspect=aspect)


def _keep_below(
    places: Mapping[str, Mapping[str, tuple[float, float]]], window: Plane
) -> dict[str, Mapping[str, tuple[float, float]]]:
    """Places of names without those of a phone that the upper edge would cut."""
    highest = window.lat_range[1] - NAME_DEG
    narrow = {name: spot for name, spot in places.get(NARROW, {}).items() if spot[1] < highest}
    return {**places, NARROW: narrow}


def _map_panel(
    dossier: Dossier,
    view: MapView,
    palette: Palette,
    *,
    is_compact: bool = False,
    aspect: float = MAP_ASPECT,
    ties: pd.DataFrame | None = None,
) -> Panel:
    """The map, of the ties of the view unless others are given."""
    ties = compare_ties(dossier, view=view) if ties is None else ties
    themes = dossier.labels("themes")
    document, borders = dossier.document, state_borders(dossier, view.borders)
    is_ribbons, frame = view.drawing == "ribbons", document.map_views[view.frame]
    if aspect != MAP_ASPECT:
        window = Plane(frame.lon_range, frame.lat_range).reshape(min(aspect, FLATTEST))
        if aspect > FLATTEST:
            window = window.stretch(aspect)
            frame = replace(frame, name_places=_keep_below(frame.name_places, window))
        frame = replace(frame, lon_range=window.lon_range, lat_range=window.lat_range)
    shared: dict[str, Any] = {
        "ties": ties,
        "actors": dossier["actors"],
        "words": label_codes(dossier),
        "theme_order": tuple(themes),
        "since": day_in_words(view.since) if view.since else "",
        "frame": frame,
        "author": document.short_name,
        "drawing": view.drawing,
        "actor_order": document.principals,
    }
    note = RIBBON_NOTE if is_ribbons and view.since is None else ARC_NOTE
    if view.pick is None and view.since is None:
        note += _say_background(dossier, list_pairs(ties, theme_order=tuple(themes)))
    return Panel(
        key="alliance-map",
        figure=draw_map(
            **shared,
            areas=list_areas(dossier, view.borders),
            area_lines=dossier.area_lines,
            palette=palette,
            label_sides=document.label_sides,
            bows_km=document.ribbon_bows_km if is_ribbons else document.arc_bows_km,
            verdicts=say_verdicts(dossier, view=view),
            pick=view.pick,
            corridors=list_corridor_legs(dossier) if has_corridors(dossier, view) else None,
            stamp=stamp_borders(dossier, view.borders),
            is_compact=is_compact,
        ),
        alt=describe_map(
            **shared, day=day_in_words(view.as_of), lens=LENSES[view.lens], borders=borders
        ),
        table=tabulate_ties(dossier, view=view),
        caption=note + borders,
        source_ids=list_sources(dossier, view),
        height=MAP_HEIGHT,
        room_scale=1.15,  # words beside ribbons are placed for the size on a desk
        legend=list_legend(
            ties,
            labels=themes,
            palette=palette,
            author=document.short_name,
            is_ribbons=is_ribbons,
        ),
    )


def _say_background(dossier: Dossier, pairs: Sequence[Pair]) -> str:
    """Which ties are thin and pale, where any are."""
    principals, labels = dossier.document.principals, dossier.labels("actors")
    if not list_background(pairs, principals):
        return ""
    return f"Thin and pale: not between {join_words([labels[code] for code in principals])}. "


@cached
def say_verdicts(dossier: Dossier, *, view: MapView) -> dict[str, str]:
    """Tie id to the verdicts of the day on the claims behind it, in words.

    Ties without a judged claim are left out; through the document's eyes there are no verdicts.
    """
    if view.lens == "document":
        return {}
    verdicts = find_verdicts(dossier["assessments"], view.as_of)
    found = dict(zip(verdicts["claim_id"], verdicts["verdict_code"], strict=True))
    labels = dossier.labels("assessment_verdicts")
    said = {}
    for tie in compare_ties(dossier, view=view).itertuples():
        counts = Counter(found[claim] for claim in tie.claim_ids.split() if claim in found)
        if counts:
            said[tie.tie_id] = _say_counts(counts, labels)
    return said


def _say_counts(counts: Mapping[str, int], labels: Mapping[str, str]) -> str:
    """Verdicts with how many claims have each: "Contested", "2 claims supported, 1 open"."""
    if sum(counts.values()) == 1:
        return labels[next(iter(counts))]
    parts = [
        f"{counts[code]}{'' if place else ' claims' if counts[code] > 1 else ' claim'} "
        f"{labels[code].lower()}"
        for place, code in enumerate(code for code in labels if code in counts)
    ]
    return ", ".join(parts)


def _matrix_panel(dossier: Dossier, view: MapView, palette: Palette) -> Panel:
    themes = dossier.labels("themes")
    shown: dict[str, Any] = {"ties": compare_ties(dossier, view=view), "actors": dossier["actors"]}
    drawn = {**shown, "theme_order": tuple(themes), "palette": palette}
    count = max(2, len(list_tied_actors(**shown)))
    return Panel(
        key="tie-matrix",
        figure=draw_matrix(
            **drawn,
            words=label_codes(dossier),
            since=day_in_words(view.since) if view.since else "",
        ),
        alt=describe_matrix(**shown, day=day_in_words(view.as_of)),
        table=tabulate_ties(dossier, view=view),
        caption=MATRIX_NOTE,
        source_ids=list_sources(dossier, view),
        height=_fit_few(count) if count <= FEW else MATRIX_HEIGHT,
        legend=list_legend(
            shown["ties"], labels=themes, palette=palette, author=dossier.document.short_name
        ),
        editable=build_grid(**drawn),
    )


def _fit_few(count: int) -> Height:
    """The height of a matrix whose cells may grow with the window."""
    least, most = f"{6.5 * count + 3}rem", f"{10 * count + 3}rem"
    return Height(
        rem=6.5 * count + 3, screen=f"clamp({least}, calc(100vh - 18rem), {most})", phone=least
    )


def _table_panel(dossier: Dossier, view: MapView) -> Panel:
    day = day_in_words(view.as_of)
    caption = f"Ties in force on {day}, with strength, and the events and claims behind each."
    if view.since is not None:
        caption += f" Those that ended since {day_in_words(view.since)} are listed, too."
    return Panel(
        key="alliance-map",
        figure=None,
        alt="Table of ties.",
        table=tabulate_ties(dossier, view=view),
        caption=caption,
        source_ids=list_sources(dossier, view),
    )


@cached
def tabulate_ties(dossier: Dossier, *, view: MapView) -> pd.DataFrame:
    """The ties of a view as rows; compared with an earlier day, with what became of each."""
    ties = compare_ties(dossier, view=view)
    names = dossier.labels("actors")
    author = dossier.document.short_name
    said, dates = label_codes(dossier), dossier["events"].set_index("event_id")["date_edtf"]
    rows = [
        (
            names[tie.from_actor_id],
            "→" if tie.direction_code == "one-way" else "↔",
            names[tie.to_actor_id],
            f"{THEME_SYMBOLS[tie.theme_code][1]} {said[tie.theme_code]}",
            tie.label,
            said[tie.valence_code],
            say_lifetime(tie.start_edtf, tie.end_edtf),
            _say_first_event(tie.event_ids, dates),
            tie.strength,
            say_evidence(tie),
            tie.event_count,
            tie.claim_count,
            f"Claimed only by {author}" if tie.is_asserted_only else "On record",
        )
        for tie in ties.itertuples()
    ]
    table = pd.DataFrame(rows, columns=list(HEADINGS))
    if view.since is not None:
        heading = f"Since {day_in_words(view.since)}"
        changes = [_say_change(tie) for tie in ties.itertuples()]
        table.insert(HEADINGS.index("Strength") + 1, heading, changes)
    return table


def label_codes(dossier: Dossier) -> dict[str, str]:
    """Code to label for all code tables of ties and actors."""
    tables = ("themes", "valences", "directions", "actor_roles")
    return {code: label for name in tables for code, label in dossier.labels(name).items()}


def _say_first_event(event_ids: str, dates: pd.Series) -> str:
    """Date of the first event behind a tie, in words; empty when there is none."""
    known = [dates[event] for event in event_ids.split()]
    return in_words(min(known, key=first_day), is_short=True) if known else ""


def _say_change(tie: Any) -> str:
    change = CHANGES[tie.change_code]
    is_stronger = tie.change_code == "stronger"
    return f"{change}: {tie.strength_then} → {tie.strength}" if is_stronger else change
