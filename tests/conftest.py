"""Fixtures that all tests share.

Tests rest on a small dossier of their own (`tests/fixtures/small`, about invented states), so that
an edit of a table in `data/` breaks a test only if it breaks a rule, or one of the tests that are
about today’s dataset: they ask for `live_data` or `live_dossier` and say so. Tests in a browser
look at what ships (`tests/browser/conftest.py`).
"""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts a time. `make test-all` takes the second profile (`tests/laws.py`).
settings.register_profile("entente", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=100)
settings.load_profile("entente")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entente.__main__ import main  # noqa: E402
from entente.dossier import store  # noqa: E402
from entente.dossier.store import DatasetState, Dossier, read_dossier  # noqa: E402
from tests.order import put_browser_first  # noqa: E402

LIVE = ROOT / "data"
SMALL = ROOT / "tests" / "fixtures" / "small"
Edit = Callable[[str, Callable[[str], str]], Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.hookimpl(trylast=True)  # once it is known which tests are run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All processes of a run agree on the order."""
    items[:] = put_browser_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_collection_finish() -> None:
    """Modules and tests live to the end, so the garbage collector need not walk them."""
    gc.collect()
    gc.freeze()


@cache
def read_live() -> Dossier:
    """Today’s dataset, read once in a process."""
    return read_dossier(LIVE)


@cache
def read_small() -> Dossier:
    """The dossier of the tests, read once in a process."""
    return read_dossier(SMALL)


@pytest.fixture(scope="session")
def live_data() -> Path:
    return LIVE


@pytest.fixture(scope="session")
def live_dossier() -> Dossier:
    return read_live()


@pytest.fixture(scope="session")
def data() -> Path:
    return SMALL


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return read_small()


@pytest.fixture(scope="module", autouse=True)
def _environment(data: Path) -> Iterator[None]:
    """Pages and commands that are not told otherwise read the module’s data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTENTE_DATA", str(data))
        yield


@pytest.fixture
def served(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """The module’s dossier, which pages show as it is, whatever the folder of data holds."""
    state = DatasetState(dossier=dossier)
    monkeypatch.setattr(store.LiveDataset, "read_state", lambda _: state)
    return dossier


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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its status, and what it wrote to its output and its error output."""

    def command(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:
            status = int(left.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command
