"""What the alliance map shows: its title, and the ties as a map, a matrix or a table."""

from typing import Any

import pandas as pd

from entente.address.views import MapView, central_actors, tied_actors
from entente.alliance.map import describe_map, draw_map
from entente.alliance.marks import THEME_SYMBOLS, counted, lifetime, list_legend, made_of
from entente.alliance.matrix import describe_matrix, draw_matrix, tie_grid
from entente.alliance.ties import count_changes, find_touching
from entente.alliance.views import (
    compare_ties,
    labels_by_code,
    list_areas,
    list_corridor_legs,
    list_sources,
    list_ties,
    stamp_borders,
    state_borders,
)
from entente.content import Height, Panel
from entente.dates import day_in_words, first_day, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.style.palette import Palette, palette_for
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
        return _changes(dossier, view)
    ties = list_ties(dossier, view)
    day = day_in_words(view.as_of)
    alone = int(ties["is_asserted_only"].sum())
    recorded = len(ties) - alone
    circle = _circle(dossier, view)
    if ties.empty:
        return f"No tie fits these settings on {day}"
    if view.lens == "document":
        tail = f"{alone} on its word alone" if alone else "all of them on record, too"
        return f"The document asserts {_count(dossier, view, len(ties))}{circle}, {tail}"
    if view.lens == "record" or not alone:
        return f"{_count(dossier, view, recorded)} on record{circle} on {day}"
    tail = (
        f"; the document, written later, adds {alone}"
        if view.as_of < dossier.document.day
        else f", {alone} more in the document alone"
    )
    return f"{_count(dossier, view, recorded)} on record{circle}{tail}"


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


def borders(dossier: Dossier, view: MapView) -> str:
    """Whose view of the borders the map draws, in a sentence."""
    return state_borders(dossier, view.borders)


def _map_panel(dossier: Dossier, view: MapView, palette: Palette) -> Panel:
    ties, themes = compare_ties(dossier, view=view), dossier.labels("themes")
    document = dossier.document
    frame = document.map_views[view.frame]
    shared: dict[str, Any] = {
        "ties": ties,
        "actors": dossier["actors"],
        "words": labels_by_code(dossier),
        "theme_order": tuple(themes),
        "since": day_in_words(view.since) if view.since else "",
        "frame": frame,
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
            **shared,
            day=day_in_words(view.as_of),
            lens=LENSES[view.lens],
            borders=borders(dossier, view),
        ),
        table=tabulate_ties(dossier, view=view),
        caption=MAP_NOTE + borders(dossier, view),
        source_ids=list_sources(dossier, view),
        height=MAP_HEIGHT,
        legend=list_legend(ties, labels=themes, palette=palette),
    )


def _matrix_panel(dossier: Dossier, view: MapView, palette: Palette) -> Panel:
    ties, actors = compare_ties(dossier, view=view), dossier["actors"]
    themes = dossier.labels("themes")
    return Panel(
        key="tie-matrix",
        figure=draw_matrix(
            ties=ties,
            actors=actors,
            words=labels_by_code(dossier),
            theme_order=tuple(themes),
            palette=palette,
            since=day_in_words(view.since) if view.since else "",
        ),
        alt=describe_matrix(ties=ties, actors=actors, day=day_in_words(view.as_of)),
        table=tabulate_ties(dossier, view=view),
        caption=MATRIX_NOTE,
        source_ids=list_sources(dossier, view),
        height=MATRIX_HEIGHT,
        legend=list_legend(ties, labels=themes, palette=palette),
        editable=tie_grid(ties=ties, actors=actors, theme_order=tuple(themes), palette=palette),
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
    said, dates = labels_by_code(dossier), dossier["events"].set_index("event_id")["date_edtf"]
    rows = [_row(tie, names, said, dates) for tie in ties.itertuples()]
    table = pd.DataFrame(rows, columns=list(HEADINGS))
    if view.since is not None:
        heading = f"Since {day_in_words(view.since)}"
        changes = [_change(tie) for tie in ties.itertuples()]
        table.insert(HEADINGS.index("Strength") + 1, heading, changes)
    return table


def _row(
    tie: Any, names: pd.Series, said: dict[str, str], dates: pd.Series
) -> tuple[str | int, ...]:
    return (
        names[tie.from_actor_id],
        "→" if tie.direction_code == "one-way" else "↔",
        names[tie.to_actor_id],
        f"{THEME_SYMBOLS[tie.theme_code][1]} {said[tie.theme_code]}",
        tie.label,
        said[tie.valence_code],
        lifetime(tie.start_edtf, tie.end_edtf),
        _documented_since(tie.event_ids, dates),
        tie.strength,
        made_of(tie),
        tie.event_count,
        tie.claim_count,
        "Document only" if tie.is_asserted_only else "Record",
    )


def _documented_since(event_ids: str, dates: pd.Series) -> str:
    """Date of the first event behind a tie, in words; empty when there is none."""
    known = [str(dates[event]) for event in event_ids.split()]
    return in_words(min(known, key=first_day), is_short=True) if known else ""


def _change(tie: Any) -> str:
    label = CHANGES[tie.change_code]
    if tie.change_code == "stronger":
        return f"{label}: {tie.strength_then} → {tie.strength}"
    return label


def _changes(dossier: Dossier, view: MapView) -> str:
    assert view.since is not None, "two days are compared"
    counts, circle = count_changes(compare_ties(dossier, view=view)), _circle(dossier, view)
    since, day = day_in_words(view.since), day_in_words(view.as_of)
    if not any(counts.values()):
        return f"No {_noun(dossier, view)}{circle} changed between {since} and {day}"
    (first, number), *others = [(code, number) for code, number in counts.items() if number]
    said = ", ".join([first, *(f"{number} {code}" for code, number in others)])
    return f"{_count(dossier, view, number)} {said}{circle} between {since} and {day}"


def _circle(dossier: Dossier, view: MapView) -> str:
    """Among whom, and where: nothing to say when everything is in."""
    frame = dossier.document.map_views[view.frame]
    if frame.needs_both_ends and set(frame.actor_ids) <= set(view.actors):
        return f" among {_names(dossier, frame.actor_ids)}"
    parts = (frame.scope, _among(dossier, view))
    return "".join(f" {part}" for part in parts if part)


def _among(dossier: Dossier, view: MapView) -> str:
    if view.actors == central_actors(dossier):
        return dossier.document.text("centre-circle")
    if view.actors == tied_actors(dossier):
        return ""
    if len(view.actors) == 1:
        return f"of {_names(dossier, view.actors)}"
    return f"among {len(view.actors)} actors"


def _names(dossier: Dossier, actors: tuple[str, ...]) -> str:
    names = dossier["actors"].set_index("actor_id")["label"]
    labels = [names[actor] for actor in actors]
    return " and ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def _noun(dossier: Dossier, view: MapView) -> str:
    return dossier.document.map_views[view.frame].tie_noun


def _count(dossier: Dossier, view: MapView, number: int) -> str:
    return counted(number, _noun(dossier, view))
