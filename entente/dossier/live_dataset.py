"""The dossier that a running process serves: the newest sound one, with the faults of a newer one.

Every visit asks for it. Asking costs a look at the files' sizes and times; only a change makes it
read again. A change for the worse leaves the last sound dossier in place.
"""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entente.check.faults import BrokenDataset, Fault
from entente.dossier.store import Dossier, data_folder, read_dossier, stamp_of


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What there is to show: a sound dossier or None, and the faults of the files as they are."""

    dossier: Dossier | None
    faults: tuple[Fault, ...] = ()


class Shelf:
    """Keeps the last sound dossier of one folder. Safe to ask from many threads."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read before the first question."""
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: object = None
        self._holding = Holding(dossier=None)

    def holding(self) -> Holding:
        """The newest sound dossier, and what is wrong with the files now, if anything."""
        stamp = stamp_of(self._folder)
        with self._lock:
            if stamp != self._stamp:
                self._holding = self._read()
                self._stamp = stamp
            return self._holding

    def state(self) -> str:
        """`reading`, `sound` or `faulty`, by the last answer; asks for no reading of its own."""
        if self._stamp is None:
            return "reading"
        return "faulty" if self._holding.faults else "sound"

    def _read(self) -> Holding:
        try:
            return Holding(dossier=read_dossier(self._folder))
        except BrokenDataset as broken:
            return Holding(dossier=self._holding.dossier, faults=broken.faults)


@cache
def shelf_of(folder: Path) -> Shelf:
    """The one shelf of a folder in this process."""
    return Shelf(folder)


def state() -> str:
    """How the dataset of the process is: `reading`, `sound` or `faulty`."""
    return shelf_of(data_folder()).state()


def holding() -> Holding:
    """What the process serves from its data folder."""
    return shelf_of(data_folder()).holding()
