"""The dossier that a running process serves: the newest sound one, with the faults of a newer one.

Every visit asks for it. Asking costs a look at the files' sizes and times; only a change makes it
read again. A change for the worse leaves the last sound dossier in place.
"""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entente.check.faults import BrokenDataset, Fault
from entente.dossier.store import Dossier, data_folder, read_dossier, stamp_files


@dataclass(frozen=True, kw_only=True)
class DatasetState:
    """What there is to show: a sound dossier or None, and the faults of the files as they are."""

    dossier: Dossier | None
    faults: tuple[Fault, ...] = ()


class LiveDataset:
    """Keeps the last sound dossier of one folder. Safe to ask from many threads."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read before the first question."""
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: object = None
        self._newest = DatasetState(dossier=None)

    def read_state(self) -> DatasetState:
        """The newest sound dossier, and what is wrong with the files now, if anything."""
        stamp = stamp_files(self._folder)
        with self._lock:
            if stamp != self._stamp:
                self._newest = self._read()
                self._stamp = stamp
            return self._newest

    def last_state(self) -> DatasetState:
        """What the last reading found; nothing before the first. Reads nothing, never waits."""
        return self._newest

    def state(self) -> str:
        """`reading`, `sound` or `faulty`, by the last answer; asks for no reading of its own."""
        if self._stamp is None:
            return "reading"
        return "faulty" if self._newest.faults else "sound"

    def _read(self) -> DatasetState:
        try:
            return DatasetState(dossier=read_dossier(self._folder))
        except BrokenDataset as broken:
            return DatasetState(dossier=self._newest.dossier, faults=broken.faults)


@cache
def live_dataset(folder: Path) -> LiveDataset:
    """The live dataset of a folder, one in this process."""
    return LiveDataset(folder)


def state() -> str:
    """How the dataset of the process is: `reading`, `sound` or `faulty`."""
    return live_dataset(data_folder()).state()


def last_state() -> DatasetState:
    """What the process served last from its data folder; reads nothing."""
    return live_dataset(data_folder()).last_state()


def read_state() -> DatasetState:
    """What the process serves from its data folder."""
    return live_dataset(data_folder()).read_state()
