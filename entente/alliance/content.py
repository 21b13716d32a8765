"""The plate of the alliance map: the ties of a view as a map, a matrix or a table."""

from entente.address.views import MapView
from entente.alliance.headline import headline as title
from entente.alliance.tables import (
    grid_drawn,
    map_drawn,
    matrix_drawn,
    options_of,
    statement_of,
    tie_legend,
    tie_sources,
)
from entente.alliance.tie_rows import tie_table
from entente.content import Panel
from entente.dates.words import day_in_words
from entente.dossier.store import Dossier

__all__ = ["borders", "panels", "title"]

MAP_NOTE = (
    "Lines follow the shortest way over the globe; several between one pair are set side by side. "
    "Actors beyond the frame stand at its edge. Choose a line or an actor for its dossier. "
)
MATRIX_NOTE = (
    "Each pair of actors stands twice, once on each side of the diagonal; one symbol a tie. "
    "Choose a symbol for its dossier."
)


def panels(dossier: Dossier, view: MapView, appearance: str) -> tuple[Panel, ...]:
    """The one figure of the reading; the table alone in the reading of that name."""
    options = {**options_of(view), "since": view.since}
    figure, alt, caption, grid = None, "Table of ties.", _table_caption(view), None
    if view.mode == "matrix":
        caption = MATRIX_NOTE
        figure, alt = matrix_drawn(dossier, appearance=appearance, **options)
        grid = grid_drawn(dossier, appearance=appearance, **options)
    elif view.mode == "map":
        caption = MAP_NOTE + borders(dossier, view)
        figure, alt = map_drawn(dossier, appearance=appearance, borders=view.borders, **options)
    return (
        Panel(
            key="tie-matrix" if view.mode == "matrix" else "alliance-map",
            figure=figure,
            alt=alt,
            table=tie_table(dossier, **options),
            caption=caption,
            source_ids=tuple(dict.fromkeys(tie_sources(dossier, **options))),
            legend=() if figure is None else tie_legend(dossier, appearance=appearance, **options),
            editable=grid,
        ),
    )


def borders(dossier: Dossier, view: MapView) -> str:
    """Whose view of the borders the map draws, in a sentence."""
    return str(statement_of(dossier, borders=view.borders))


def _table_caption(view: MapView) -> str:
    day = day_in_words(view.as_of)
    caption = f"Ties in force on {day}, with strength, and the events and claims behind each."
    if view.since is not None:
        caption += f" Those that ended since {day_in_words(view.since)} are listed, too."
    return caption
