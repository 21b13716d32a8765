"""What the alliance map shows: its title, and the ties as a map, a matrix or a table."""

import datetime as dt
from typing import Any

import geopandas as gpd
import pandas as pd

from entente.address.views import MapView, central_actors, tied_actors
from entente.alliance.borders import list_areas, stamp_borders, state_borders
from entente.alliance.map import describe_map, draw_map
from entente.alliance.marks import (
    THEME_SYMBOLS,
    count_things,
    list_legend,
    say_evidence,
    say_lifetime,
)
from entente.alliance.matrix import build_grid, describe_matrix, draw_matrix
from entente.alliance.ties import (
    compare_ties,
    count_changes,
    find_touching,
    list_sources,
    list_ties,
)
from entente.content import Height, Panel
from entente.dates import day_in_words, first_day, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.palette import Palette, palette_for
from entente.style.theme import join_words
from entente.vocabulary import CHANGES, LENSES

MAP_HEIGHT = Height(
    rem=40, screen="clamp(19rem, calc(100vh - 15.5rem), 40rem)", phone="17.5rem", ratio=1.7
)
MATRIX_HEIGHT = Height(rem=48, screen="clamp(40rem, calc(100vh - 14rem), 50rem)")
MAP_NOTE = (
    "Lines follow the shortest way over the globe; several between one pair are set side by side. "
    "Actors beyond the frame stand at its edge. Choose a line or an actor for its dossier. "
)
MATRIX_NOTE = (
    "Each pair of actors stands twice, once on each side of the diagonal; one symbol a tie. "
    "Choose a symbol for its dossier."
)
TRANSPORT = "transport"  # theme of ties for which the corridors are outlined
HEADINGS = (
    *("From", "", "To", "Theme", "Tie", "Valence", "In force", "Documented since"),
    *("Strength", "Made of", "Events", "Claims", "Whose word"),
)


def title(dossier: Dossier, view: MapView) -> str:
    """How many ties the view shows, and on whose word; of two days, what changed."""
    if view.since is not None:
        return _find_changes(dossier, view, view.since)
    ties, day, document = list_ties(dossier, view), day_in_words(view.as_of), dossier.document
    if ties.empty:
        return f"No tie fits these settings on {day}"
    circle, noun = _name_circle(dossier, view), document.map_views[view.frame].tie_noun
    alone = ties["is_asserted_only"].sum()
    if view.lens == "document":
        tail = f"{alone} on its word alone" if alone else "all of them on record, too"
        return f"The document asserts {count_things(len(ties), noun)}{circle}, {tail}"
    recorded = f"{count_things(len(ties) - alone, noun)} on record{circle}"
    if view.lens == "record" or not alone:
        return f"{recorded} on {day}"
    if view.as_of < document.day:
        return f"{recorded}; the document, written later, adds {alone}"
    return f"{recorded}, {alone} more in the document alone"


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


def _map_panel(dossier: Dossier, view: MapView, palette: Palette) -> Panel:
    ties, themes = compare_ties(dossier, view=view), dossier.labels("themes")
    document, borders = dossier.document, state_borders(dossier, view.borders)
    shared: dict[str, Any] = {
        "ties": ties,
        "actors": dossier["actors"],
        "words": label_codes(dossier),
        "theme_order": tuple(themes),
        "since": day_in_words(view.since) if view.since else "",
        "frame": document.map_views[view.frame],
    }
    return Panel(
        key="alliance-map",
        figure=draw_map(
            **shared,
            areas=list_areas(dossier, view.borders),
            area_lines=dossier.area_lines,
            palette=palette,
            label_sides=document.label_sides,
            bows_km=document.arc_bows_km,
            lit=find_touching(ties, view.pick),
            pick=view.pick,
            corridors=list_corridor_legs(dossier) if has_corridors(dossier, view) else None,
            stamp=stamp_borders(dossier, view.borders),
        ),
        alt=describe_map(
            **shared, day=day_in_words(view.as_of), lens=LENSES[view.lens], borders=borders
        ),
        table=tabulate_ties(dossier, view=view),
        caption=MAP_NOTE + borders,
        source_ids=list_sources(dossier, view),
        height=MAP_HEIGHT,
        legend=list_legend(ties, labels=themes, palette=palette),
    )


def _matrix_panel(dossier: Dossier, view: MapView, palette: Palette) -> Panel:
    themes = dossier.labels("themes")
    shown: dict[str, Any] = {"ties": compare_ties(dossier, view=view), "actors": dossier["actors"]}
    drawn = {**shown, "theme_order": tuple(themes), "palette": palette}
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
        height=MATRIX_HEIGHT,
        legend=list_legend(shown["ties"], labels=themes, palette=palette),
        editable=build_grid(**drawn),
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
    names = dossier["actors"].set_index("actor_id")["label"]
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
            "Document only" if tie.is_asserted_only else "Record",
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


def _find_changes(dossier: Dossier, view: MapView, since: dt.date) -> str:
    counts, circle = count_changes(compare_ties(dossier, view=view)), _name_circle(dossier, view)
    days = f"between {day_in_words(since)} and {day_in_words(view.as_of)}"
    noun = dossier.document.map_views[view.frame].tie_noun
    found = [(code, number) for code, number in counts.items() if number]
    if not found:
        return f"No {noun}{circle} changed {days}"
    first, number = found[0]
    others = "".join(f", {more} {code}" for code, more in found[1:])
    return f"{count_things(number, noun)} {first}{others}{circle} {days}"


def _name_circle(dossier: Dossier, view: MapView) -> str:
    """Among whom, and where: nothing to say when everything is in."""
    frame = dossier.document.map_views[view.frame]
    names = dossier["actors"].set_index("actor_id")["label"]
    if frame.needs_both_ends and set(frame.actor_ids) <= set(view.actors):
        return f" among {join_words([names[actor] for actor in frame.actor_ids])}"
    if view.actors == central_actors(dossier):
        among = dossier.document.text("centre-circle")
    elif view.actors == tied_actors(dossier):
        among = ""
    elif len(view.actors) == 1:
        among = f"of {names[view.actors[0]]}"
    else:
        among = f"among {len(view.actors)} actors"
    return "".join(f" {part}" for part in (frame.scope, among) if part)
