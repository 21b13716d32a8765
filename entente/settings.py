"""What whoever runs Entente may set: a handful of environment variables, read and checked once.

Every fault is one line that names the variable, what it holds and what it may hold.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
# Where pages, data and assets are: beside the package in a checkout, within it once installed.
HOME = next((home for home in [PACKAGE / "home"] if home.is_dir()), PACKAGE.parent)
STREAMLIT_FILES = Path(str(getattr(find_spec("streamlit"), "origin", ""))).parent / "static"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TWO_YEARS = 63_072_000
_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(\*\.)?({_LABEL}\.)*{_LABEL}|[0-9a-f:]*:[0-9a-f:]+")


class WrongSetting(ValueError):
    """A variable holds something that cannot be used; the message is one line."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of a process.

    Attributes:
        data: Folder of the dataset.
        url: Public address without a slash at its end, or None when it is not known.
        hosts: Host names that are answered, the loopback ones with them; empty when all are.
        frame_ancestors: Sources of the CSP directive of that name, such as `'none'`.
        hsts: Seconds for which browsers must insist on TLS; 0 sends no such header.
        static: Folder of what `python -m entente pack` wrote.
        edition: Folder of the static edition, or None when there is none.
    """

    data: Path = HOME / "data"
    url: str | None = None
    hosts: tuple[str, ...] = ()
    frame_ancestors: str = "'none'"
    hsts: int = 0
    static: Path = HOME / ".cache" / "static"
    edition: Path | None = None


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check all variables.

    Raises:
        WrongSetting: one of them cannot be used.
    """
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    for name in sorted(set(given) - set(READERS)):
        near = get_close_matches(name, READERS, n=1, cutoff=0.9)
        if name.startswith("ENTENTE_") and near:
            raise WrongSetting(f"{name} is not a setting; did you mean {near[0]}?")
    found = Settings(
        **{
            field: read(name, given[name])
            for name, (field, read) in READERS.items()
            if name in given
        }
    )
    if found.hsts and not (found.url or "").startswith("https://"):
        why = "it needs an ENTENTE_URL that starts with https://"
        _refuse("ENTENTE_HSTS", str(found.hsts), why)
    if not found.hosts:
        return found
    own = urlsplit(found.url).hostname if found.url else None
    hosts = dict.fromkeys([*found.hosts, *([own] if own else []), *LOOPBACK])
    return replace(found, hosts=tuple(hosts))


def _read_folder(name: str, value: str) -> Path:
    if not Path(value).is_dir():
        _refuse(name, value, "there is no such folder")
    return Path(value).resolve()


def _read_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = (
            parts.scheme in {"http", "https"}
            and parts.path in {"", "/"}
            and parts.port != 0
            and not (parts.query or parts.fragment or "@" in parts.netloc)
            and _HOST.fullmatch((parts.hostname or "").lower())
        )
    except ValueError:
        usable = None
    if not usable:
        _refuse(name, value, "it must be like https://entente.example, without a path")
    return value.rstrip("/")


def _read_hosts(name: str, value: str) -> tuple[str, ...]:
    hosts = tuple(part.lower() for part in re.split(r"[,\s]+", value) if part)
    for host in hosts:
        if not _HOST.fullmatch(host):
            _refuse(name, host, "hosts are like entente.example or *.entente.example")
    return hosts


def _read_ancestors(name: str, value: str) -> str:
    words = {"none": "'none'", "any": "*"}
    if value.lower() in words:
        return words[value.lower()]
    sources = [part for part in re.split(r"[,\s]+", value) if part]
    for source in sources:
        if not re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?/?", source):
            _refuse(name, source, "it may be none, any, or origins like https://paper.example")
    return " ".join(["'self'", *(source.rstrip("/") for source in sources)])


def _read_seconds(name: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,9}", value) or int(value) > TWO_YEARS:
        _refuse(name, value, f"it must be a number of seconds from 0 to {TWO_YEARS}")
    return int(value)


def _refuse(name: str, value: str, why: str) -> NoReturn:
    shown = value if len(value) <= 80 else value[:79] + "…"
    raise WrongSetting(f"{name}={shown!r} cannot be used: {why}")


# Variable to the field that it sets, and what reads it.
READERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "ENTENTE_DATA": ("data", _read_folder),
    "ENTENTE_URL": ("url", _read_address),
    "ENTENTE_HOSTS": ("hosts", _read_hosts),
    "ENTENTE_FRAME_ANCESTORS": ("frame_ancestors", _read_ancestors),
    "ENTENTE_HSTS": ("hsts", _read_seconds),
    "ENTENTE_STATIC": ("static", lambda _, value: Path(value).resolve()),
    "ENTENTE_EDITION": ("edition", _read_folder),
}
