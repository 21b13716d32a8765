"""The installed package: commands and server work from any folder, with data of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT

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
    process = subprocess.Popen(
        [str(installed / "bin" / "entente"), "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    lines = []
    try:
        for line in process.stderr:
            lines.append(line)
            if "running on " in line:
                yield line.partition("running on ")[2].split()[0]
                break
        else:
            raise RuntimeError("the server did not start:\n" + "".join(lines))
    finally:
        process.terminate()
        process.wait()


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
