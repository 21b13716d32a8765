"""Make compressed copies of all that never changes while a process runs, once.

`python -m entente pack` writes a tree that this app, nginx or any static host serves: the files
themselves, and beside each that gains by it `.br`, `.zst` and `.gz`.
"""

import gzip
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import zstandard

from entente.settings import HOME, STREAMLIT_FILES

ASSETS = HOME / "assets"
SYMBOLS = ASSETS / "fonts" / "symbols.woff2"
CODINGS = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
TEXT = (".js", ".css", ".json", ".svg", ".webmanifest", ".md", ".txt", ".wasm", ".ttf", ".html")
QUICK = 5
LEAST_GAIN = 0.95


def sources() -> dict[str, Path]:
    """Address to file of everything that is served as it is."""
    found = {
        f"/static/{path.relative_to(STREAMLIT_FILES / 'static').as_posix()}": path
        for path in _files(STREAMLIT_FILES / "static")
    }
    found |= {f"/assets/{path.relative_to(ASSETS).as_posix()}": path for path in _files(ASSETS)}
    return found | {address: SYMBOLS for address in found if _is_symbols(address)}


def _is_symbols(address: str) -> bool:
    """Whether that is Streamlit’s font of symbols, of which we send a thirtieth."""
    return address.startswith("/static/media/MaterialSymbols-Rounded.") and SYMBOLS.is_file()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def compressed(data: bytes, coding: str, *, quick: bool = False) -> bytes:
    """The bytes under a content coding, as small as it gets, or quickly."""
    if coding == "br":
        return brotli.compress(data, quality=QUICK if quick else 11)
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=QUICK if quick else 19).compress(data)
    return gzip.compress(data, QUICK if quick else 9, mtime=0)


def gains(path: Path) -> bool:
    """Whether a file of that kind is worth compressing; pictures and fonts are already."""
    return path.suffix in TEXT


def pack(target: Path) -> Iterator[Path]:
    """Write or renew the tree below `target`; gives each file that had to be written.

    Raises:
        OSError: the folder cannot be written.
    """
    waiting = [
        (path, target / address[1:])
        for address, path in sources().items()
        if not is_current(path, target / address[1:])
    ]
    waiting.sort(key=lambda pair: -pair[0].stat().st_size)  # the longest first: no idle end
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(lambda pair: _pack_one(*pair), waiting)


def is_current(path: Path, copy: Path) -> bool:
    """Whether the copy is of this very file, by size and time."""
    if not copy.is_file():
        return False
    own, other = path.stat(), copy.stat()
    return (own.st_size, int(own.st_mtime)) == (other.st_size, int(other.st_mtime))


def _pack_one(path: Path, copy: Path) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    data = path.read_bytes()
    for coding, suffix in CODINGS.items():
        beside = copy.with_name(copy.name + suffix)
        if gains(path) and len(smaller := compressed(data, coding)) < len(data) * LEAST_GAIN:
            _put(beside, smaller, path)
        else:
            beside.unlink(missing_ok=True)
    _put(copy, data, path)  # last, so that a tree cut short is seen to be unfinished
    return copy


def _put(target: Path, content: bytes, source: Path) -> None:
    """Write beside and rename: whoever serves the tree meanwhile has the old file or the new."""
    beside = target.with_name(f"{target.name}.new")
    beside.write_bytes(content)
    shutil.copystat(source, beside)
    beside.replace(target)
