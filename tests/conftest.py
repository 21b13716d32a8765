"""Fixtures that all tests share."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entente.dossier.store import Dossier, read_dossier  # noqa: E402


@pytest.fixture(scope="session")
def data() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def dossier(data: Path) -> Dossier:
    return read_dossier(data)


@pytest.fixture
def copy_of_data(data: Path, tmp_path: Path) -> Path:
    """A folder with the whole dataset, free to be broken."""
    target = tmp_path / "data"
    shutil.copytree(data, target)
    return target


@pytest.fixture
def edit(copy_of_data: Path) -> Callable[[str, Callable[[str], str]], Path]:
    """Rewrite one file of the copy; returns the copy's folder."""

    def rewrite(name: str, change: Callable[[str], str]) -> Path:
        path = copy_of_data / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return copy_of_data

    return rewrite
