"""Commands read the small dossier once for all tests, for its check takes longer than they do."""

from pathlib import Path

import pytest

from entente.dossier.store import Dossier, read_dossier

READERS = ("entente.cli.arguments", "entente.cli.verify_document", "entente.dossier.store")


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch, dossier: Dossier, data: Path) -> None:
    def read(folder: Path) -> Dossier:
        return dossier if folder.resolve() == data.resolve() else read_dossier(folder)

    for module in READERS:
        monkeypatch.setattr(f"{module}.read_dossier", read)
