"""`python -m entente export`: one clear line and exit 2 for what cannot be, and no half file."""

from pathlib import Path

import pytest

from entente.cli import export
from tests.conftest import Run

GATE = "trade_routes?from=SU_PORT&to=NO_PORT&show=leverage"


def refused(run: Run, *words: object) -> str:
    """The one line that the command says when it refuses; nothing else is printed."""
    status, out, err = run("export", *words)
    assert (status, out) == (2, "")
    assert err.startswith("python -m entente export: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize("form", ["html", "pptx", "site"])
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--scenes", "nowhere"), "unknown scene 'nowhere'; there are said, held"),
        (("--view", "claims?q=nothing-has-this-word"), "the view is empty"),
        (("--view", "claims?lens=both&v=99"), "99"),
        (("--view", "https://entente.example/timeline?d=9.9.9"), "9.9.9"),
        (("--view", "https://entente.example/gossip?lens=both"), "'gossip' is not a page"),
        (("--view", "http://[::1"), "is not an address"),
    ],
)
def test_what_is_not_there_is_named(
    run: Run,
    tmp_path: Path,
    form: str,
    words: tuple[str, ...],
    named: str,
) -> None:
    assert named in refused(run, form, tmp_path / "out", *words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["html", "pptx", "site"])
def test_a_folder_that_is_not_there(run: Run, tmp_path: Path, form: str) -> None:
    said = refused(run, form, tmp_path / "nowhere" / "out", "--view", GATE)
    assert "nowhere/out: No such file or directory" in said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_a_file_should_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    assert "Is a directory" in refused(run, "html", tmp_path / "taken", "--view", GATE)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert list((tmp_path / "taken").iterdir()) == []


def test_a_file_where_a_folder_should_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"old")
    assert "File exists" in refused(run, "site", tmp_path / "taken", "--view", GATE)
    assert "Not a directory" in refused(run, "html", tmp_path / "taken" / "x", "--view", GATE)
    assert (tmp_path / "taken").read_bytes() == b"old"


def test_a_folder_that_nobody_may_write(run: Run) -> None:
    assert "cannot write /proc/out.html" in refused(run, "html", "/proc/out.html", "--view", GATE)


def test_a_broken_dataset(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    said = refused(run, "html", tmp_path / "out.html", "--data", data)
    assert "faults; see python -m entente check" in said
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("at", ["making", "replacing"])
def test_interrupted_half_way_no_half_is_left(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    at: str,
) -> None:
    (tmp_path / "out.html").write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise failure

    if at == "replacing":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setitem(export.WRITERS, "html", fail)
    said = refused(run, "html", tmp_path / "out.html", "--view", GATE)
    assert "interrupted" in said or "No space left" in said
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]
    assert (tmp_path / "out.html").read_bytes() == b"old"


def test_one_view_becomes_one_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    printed = run("export", "html", out, "--view", GATE)
    assert printed == (0, f"{out}: 1 scene, {out.stat().st_size:,} bytes\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]


def test_the_folder_is_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "site"
    address = "https://example.org/entente"
    status, printed, _ = run("export", "site", out, "--scenes", "said", "--site-url", address)
    assert status == 0
    assert "1 scene, " in printed
    assert {path.name for path in out.iterdir()} == {
        *("index.html", "404.html", "robots.txt", "assets")
    }
    assert 'href="/entente/assets/edition.' in (out / "404.html").read_text(encoding="utf-8")
