"""Every `sh` block of the documentation runs, in a copy of what one has after a clone.

The blocks of a page run one after another in one folder, so that a block may use what those above
it wrote. `make` only says what it would do. A block marked `sh long` takes long and is run by `make
test-all`; one marked `sh elsewhere` serves, installs, or needs what only a reader has, and is not
run: its commands are still looked up (`test_names.py`).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.pages import NAMES, list_blocks, read

LONG, ELSEWHERE = "long", "elsewhere"
TUTORIAL = "docs/dossier.md"  # run, and looked at, by `test_tutorial.py`
LEFT_OUT = shutil.ignore_patterns(
    ".*cache*", ".git", ".venv", ".hypothesis", "__pycache__", "node_modules"
)
PROGRAMS = {
    "python": f'exec "{sys.executable}" "$@"',
    "entente": f'exec "{sys.executable}" -m entente "$@"',
    "make": f'exec "{shutil.which("make")}" --dry-run "$@"',
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs that blocks start."""
    folder = tmp_path_factory.mktemp("bin")
    for name, line in PROGRAMS.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "entente"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    return folder


def run_blocks(name: str, notes: tuple[str, ...], copy: Path, programs: Path) -> None:
    """Run the blocks of a page that have one of the notes beside their language."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTENTE_")}
    environment = {**kept, "PATH": f"{programs}:{kept['PATH']}"}
    for block in list_blocks(read(name)):
        if block.language == "sh" and block.note in notes:
            done = subprocess.run(
                ["sh", "-euc", block.text],
                check=False,
                cwd=copy,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, f"{block.text}\n{done.stdout[-2000:]}\n{done.stderr}"


def pages_with(note: str) -> list[str]:
    return [
        name
        for name in NAMES
        if name != TUTORIAL
        if any(block[:2] == ("sh", note) for block in list_blocks(read(name)))
    ]


@pytest.mark.slow
@pytest.mark.timeout(900)  # a page may start a dozen commands
@pytest.mark.parametrize("name", pages_with(""))
def test_blocks_run(name: str, copy: Path, programs: Path) -> None:
    run_blocks(name, ("",), copy, programs)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", pages_with(LONG))
def test_long_blocks_run(name: str, copy: Path, programs: Path) -> None:
    run_blocks(name, ("", LONG), copy, programs)


@pytest.mark.parametrize("name", NAMES)
def test_blocks_say_what_they_are(name: str) -> None:
    """A block without a language, or with a note that means nothing, would never be run."""
    for block in list_blocks(read(name)):
        assert block.language, block.text
        assert block.language != "sh" or block.note in ("", LONG, ELSEWHERE), block.text
        assert block.language not in ("bash", "shell", "console"), block.text


def test_a_block_that_fails_is_found(tmp_path: Path, copy: Path, programs: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\npython -m entente claim nobody\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no claim 'nobody'"):
        run_blocks(str(page), ("",), copy, programs)
