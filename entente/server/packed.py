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

from entente.element import SERVED
from entente.progress import follow
from entente.settings import HOME, STREAMLIT_FILES

ASSETS = HOME / "assets"
# Our cuts of Streamlit's fonts, by how its addresses begin: 60 kB in place of 545.
CUTS = {
    "/static/media/MaterialSymbols-Rounded.": ASSETS / "fonts" / "symbols.woff2",
    "/static/media/SourceSansVF-Upright.": ASSETS / "fonts" / "entente-sans.woff2",
}
CODINGS = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
TEXT = (".js", ".css", ".json", ".svg", ".webmanifest", ".md", ".txt", ".wasm", ".ttf", ".html")
# Levels of Brotli, Zstandard and gzip: in memory; packed; packed, where the best takes ten times as
# long as the next best. Only scripts of Streamlit's that no page of ours runs are so large.
QUICK, BEST, GOOD = (5, 5, 5), (11, 19, 9), (9, 12, 9)
LARGE_BYTES = 1_100_000
LEAST_GAIN = 0.95


def list_sources() -> dict[str, Path]:
    """Address to file of everything that is served as it is."""
    found = {
        f"{address}/{path.relative_to(folder).as_posix()}": path
        for address, folder in (("/static", STREAMLIT_FILES / "static"), ("/assets", ASSETS))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    found |= SERVED
    for beginning, cut in CUTS.items():
        for address in [each for each in found if each.startswith(beginning)]:
            found[address] = cut
    return found


def compress(data: bytes, coding: str, *, quick: bool = False) -> bytes:
    """The bytes under a content coding, as small as is worth the time, or quickly."""
    brotli_level, zstd_level, gzip_level = (
        QUICK if quick else GOOD if len(data) > LARGE_BYTES else BEST
    )
    if coding == "br":
        return brotli.compress(data, quality=brotli_level)
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=zstd_level).compress(data)
    return gzip.compress(data, gzip_level, mtime=0)


def is_compressible(path: Path) -> bool:
    """Whether a file of that kind is worth compressing; pictures and fonts are already."""
    return path.suffix in TEXT


def pack(target: Path) -> Iterator[Path]:
    """Write or renew the tree below `target`; gives each file that had to be written.

    Raises:
        OSError: the folder cannot be written.
    """
    waiting = [
        (path, target / address[1:])
        for address, path in list_sources().items()
        if not is_current(path, target / address[1:])
        and not _has_same_content(path, target / address[1:])
    ]
    waiting.sort(key=lambda pair: -pair[0].stat().st_size)  # the longest first: no idle end
    with ThreadPoolExecutor(max_workers=2) as pool:
        packed = pool.map(lambda pair: _pack_one(*pair), waiting)
        yield from follow(packed, "Files", len(waiting))


def is_current(path: Path, copy: Path) -> bool:
    """Whether the copy is of this very file, by size and time."""
    if not copy.is_file():
        return False
    own, other = path.stat(), copy.stat()
    return (own.st_size, int(own.st_mtime)) == (other.st_size, int(other.st_mtime))


def _has_same_content(path: Path, copy: Path) -> bool:
    """Whether only the time differs, as on a machine to which both were brought; sets it right."""
    if not copy.is_file() or copy.read_bytes() != path.read_bytes():
        return False
    shutil.copystat(path, copy)
    return True


def _pack_one(path: Path, copy: Path) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    data = path.read_bytes()
    for coding, suffix in CODINGS.items():
        beside = copy.with_name(copy.name + suffix)
        if (
            is_compressible(path)
            and len(smaller := compress(data, coding)) < len(data) * LEAST_GAIN
        ):
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
# Most of ours keep their names: an hour from the cache, then shown while a newer one is asked for.
SHORT = "public, max-age=3600, stale-while-revalidate=86400"
_HAS_DIGEST = re.compile(r"-[0-9a-f]{10}\.")
FRESH = "no-cache"  # for the modules of figures, which must fit what the server tells it
_CONDITIONS = StaticFiles(directory=Path(__file__).parent)
TYPES = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript",
    ".md": "text/markdown",
}


@dataclass(frozen=True, kw_only=True)
class ServedFile:
    """One address: the file as it is, and its codings as files or, failing that, as bytes.

    Attributes:
        path: What is sent uncompressed.
        codings: Coding to what is sent under it.
        cache_control: For how long browsers may keep it.
    """

    path: Path
    codings: Mapping[str, Path | bytes]
    cache_control: str

    @property
    def media_type(self) -> str:
        """By the name of the uncompressed file."""
        kind = TYPES.get(self.path.suffix) or guess_type(self.path.name)[0]
        return kind or "application/octet-stream"

    def choose(self, accept_encoding: str) -> tuple[str, Path | bytes]:
        """The smallest coding that a request takes and what is sent for it; empty for none."""
        for coding in list_accepted(accept_encoding):
            held = self.codings.get(coding)
            if held and (isinstance(held, bytes) or held.is_file()):
                return coding, held
        return "", self.path


def find_packed(tree: Path) -> dict[str, ServedFile]:
    """What the tree holds of the current files, by address; empty when nothing was packed."""
    found = {}
    for address, path in list_sources().items():
        copy = tree / address[1:]
        if is_current(path, copy):
            besides = {coding: copy.with_name(copy.name + end) for coding, end in CODINGS.items()}
            codings = {coding: file for coding, file in besides.items() if file.is_file()}
            found[address] = _serve(path, copy, codings)
    return found


def compress_files(*, without: Container[str] = ()) -> dict[str, ServedFile]:
    """Files compressed in memory, less tightly: for a process whose tree was never packed."""
    found = {}
    for address, path in list_sources().items():
        if address in without:
            continue
        codings = {}
        if is_compressible(path) and (data := path.read_bytes()):
            made = {coding: compress(data, coding, quick=True) for coding in ("br", "gzip")}
            codings = {coding: held for coding, held in made.items() if len(held) < len(data)}
        found[address] = _serve(path, path, codings)
    return found


def _serve(source: Path, copy: Path, codings: Mapping[str, Path | bytes]) -> ServedFile:
    """What has a name that changes with what is in it, as all of Streamlit’s have, may be kept."""
    is_kept = source.is_relative_to(STREAMLIT_FILES) or _HAS_DIGEST.search(source.name)
    cache_control = IMMUTABLE if is_kept else FRESH if source in SERVED.values() else SHORT
    return ServedFile(path=copy, codings=codings, cache_control=cache_control)


def list_accepted(header: str) -> tuple[str, ...]:
    """The codings that a request takes, the smallest first.

    >>> list_accepted("gzip, br;q=0, zstd")
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

    files: Mapping[str, ServedFile]

    def __init__(self, app: ASGIApp, files: dict[str, ServedFile]) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        served = self.files.get(scope.get("path", "")) if scope["type"] == "http" else None
        if served is None or not served.path.is_file() or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        scope["entente.packed"] = True
        await _answer(served, Headers(scope=scope))(scope, receive, send)


def _answer(served: ServedFile, request: Headers) -> Response:
    headers = {"Cache-Control": served.cache_control}
    coding, held = served.choose(request.get("accept-encoding", ""))
    if served.codings:
        headers["Vary"] = "Accept-Encoding"
    if coding:
        headers["Content-Encoding"] = coding
    kind = served.media_type
    if isinstance(held, bytes):
        return Response(held, headers=headers, media_type=kind)
    # Looked at anew each time: the tree may be packed again while we serve.
    stat = held.stat()
    headers["ETag"] = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    response = FileResponse(held, stat_result=stat, headers=headers, media_type=kind)
    if _CONDITIONS.is_not_modified(response.headers, request):
        return NotModifiedResponse(response.headers)
    return response
