"""Archives: the same bytes for the same files, and nothing taken on trust from anyone else's."""

import io
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.dossier import archive
from entente.dossier.archive import BadArchive, pack, unpack


def zipped(*files: tuple[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as made:
        for name, content in files:
            made.writestr(name, content)
    return buffer.getvalue()


names = st.from_regex(r"[a-z]{1,6}(/[a-z]{1,6})?\.csv", fullmatch=True)


@given(st.dictionaries(names, st.binary(max_size=60), max_size=6))
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files
    assert pack(files) == pack(dict(reversed(files.items())))
    assert unpack(pack(files, top="top")) == {f"top/{k}": v for k, v in files.items()}


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "/etc/x.csv", "C:/x.csv", "a\\..\\x.csv", "a/.."]
)
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    with pytest.raises(BadArchive, match="leads outside"):
        unpack(zipped((name, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(BadArchive, match="twice"):
        unpack(zipped(("a.csv", b"1"), ("a.csv", b"2")))


def test_a_bomb_is_refused() -> None:
    bomb = zipped(("a.csv", bytes(archive.MOST_BYTES + 1)), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(BadArchive, match="too large"):
        unpack(bomb)


def test_many_files_are_as_large_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES_TOGETHER", 25)
    assert len(unpack(zipped(("a", bytes(12)), ("b", bytes(13))))) == 2
    with pytest.raises(BadArchive, match="too large"):
        unpack(zipped(("a", bytes(12)), ("b", bytes(14))))


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    size = archive.MOST_BYTES + 1
    bomb = zipped(("a.csv", bytes(size)), compression=zipfile.ZIP_DEFLATED)
    lying = bomb.replace(struct.pack("<L", size), struct.pack("<L", 10))
    with pytest.raises(BadArchive):
        unpack(lying)


def test_too_many_files_are_refused() -> None:
    with pytest.raises(BadArchive, match="more than"):
        unpack(zipped(*((f"{n}.csv", b"") for n in range(archive.MOST_FILES + 1))))


def test_unusual_packing_is_refused() -> None:
    with pytest.raises(BadArchive, match="unusual"):
        unpack(zipped(("a.csv", b"x"), compression=zipfile.ZIP_LZMA))


@given(st.data())
def test_any_bytes_are_files_or_a_bad_archive(draw: st.DataObject) -> None:
    raw = pack({"a.csv": b"one,two\n" * 9, "codes/b.csv": b"x\n"})
    start = draw.draw(st.integers(0, len(raw)))
    stop = draw.draw(st.integers(start, len(raw)))
    damaged = raw[:start] + draw.draw(st.binary(max_size=12)) + raw[stop:]
    try:
        assert isinstance(unpack(damaged), dict)
    except BadArchive as bad:
        assert "\n" not in str(bad)
