"""The whole check: the dataset's own rules, views that are linked to, words, versions."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from entente.address.codec import decode
from entente.address.pages import VIEWS
from entente.check.contract import TABLES
from entente.check.faults import BrokenDataset, Fault
from entente.check.terms import check_words
from entente.check.versions import check_versions
from entente.dossier.store import Dossier, read_dossier

LINKING = ("findings", "scenes")  # tables whose rows link to a view


def review_folder(folder: Path) -> tuple[Fault, ...]:
    """All faults of the dataset in `folder`; empty when it is sound."""
    try:
        dossier = read_dossier(folder)
    except BrokenDataset as broken:
        return broken.faults
    return (*check_views(dossier), *check_words(dossier), *check_versions(dossier))


def check_views(dossier: Dossier) -> tuple[Fault, ...]:
    """Findings and scenes whose address holds something that its page does not know."""
    return tuple(fault for table in LINKING for fault in _dead(dossier, table))


def _dead(dossier: Dossier, table: str) -> Iterator[Fault]:
    for line, row in enumerate(dossier[table].to_dict("records"), start=2):
        view = row["view"] if isinstance(row["view"], str) else ""
        kind = VIEWS[row["page_code"]]
        _, notices = decode(kind, parse_qs(view, keep_blank_values=True), dossier)
        if notices:
            yield Fault(
                file=f"{table}.csv",
                line=line,
                code="dead_view",
                key=row[TABLES[table].key[0]],
                column="view",
                value=view,
            )
