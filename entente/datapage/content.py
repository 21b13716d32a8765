"""What the page of data shows: the table that a view has chosen, as it stands."""

from entente.address.views import DataView
from entente.content import Panel
from entente.dossier.store import Dossier


def title(dossier: Dossier, view: DataView) -> str:
    """How many rows the table has."""
    return f"{len(dossier[view.table])} rows of {view.table}"


def panels(dossier: Dossier, view: DataView, appearance: str) -> tuple[Panel, ...]:
    """The table, with its own column names."""
    table = dossier[view.table]
    return (
        Panel(
            key=f"table-{view.table.replace('/', '-')}",
            figure=None,
            alt=title(dossier, view),
            table=table,
            caption=f"Table {view.table} of dataset {dossier.version}.",
            source_ids=(),
        ),
    )
