"""What the page of data shows: how well it is documented, and the table that a view has chosen."""

from entente.address.views import DataView
from entente.content import Panel, make_panel
from entente.datapage.origins import (
    HEIGHT,
    KEY,
    chart_certainty,
    chart_origins,
    say_certainty,
    say_origins,
)
from entente.dossier.store import Dossier

ORIGINS_CAPTION = (
    "Sources that report one text share an origin. A verdict that confirms an equal one before it "
    "rests on the origins of both. Hollow: one voice only."
)
CERTAINTY_CAPTION = "How certain the author sounds is read from the words of each claim."


def title(dossier: Dossier, view: DataView) -> str:
    """How well the verdicts are documented; of the document, how certain it sounds."""
    if view.lens == "document":
        return say_certainty(dossier)
    return say_origins(dossier, as_of=view.as_of)


def panels(dossier: Dossier, view: DataView, appearance: str) -> tuple[Panel, ...]:
    """The picture of that, and the chosen table with its own column names."""
    return (evidence_panel(dossier, view, appearance), _table_panel(dossier, view))


def evidence_panel(dossier: Dossier, view: DataView, appearance: str) -> Panel:
    """Claims by the origins behind their verdicts, or by how certain their author sounds."""
    if view.lens == "document":
        parts, caption = chart_certainty(dossier, appearance=appearance), CERTAINTY_CAPTION
    else:
        parts = chart_origins(dossier, as_of=view.as_of, appearance=appearance)
        caption = ORIGINS_CAPTION
    return make_panel(parts, key=KEY, caption=caption, height=HEIGHT, is_legend_in_caption=True)


def _table_panel(dossier: Dossier, view: DataView) -> Panel:
    return Panel(
        key=f"table-{view.table.replace('/', '-')}",
        figure=None,
        alt=f"{len(dossier[view.table])} rows of {view.table}",
        table=dossier[view.table],
        caption=f"Table {view.table} of dataset {dossier.version}.",
        source_ids=(),
    )
