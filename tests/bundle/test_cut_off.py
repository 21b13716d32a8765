"""A bundle for this machine installs, starts and answers where there is no route to anywhere."""

import hashlib
import json
import platform
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from entente import __version__
from tests.conftest import ROOT

pytestmark = pytest.mark.timeout(1800)
HERE = f"{'macos' if sys.platform == 'darwin' else 'linux'}-{platform.machine()}"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
CUT_OFF = Path(__file__).with_name("cut_off.py")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    words = ("--to", str(folder), "--platforms", HERE, "--pythons", PYTHON)
    subprocess.run([sys.executable, "-m", "tools.bundle", *words], check=True, cwd=ROOT)
    name = f"entente-{__version__}-bundle"
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        archive.extractall(folder)
    return folder / name


@pytest.fixture(scope="module")
def found(bundle: Path) -> dict[str, Any]:
    """What answered in a network namespace that has nothing but its own loopback."""
    command = ["unshare", "--map-root-user", "--net", sys.executable, str(CUT_OFF), str(bundle)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=bundle)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_there_is_no_way_out(found: dict[str, Any]) -> None:
    assert found["outside"] == "Network is unreachable"


def test_pages_answer_with_the_data_of_the_bundle(found: dict[str, Any]) -> None:
    assert found["health"] == {"status": "ok", "version": __version__, "dataset": "sound"}
    for path in ("/", "/claims"):
        assert found[path]["status"] == 200
        assert found[path]["start"].lower() == "<!doctype html>"


def test_files_are_sent_as_they_were_packed(found: dict[str, Any], bundle: Path) -> None:
    packed = bundle / "packed" / "assets" / "entente.css.br"
    assert found["packed"]["coding"] == "br"
    assert found["packed"]["bytes"] == packed.stat().st_size


def test_a_damaged_file_is_named_and_nothing_is_installed(
    bundle: Path, found: dict[str, Any]
) -> None:
    table = bundle / "data" / "claims.csv"
    whole = table.read_bytes()
    table.write_bytes(whole[:-1])
    try:
        command = [sys.executable, str(bundle / "run.py"), "install"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    finally:
        table.write_bytes(whole)
    assert done.returncode == 1
    assert done.stderr == "run.py: damaged or missing, copy them again: data/claims.csv\n"


def test_sums_name_every_file_once(bundle: Path) -> None:
    lines = (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert len(sums) == len(lines)
    for name in ("run.py", "README.txt", "briefing.html", "entente.cdx.json", "data/claims.csv"):
        assert sums[name] == hashlib.sha256((bundle / name).read_bytes()).hexdigest()
    assert {path.name for path in bundle.iterdir()} - {"env", "SHA256SUMS"} == {
        name.partition("/")[0] for name in sums
    }
