"""The installed package: commands and server work from any folder, with data of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT
from tools.serving import background_process

pytestmark = pytest.mark.slow  # builds the package


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package alone; what it depends on comes from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--disable-pip-version-check", "--target", str(folder))
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(ROOT)], check=True)
    return folder


@pytest.fixture
def environment(installed: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    return {**own, "PYTHONPATH": str(installed), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def server(installed: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address at which the installed command serves."""
    command = [str(installed / "bin" / "entente"), "serve", "--port", "0"]
    with background_process(
        command, ready=r"running on (\S+)", folder=tmp_path, environment=environment
    ) as address:
        yield address


def test_it_checks_the_data_that_came_with_it(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "entente"), "check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == f"No faults in {installed / 'entente' / 'home' / 'data'}"
    assert done.returncode == 0


def test_it_serves_pages_and_assets(server: str) -> None:
    for path in ("/", "/assets/entente.css", "/health"):
        with urlopen(server + path, timeout=60) as answer:
            assert answer.status == 200
