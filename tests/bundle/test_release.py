"""What else a release consists of: the list of what the app is made of, the archive, the wheel."""

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from entente import __version__
from tests.conftest import ROOT
from tests.repository.test_locks import read_lock
from tools.sbom import LOCK, make_sbom


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder))
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder


def test_the_list_names_every_locked_package_with_its_hashes() -> None:
    sbom = json.loads(make_sbom())
    found = {part["name"]: part for part in sbom["components"]}
    assert set(found) == set(read_lock(LOCK))
    assert sbom["metadata"]["component"]["version"] == __version__
    for name, (locked, *_) in read_lock(LOCK).items():
        assert f"=={found[name]['version']}" == str(locked.specifier)
        assert found[name]["externalReferences"][0]["hashes"]


def test_the_same_lock_gives_the_same_list() -> None:
    assert make_sbom() == make_sbom()


def test_the_wheel_holds_what_it_serves(built: Path) -> None:
    with zipfile.ZipFile(built / f"entente-{__version__}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    for name in ("app.py", "pages/router.py", "data/claims.csv", "assets/entente.css"):
        assert f"entente/home/{name}" in names
    assert not any(name.startswith(("tests/", "tools/")) for name in names)


def test_the_archive_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(built / f"entente-{__version__}.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir")
    subprocess.run(
        [*command, str(tmp_path / "again")], check=True, cwd=source, stdout=subprocess.DEVNULL
    )
    name = f"entente-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(built / name) as one, zipfile.ZipFile(tmp_path / "again" / name) as other:
        assert {entry.filename: entry.CRC for entry in one.infolist()} == {
            entry.filename: entry.CRC for entry in other.infolist()
        }
