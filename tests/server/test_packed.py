"""Files go out compressed as they were beforehand: the right bytes, tags, ranges and lifetimes."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.testclient import TestClient

from entente.server import packed as packing
from entente.server.packed import (
    IMMUTABLE,
    SHORT,
    PackedFiles,
    compress_files,
    find_packed,
    list_accepted,
    list_sources,
    pack,
)
from entente.server.page import read_shell
from entente.settings import STREAMLIT_FILES
from entente.style.bundle import bundle_address
from tests.conftest import ROOT
from tools.fonts import SYMBOLS_LIST, symbols_in_use

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
}
OUTLINES = "/assets/topojson/world_50m.json"
SCRIPT = read_shell().styles[0]


@pytest.fixture(scope="module")
def sources() -> dict[str, Path]:
    icon = "/assets/icon-32.png"
    return {
        address: path
        for address, path in list_sources().items()
        if address in {OUTLINES, SCRIPT, icon}
    }


@pytest.fixture(scope="module")
def packed(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "list_sources", lambda: sources)
        assert len(list(pack(folder))) == 3
    return folder


@pytest.fixture
def few(sources: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    own = dict(sources)
    monkeypatch.setattr(packing, "list_sources", lambda: own)
    return own


@pytest.fixture
def tree(tmp_path: Path, packed: Path, few: dict[str, Path]) -> Path:
    """A copy of what was packed once, free to be changed."""
    return Path(shutil.copytree(packed, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def client(tree: Path) -> TestClient:
    return TestClient(PackedFiles(Starlette(), find_packed(tree)))


def raw(client: TestClient, address: str, **headers: str) -> tuple[dict[str, str], bytes, int]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", address, headers={"Accept-Encoding": "", **named}) as answer:
        return dict(answer.headers), b"".join(answer.iter_raw()), answer.status_code


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("address", [OUTLINES, SCRIPT])
def test_the_bytes_are_the_file(
    client: TestClient, few: dict[str, Path], address: str, coding: str
) -> None:
    headers, body, _ = raw(client, address, Accept_Encoding=coding)
    assert headers["content-encoding"] == coding
    assert headers["vary"] == "Accept-Encoding"
    assert UNPACK[coding](body) == few[address].read_bytes()
    assert len(body) == int(headers["content-length"]) < 0.5 * few[address].stat().st_size


def test_a_tree_that_is_packed_again_or_swept_is_served_as_it_is_then(
    client: TestClient, tree: Path, few: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newer = tmp_path_factory.mktemp("newer") / "outlines.json"
    newer.write_bytes(few[OUTLINES].read_bytes()[:-900] + b" " * 5000)
    few[OUTLINES] = newer
    list(pack(tree))
    headers, body, status = raw(client, OUTLINES, Accept_Encoding="br")
    assert (status, len(body)) == (200, int(headers["content-length"]))
    assert UNPACK["br"](body) == newer.read_bytes()
    (tree / f"{OUTLINES[1:]}.br").unlink()
    headers, body, status = raw(client, OUTLINES, Accept_Encoding="br")
    assert (status, body) == (200, newer.read_bytes())
    (tree / OUTLINES[1:]).unlink()
    assert raw(client, OUTLINES)[2] == 404  # on to what lies behind, which has nothing here


def test_who_takes_no_coding_gets_none(client: TestClient, few: dict[str, Path]) -> None:
    for wish in ("", "identity", "br;q=0, gzip;q=0.0", "deflate"):
        headers, body, _ = raw(client, OUTLINES, Accept_Encoding=wish)
        assert "content-encoding" not in headers
        assert headers["vary"] == "Accept-Encoding"
        assert body == few[OUTLINES].read_bytes()


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ("gzip, deflate, br, zstd", ("br", "zstd", "gzip")),
        ("gzip;q=1.0, br;q=0", ("gzip",)),
        ("*", ("br", "zstd", "gzip")),
        ("*;q=0, gzip", ("gzip",)),
        ("BR", ("br",)),
        (",,;q=,br;q=x", ("br",)),
    ],
)
def test_the_smallest_that_is_taken_comes_first(wish: str, order: tuple[str, ...]) -> None:
    assert list_accepted(wish) == order


def test_a_picture_is_sent_as_it_is(client: TestClient) -> None:
    headers, _, _ = raw(client, "/assets/icon-32.png", Accept_Encoding="br")
    assert "content-encoding" not in headers
    assert "vary" not in headers


def test_each_coding_has_a_tag_of_its_own_and_knows_it_again(client: TestClient) -> None:
    tags = {
        coding: raw(client, OUTLINES, Accept_Encoding=coding)[0]["etag"]
        for coding in ("br", "gzip", "")
    }
    assert len(set(tags.values())) == 3
    for coding, tag in tags.items():
        _, body, status = raw(client, OUTLINES, Accept_Encoding=coding, If_None_Match=tag)
        assert (status, body) == (304, b"")
    assert raw(client, OUTLINES, Accept_Encoding="br", If_None_Match=tags["gzip"])[2] == 200


def test_tags_do_not_depend_on_when_it_was_packed(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    list(pack(other))
    tags = [
        raw(
            TestClient(PackedFiles(Starlette(), find_packed(folder))),
            OUTLINES,
            Accept_Encoding="br",
        )[0]["etag"]
        for folder in (tree, other)
    ]
    assert tags[0] == tags[1]


def test_a_part_is_a_part_of_that_coding(client: TestClient) -> None:
    whole = raw(client, OUTLINES, Accept_Encoding="br")
    headers, body, status = raw(client, OUTLINES, Accept_Encoding="br", Range="bytes=10-19")
    assert (status, body) == (206, whole[1][10:20])
    assert headers["content-range"] == f"bytes 10-19/{len(whole[1])}"
    stale = raw(client, OUTLINES, Accept_Encoding="br", Range="bytes=10-19", If_Range='"other"')
    assert (stale[2], stale[1]) == (200, whole[1])
    assert raw(client, OUTLINES, Range="bytes=99999999-")[2] == 416
    assert raw(client, OUTLINES, Range="nonsense")[2] in {200, 400, 416}


def test_names_with_a_hash_last_and_ours_do_not(client: TestClient) -> None:
    assert "immutable" in raw(client, SCRIPT)[0]["cache-control"]
    assert raw(client, OUTLINES)[0]["cache-control"].startswith("public, max-age=3600")


def test_the_script_of_figures_is_kept_for_a_year_and_its_licences_are_not() -> None:
    files = compress_files()
    assert files[bundle_address()].cache_control == IMMUTABLE
    assert "max-age=31536000" in IMMUTABLE
    assert files["/assets/plotly/licences.txt"].cache_control == SHORT


def test_only_what_is_current_is_taken_from_the_tree(tree: Path) -> None:
    (tree / OUTLINES[1:]).write_text("older", encoding="utf-8")
    assert OUTLINES not in find_packed(tree)
    assert len(list(pack(tree))) == 1
    assert OUTLINES in find_packed(tree)
    assert list(pack(tree)) == []


def test_a_tree_of_the_same_content_with_other_times_is_kept(
    tree: Path, few: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in few:
        os.utime(tree / address[1:], (0, 0))
    assert find_packed(tree) == {}
    monkeypatch.setattr(packing, "compress", None)
    assert list(pack(tree)) == []
    assert set(find_packed(tree)) == set(few)


def test_without_a_tree_the_same_comes_from_memory(tree: Path, few: dict[str, Path]) -> None:
    assert find_packed(tree / "nowhere") == {}
    client = TestClient(PackedFiles(Starlette(), compress_files()))
    for coding in ("br", "gzip"):
        headers, body, _ = raw(client, OUTLINES, Accept_Encoding=coding)
        assert headers["content-encoding"] == coding
        assert UNPACK[coding](body) == few[OUTLINES].read_bytes()
    assert OUTLINES not in compress_files(without=[OUTLINES])


def test_a_head_has_no_body(client: TestClient) -> None:
    answer = client.head(OUTLINES)
    assert (answer.status_code, answer.content) == (200, b"")


def test_other_methods_and_addresses_are_passed_on(client: TestClient) -> None:
    assert client.post(OUTLINES).status_code == 404
    assert client.get("/assets/topojson/../../app.py").status_code == 404


def test_the_font_of_symbols_has_every_symbol_in_use() -> None:
    listed = (ROOT / "assets" / SYMBOLS_LIST).read_text(encoding="utf-8").split()
    missing = set(symbols_in_use((ROOT / "entente", ROOT / "pages"))) - set(listed)
    assert not missing, f"python -m entente.build.pictures draws {sorted(missing)}"


@pytest.mark.parametrize(
    ("name", "most"), [("/MaterialSymbols-Rounded.", 40_000), ("/SourceSansVF-Upright.", 50_000)]
)
def test_a_font_of_streamlit_is_sent_cut_down(name: str, most: int) -> None:
    (address,) = [address for address in list_sources() if name in address]
    assert list_sources()[address].stat().st_size < most
    assert (STREAMLIT_FILES / address[1:]).stat().st_size > 150_000
    assert compress_files()[address].cache_control == SHORT
