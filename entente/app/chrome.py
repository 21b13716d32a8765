"""What frames every page: the fault report above it, notices, and the imprint below it."""

import datetime as dt
from collections.abc import Sequence

from entente.address.codec import Notice
from entente.address.options import horizon
from entente.app import markup
from entente.check.faults import Fault
from entente.dates.words import day_in_words
from entente.dossier.live_dataset import read_state
from entente.dossier.store import Dossier

MOST_FAULTS = 50


def opened() -> bool:
    """Show the fault report if there is one; True when there is a dossier to show below it."""
    found = read_state()
    if found.faults:
        _report(found.faults, is_running=found.dossier is not None)
    return found.dossier is not None


def dossier() -> Dossier:
    """The dossier of this run; pages run only when there is one."""
    found = read_state().dossier
    if found is None:
        raise RuntimeError("a page ran without a dossier")
    return found


def notices(found: Sequence[Notice], *, as_of: dt.date | None = None) -> None:
    """Say what in the address could not be used, and that the document is younger than the day."""
    if found:
        markup.show("notices", notices=found)
    published = dossier().document.day
    if as_of is not None and as_of < published:
        markup.show("before_document", day=day_in_words(as_of), published=day_in_words(published))


def close() -> None:
    """The imprint: version, evidence horizon, borders statement."""
    shown = dossier()
    markup.show(
        "imprint",
        document=shown.document,
        published=day_in_words(shown.document.day),
        version=shown.version,
        digest=shown.digest[:12],
        horizon=horizon(shown),
        borders=shown.document.text("borders-statement"),
    )


def _report(faults: Sequence[Fault], *, is_running: bool) -> None:
    headline = f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the dataset"
    detail = (
        "The files have changed and cannot be used. Below is the last sound version."
        if is_running
        else "The dataset cannot be shown until these are mended. The page then opens by itself on "
        "the next visit."
    )
    markup.show(
        "faults",
        kicker="Data check",
        headline=headline,
        detail=detail,
        faults=[fault.as_dict() for fault in faults[:MOST_FAULTS]],
        more=max(0, len(faults) - MOST_FAULTS),
    )
