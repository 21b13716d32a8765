"""What was known by the day, and what the document holds: the two faces on the data page."""

import datetime as dt
from typing import Any

from entente.address.views import DataView, horizon
from entente.app import controls, markup
from entente.dates.words import day_in_words
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.record.evidence import certainty_counts, known_counts


def show_day(dossier: Dossier, view: DataView) -> None:
    """Lens and day, and under them the counts that they mean."""
    with controls.bar():
        controls.lens(DataView)
        controls.as_of(DataView, dossier)
    markup.show(
        "data_day",
        lens=view.lens,
        day=day_in_words(view.as_of),
        is_written=view.as_of >= dossier.document.day,
        published=day_in_words(dossier.document.day),
        counts=counts_on(dossier, as_of=view.as_of),
        said=said_counts(dossier),
    )


@cached
def counts_on(dossier: Dossier, *, as_of: dt.date) -> dict[str, int]:
    """What was known by a day, in numbers."""
    return known_counts(dossier.tables, as_of=as_of, horizon=horizon(dossier))


@cached
def said_counts(dossier: Dossier) -> dict[str, Any]:
    """What the document holds, in numbers."""
    claims, labels = dossier["claims"], dossier.labels("hedges")
    hedges = [f"{count} {labels[code].lower()}" for code, count in certainty_counts(claims).items()]
    return {
        "claims": len(claims),
        "sentences": len(claims[["paragraph", "sentence"]].drop_duplicates()),
        "hedges": ", ".join(hedges),
    }
