"""Fixtures that all tests share.

Most tests rest on a small dossier of their own (`tests/fixtures/small`, about invented states), so
that an edit of a table in `data/` breaks a test only if it breaks a rule, or one of the tests that
are about today's dataset and say so by asking for `live_data` or `live_dossier`.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entente.dossier.store import Dossier, read_dossier  # noqa: E402

LIVE = ROOT / "data"
SMALL = ROOT / "tests" / "fixtures" / "small"
# Modules whose `dossier` and `data` are the small ones; the others still know today's dataset.
ON_THE_SMALL_DOSSIER = {
    "tests.check.test_check",
    "tests.export.test_data_zip",
    "tests.check.test_rules_in_time",
    "tests.check.test_rules_of_sources",
    "tests.dossier.test_small_dossier",
    "tests.dossier.test_versions",
}

Edit = Callable[[str, Callable[[str], str]], Path]


@pytest.fixture(scope="session")
def live_data() -> Path:
    return LIVE


@pytest.fixture(scope="session")
def live_dossier() -> Dossier:
    return read_dossier(LIVE)


@pytest.fixture(scope="session")
def small_dossier() -> Dossier:
    return read_dossier(SMALL)


@pytest.fixture(scope="module")
def data(request: pytest.FixtureRequest) -> Path:
    return SMALL if request.module.__name__ in ON_THE_SMALL_DOSSIER else LIVE


@pytest.fixture(scope="module")
def dossier(request: pytest.FixtureRequest) -> Dossier:
    is_moved = request.module.__name__ in ON_THE_SMALL_DOSSIER
    found: Dossier = request.getfixturevalue("small_dossier" if is_moved else "live_dossier")
    return found


@pytest.fixture
def copy_of_data(data: Path, tmp_path: Path) -> Path:
    """A folder with the whole dataset, free to be broken."""
    target = tmp_path / "data"
    shutil.copytree(data, target)
    return target


@pytest.fixture
def edit(copy_of_data: Path) -> Edit:
    """Rewrite one file of the copy; returns the copy's folder."""

    def rewrite(name: str, change: Callable[[str], str]) -> Path:
        path = copy_of_data / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return copy_of_data

    return rewrite
