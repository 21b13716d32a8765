"""The whole check: the dataset's own rules, and that findings link to views that exist."""

from pathlib import Path
from urllib.parse import parse_qs

from entente.schema.faults import BrokenDataset, Fault
from entente.store import Dossier, read_dossier
from entente.views import VIEWS, decode


def review_folder(folder: Path) -> tuple[Fault, ...]:
    """All faults of the dataset in `folder`; empty when it is sound."""
    try:
        dossier = read_dossier(folder)
    except BrokenDataset as broken:
        return broken.faults
    return dead_views(dossier)


def dead_views(dossier: Dossier) -> tuple[Fault, ...]:
    """Findings whose address holds something that its page does not know."""
    faults = []
    for line, finding in enumerate(dossier["findings"].to_dict("records"), start=2):
        view = finding["view"] if isinstance(finding["view"], str) else ""
        kind = VIEWS[finding["page_code"]]
        _, notices = decode(kind, parse_qs(view, keep_blank_values=True), dossier)
        if notices:
            faults.append(
                Fault(
                    file="findings.csv",
                    line=line,
                    code="dead_view",
                    key=finding["finding_id"],
                    column="view",
                    value=view,
                )
            )
    return tuple(faults)
