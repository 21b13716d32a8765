"""A file is whole or not there."""

from pathlib import Path

import pytest

from entente.export.files import writing


def test_what_is_written_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    writing.write_whole(tmp_path / "a.html", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_bytes() == b"whole"


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"old and longer")
    writing.write_whole(tmp_path / "a.html", b"new")
    assert (tmp_path / "a.html").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        writing.write_whole(tmp_path / "nowhere" / "a.html", b"x")


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_interruption_leaves_the_old_file_and_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    (tmp_path / "a.html").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(type(failure)):
        writing.write_whole(tmp_path / "a.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_bytes() == b"old"


def test_pages_are_written_after_what_they_refer_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(writing, "write_whole", lambda path, _: written.append(path.name))
    writing.write_all(tmp_path, {"index.html": b"", "assets/z.js": b"", "404.html": b""})
    assert written == ["z.js", "404.html", "index.html"]
