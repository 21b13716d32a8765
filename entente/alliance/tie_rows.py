"""The ties of a view as rows for readers: the table under the map and the matrix."""

import datetime as dt
from typing import Any

import pandas as pd

from entente.alliance.tables import ties_compared, words
from entente.alliance.tie_marks import THEME_SYMBOLS, lifetime, made_of
from entente.dates.edtf import first_day
from entente.dates.words import day_in_words, in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.vocabulary import CHANGES


@cached
def tie_table(dossier: Dossier, *, since: dt.date | None, **view: Any) -> pd.DataFrame:
    """The ties of a view as rows; compared with an earlier day, with what became of each."""
    ties = ties_compared(dossier, since=since, **view)
    names = dossier["actors"].set_index("actor_id")["label"]
    said, dates = words(dossier), dossier["events"].set_index("event_id")["date_edtf"]
    rows = [_row(tie, names, said, dates) for tie in ties.itertuples()]
    table = pd.DataFrame(rows, columns=list(HEADINGS))
    if since is None:
        return table
    heading = f"Since {day_in_words(since)}"
    changes = [_change(tie) for tie in ties.itertuples()]
    table.insert(list(HEADINGS).index("Strength") + 1, heading, changes)
    return table


HEADINGS = (
    *("From", "", "To", "Theme", "Tie", "Valence", "In force", "Documented since"),
    *("Strength", "Made of", "Events", "Claims", "Whose word"),
)


def documented_since(event_ids: str, dates: pd.Series) -> str:
    """Date of the first event behind a tie, in words; empty when there is none."""
    known = [str(dates[event]) for event in event_ids.split()]
    return in_words(min(known, key=first_day), is_short=True) if known else ""


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
        documented_since(tie.event_ids, dates),
        tie.strength,
        made_of(tie),
        tie.event_count,
        tie.claim_count,
        "Document only" if tie.is_asserted_only else "Record",
    )


def _change(tie: Any) -> str:
    label = CHANGES[tie.change_code]
    if tie.change_code == "stronger":
        return f"{label}: {tie.strength_then} → {tie.strength}"
    return label
