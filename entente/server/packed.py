"""Files that are compressed once, beforehand, and served as they are.

`python -m entente pack` writes compressed copies of all that never changes while a process runs.
Starlette’s `FileResponse` does the rest: ranges, conditions, entity tags of each coding. A library
made for it, servestatic, was tried: it sends a file in pieces of 8 KiB from a thread of its own,
17 times slower on the largest chunk.
"""

import gzip
import re
import shutil
from collections.abc import Container, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

import brotli
import zstandard
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

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


YEAR = 31_536_000
IMMUTABLE = f"public, max-age={YEAR}, immutable"
# Ours keep their names: an hour from the cache, and then shown while a newer one is asked for.
SHORT = "public, max-age=3600, stale-while-revalidate=86400"
_CONDITIONS = StaticFiles(directory=Path(__file__).parent)
TYPES = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript",
    ".md": "text/markdown",
}


@dataclass(frozen=True)
class Kept:
    """One address: the file as it is, and its codings as files or, failing that, as bytes.

    Attributes:
        path: What is sent uncompressed.
        codings: Coding to what is sent under it.
        cached: For how long browsers may keep it.
    """

    path: Path
    codings: Mapping[str, Path | bytes]
    cached: str

    @property
    def media_type(self) -> str:
        """By the name of the uncompressed file."""
        kind = TYPES.get(self.path.suffix) or guess_type(self.path.name)[0]
        return kind or "application/octet-stream"


def packed_files(tree: Path) -> dict[str, Kept]:
    """What the tree holds of today’s files, by address; empty when nothing was packed."""
    found = {}
    for address, path in sources().items():
        copy = tree / address[1:]
        if is_current(path, copy):
            besides = ((coding, copy.with_name(copy.name + end)) for coding, end in CODINGS.items())
            codings = {coding: file for coding, file in besides if file.is_file()}
            found[address] = Kept(copy, codings, _cached(path))
    return found


def quick_files(*, without: Container[str] = ()) -> dict[str, Kept]:
    """Files compressed in memory, less tightly: for a process whose tree was never packed."""
    found = {}
    for address, path in sources().items():
        if address in without:
            continue
        data = path.read_bytes() if gains(path) else b""
        codings = {
            coding: smaller
            for coding in ("br", "gzip")
            if data and len(smaller := compressed(data, coding, quick=True)) < len(data)
        }
        found[address] = Kept(path, codings, _cached(path))
    return found


def _cached(path: Path) -> str:
    """Streamlit’s names change with what is in them."""
    return IMMUTABLE if path.is_relative_to(STREAMLIT_FILES) else SHORT


def accepted(header: str) -> tuple[str, ...]:
    """The codings that a request takes, the smallest first.

    >>> accepted("gzip, br;q=0, zstd")
    ('zstd', 'gzip')
    """
    weights = {
        part.split(";")[0].strip().lower(): part.partition("q=")[2].strip() or "1"
        for part in header.split(",")
    }
    return tuple(
        coding
        for coding in CODINGS
        if not re.fullmatch(r"0(\.0*)?", weights.get(coding, weights.get("*", "0")))
    )


class PackedFiles:
    """ASGI middleware: answers the addresses that it has, and passes on all others.

    `files` may be replaced while it serves.
    """

    files: Mapping[str, Kept]

    def __init__(self, app: ASGIApp, files: dict[str, Kept]) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        kept = self.files.get(scope.get("path", "")) if scope["type"] == "http" else None
        is_ours = kept is not None and kept.path.is_file() and scope["method"] in {"GET", "HEAD"}
        if kept is None or not is_ours:
            await self.app(scope, receive, send)
            return
        scope["entente.packed"] = True
        await _answer(kept, scope)(scope, receive, send)


def _is_there(held: Path | bytes | None) -> bool:
    return isinstance(held, bytes) or (held is not None and held.is_file())


def _answer(kept: Kept, scope: Scope) -> Response:
    request = Headers(scope=scope)
    headers = {"Cache-Control": kept.cached}
    if kept.codings:
        headers["Vary"] = "Accept-Encoding"
    wanted = accepted(request.get("accept-encoding", ""))
    coding = next((name for name in wanted if _is_there(kept.codings.get(name))), None)
    if coding:
        headers["Content-Encoding"] = coding
    held = kept.codings[coding] if coding else kept.path
    kind = kept.media_type
    if isinstance(held, bytes):
        return Response(held, headers=headers, media_type=kind)
    # Looked at anew each time: the tree may be packed again while we serve.
    response = FileResponse(held, stat_result=held.stat(), headers=headers, media_type=kind)
    if _CONDITIONS.is_not_modified(response.headers, request):
        return NotModifiedResponse(response.headers)
    return response
