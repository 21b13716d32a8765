"""Commands that cannot do what they are asked: one plain line, and an exit status that says so."""

from pathlib import Path

import pytest

from entente.__main__ import main
from entente.check.faults import BrokenDataset, Fault
from entente.dossier.store import data_folder

FAULT = Fault(file="claims.csv", line=2, code="duplicate_key", key="", column="", value="")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit status and what stands on standard error."""
    try:
        status = main(words)
    except SystemExit as left:
        status = int(str(left.code))
    return status, capsys.readouterr().err.strip()


@pytest.mark.parametrize("most", ["0", "-3", "2.5", "many"])
def test_a_number_of_routes_is_at_least_one(capsys: pytest.CaptureFixture[str], most: str) -> None:
    status, said = run(capsys, "routes", "MA_CITY", "VE_CITY", f"--ways={most}")
    assert (status, said.count("\n")) == (2, 0)
    assert f"not '{most}'" in said


@pytest.mark.parametrize("port", ["-1", "65536", "99999999", "http"])
def test_a_port_is_one_that_can_be_listened_on(
    capsys: pytest.CaptureFixture[str], port: str
) -> None:
    status, said = run(capsys, "serve", f"--port={port}")
    assert (status, said.count("\n")) == (2, 0)
    assert f"not '{port}'" in said


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_that_is_not_there_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    missing = tmp_path / "nowhere"
    said = f"python -m entente {command}: there is no folder {missing}"
    assert run(capsys, command, "--data", str(missing)) == (2, said)
    assert not missing.exists()


def test_nothing_is_packed_into_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("mine", "utf-8")
    status, said = run(capsys, "pack", "--to", str(path))
    assert (status, said.count("\n")) == (2, 0)
    assert said.startswith(f"python -m entente pack: cannot write {path}: ")
    assert path.read_text("utf-8") == "mine"


def test_a_broken_dataset_says_how_its_faults_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(folder: Path) -> None:
        raise BrokenDataset([FAULT])

    monkeypatch.setattr("entente.cli.arguments.read_dossier", refuse)
    folder = tmp_path / "a dossier"
    other = f"1 fault in the dataset: run `python -m entente check --data '{folder}'`"
    assert run(capsys, "claim", "k01", "--data", str(folder)) == (1, other)
    own = "1 fault in the dataset: run `python -m entente check`"
    assert run(capsys, "claim", "k01", "--data", str(data_folder())) == (1, own)
