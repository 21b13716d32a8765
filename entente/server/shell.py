"""Streamlit’s own page, read once: which scripts and styles it asks for, and what they import.

Names of chunks carry a hash and change with every version, so they are looked up, never written
down.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entente.settings import STREAMLIT_FILES

_TAG = re.compile(r"<(script|link)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


@dataclass(frozen=True)
class Shell:
    """Addresses from the root, in the order in which Streamlit’s page names them."""

    entry: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    fonts: tuple[str, ...]


@cache
def read_shell(folder: Path = STREAMLIT_FILES) -> Shell:
    """Read the addresses out of `index.html`.

    Raises:
        ValueError: the page is not built as this code knows it.
    """
    found: dict[str, list[str]] = {
        "module": [],
        "modulepreload": [],
        "stylesheet": [],
        "preload": [],
    }
    for tag, rest in _TAG.findall((folder / "index.html").read_text(encoding="utf-8")):
        attributes = dict(_ATTRIBUTE.findall(rest))
        kind = attributes.get("type" if tag == "script" else "rel", "")
        address = attributes.get("src" if tag == "script" else "href", "")
        if kind in found:
            found[kind].append(address.removeprefix("."))
    if len(found["module"]) != 1 or not found["stylesheet"]:
        raise ValueError(f"{folder / 'index.html'} is not the page that was expected")
    return Shell(
        found["module"][0],
        tuple(found["modulepreload"]),
        tuple(found["stylesheet"]),
        (*found["preload"], *_symbols(folder)),
    )


def _symbols(folder: Path) -> list[str]:
    """Streamlit’s font of symbols, which every page needs and its own page does not name."""
    fonts = (folder / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    return [f"/static/media/{path.name}" for path in fonts]


def chunks_of(elements: tuple[str, ...], folder: Path = STREAMLIT_FILES) -> tuple[str, ...]:
    """The scripts that the named elements need beyond those that every page loads.

    An element that Streamlit no longer knows by that name gives none.
    """
    scripts = folder / "static" / "js"
    first = [path.name for name in elements for path in sorted(scripts.glob(f"{name}.*.js"))]
    shell = read_shell(folder)
    known = {shell.entry, *shell.scripts}
    addresses = (f"/static/js/{name}" for name in _with_imports(first, scripts))
    return tuple(address for address in addresses if address not in known)


def _with_imports(names: list[str], scripts: Path) -> list[str]:
    """The files and all that they import, directly or not, each once."""
    waiting, found = list(names), dict.fromkeys(names)
    while waiting:
        for name in _imports(scripts / waiting.pop()):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Static imports stand at the very beginning of a chunk."""
    with path.open(encoding="utf-8") as chunk:
        return tuple(dict.fromkeys(_IMPORT.findall(chunk.read(20_000))))
