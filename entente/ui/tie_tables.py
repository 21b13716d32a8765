"""Tables and figures of the alliance map, each made once for a dossier and plain options."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from entente.analysis.ties import shown_ties, theme_counts, touching
from entente.figures.alliance_map import alliance_map, alliance_map_alt
from entente.figures.tie_marks import THEME_SYMBOLS, lifetime
from entente.figures.tie_matrix import tie_matrix, tie_matrix_alt
from entente.palette import PALETTES
from entente.schema.dates_in_words import day_in_words
from entente.store import Dossier
from entente.ui.cache import kept

CODE_TABLES = ("themes", "valences", "directions", "actor_roles")
HEADINGS = (
    *("From", "", "To", "Theme", "Tie", "Valence", "In force", "Events", "Claims"),
    "Whose word",
)


def ties_shown(
    dossier: Dossier,
    *,
    lens: str,
    as_of: dt.date,
    themes: tuple[str, ...],
    actors: tuple[str, ...],
    pick: str | None,
) -> pd.DataFrame:
    """The ties of a view, with evidence."""
    return shown_ties(
        ties=dossier["ties"],
        tie_claims=dossier["tie_claims"],
        tie_events=dossier["tie_events"],
        events=dossier["events"],
        lens=lens,
        as_of=as_of,
        themes=themes,
        actors=actors,
        pick=pick,
    )


def map_drawn(
    dossier: Dossier, *, appearance: str, pick: str | None, **view: object
) -> tuple[go.Figure, str]:
    """The map of a view and its alternative text."""
    ties = kept(ties_shown, dossier, pick=pick, **view)
    order = tuple(dossier.labels("themes"))
    figure = alliance_map(
        ties=ties,
        actors=dossier["actors"],
        areas=dossier["areas"],
        area_lines=dossier.area_lines,
        words=words(dossier),
        theme_order=order,
        palette=PALETTES[appearance],
        lit=touching(ties, pick),
        pick=pick,
    )
    alt = alliance_map_alt(
        ties=ties,
        actors=dossier["actors"],
        words=words(dossier),
        theme_order=order,
        day=day_in_words(view["as_of"]),  # type: ignore[arg-type]
    )
    return figure, alt


def matrix_drawn(dossier: Dossier, *, appearance: str, **view: object) -> tuple[go.Figure, str]:
    """The matrix of a view and its alternative text."""
    ties = kept(ties_shown, dossier, **view)
    figure = tie_matrix(
        ties=ties,
        actors=dossier["actors"],
        words=words(dossier),
        theme_order=tuple(dossier.labels("themes")),
        palette=PALETTES[appearance],
    )
    day = day_in_words(view["as_of"])  # type: ignore[arg-type]
    return figure, tie_matrix_alt(ties=ties, actors=dossier["actors"], day=day)


def tie_table(dossier: Dossier, **view: object) -> pd.DataFrame:
    """The ties of a view as rows for readers."""
    ties = kept(ties_shown, dossier, **view)
    names = dossier["actors"].set_index("actor_id")["label"]
    said = words(dossier)
    rows = [
        (
            names[tie.from_actor_id],
            "→" if tie.direction_code == "one-way" else "↔",
            names[tie.to_actor_id],
            f"{THEME_SYMBOLS[tie.theme_code][1]} {said[tie.theme_code]}",
            tie.label,
            said[tie.valence_code],
            lifetime(tie.start_edtf, tie.end_edtf),
            tie.event_count,
            tie.claim_count,
            "Document only" if tie.is_asserted_only else "Record",
        )
        for tie in ties.itertuples()
    ]
    return pd.DataFrame(rows, columns=list(HEADINGS))


def tie_sources(dossier: Dossier, **view: object) -> list[str]:
    """Sources of the events behind the ties of a view, each once."""
    ties = kept(ties_shown, dossier, **view)
    shown = {event for ids in ties["event_ids"] for event in ids.split()}
    cited = dossier["event_sources"]
    return list(dict.fromkeys(cited[cited["event_id"].isin(shown)]["source_id"]))


def theme_key(dossier: Dossier, **view: object) -> list[dict[str, object]]:
    """Themes on screen, in order, with their numbers of ties."""
    counts = theme_counts(kept(ties_shown, dossier, **view))
    return [
        {"code": code, "label": label, **counts.loc[code].to_dict()}
        for code, label in dossier.labels("themes").items()
        if code in counts.index
    ]


def words(dossier: Dossier) -> dict[str, str]:
    """Code to label for all code tables of ties and actors."""
    return {code: label for name in CODE_TABLES for code, label in dossier.labels(name).items()}
