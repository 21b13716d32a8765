"""Locks hold what is pinned: every pin, every package that these need, and a hash of each file."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from entente.settings import HOME
from tests.conftest import ROOT
from tools.bundle.__main__ import PLATFORMS, choose_platforms, list_pins

PINNED = sorted(path.stem for path in ROOT.glob("requirements*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHOLE_PIN = re.compile(r"\S+==[^\s*]+ (; .+ )?\\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+")
BACKEND = PROJECT["dependency-groups"]["backend"]


def read_pins(name: str) -> dict[str, Requirement]:
    """The pins of a file and of those that it includes, by name."""
    found: dict[str, Requirement] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= read_pins(line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            pin = Requirement(line)
            found[canonicalize_name(pin.name)] = pin
    return found


def read_lock(path: Path) -> dict[str, list[Requirement]]:
    """What a lock says, by name; a package has more than one line where Python's version counts."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([^#\s].*?) *\\?$", path.read_text(encoding="utf-8"), re.MULTILINE):
        pin = Requirement(line)
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


@pytest.mark.parametrize("name", PINNED)
def test_every_pin_is_in_the_lock(name: str) -> None:
    lock = read_lock(ROOT / f"{name}.lock")
    pins = read_pins(f"{name}.txt") | {
        canonicalize_name(pin.name): pin for pin in map(Requirement, BACKEND)
    }
    for one, pin in pins.items():
        assert [str(locked.specifier) for locked in lock.get(one, [])] == [str(pin.specifier)], (
            f"{pin} is not in {name}.lock: make lock"
        )


@pytest.mark.parametrize("name", PINNED)
def test_every_line_of_a_lock_is_one_version_with_hashes(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    for pin in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert re.match(
            r"\S+==[^\s*]+ (; .+ )?\\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+\Z", pin
        )
    assert "://" not in text


@pytest.mark.parametrize("name", PINNED)
def test_locks_agree(name: str) -> None:
    app = read_lock(ROOT / "requirements.lock")
    for one, locked in read_lock(ROOT / f"{name}.lock").items():
        versions = [str(pin.specifier) for pin in locked]
        assert one not in app or versions == [str(pin.specifier) for pin in app[one]]


def test_the_backend_is_the_one_that_builds() -> None:
    assert PROJECT["build-system"]["requires"] == BACKEND


@pytest.mark.parametrize(
    ("platform", "has", "lacks"),
    [("linux-aarch64", "uvloop", "colorama"), ("windows", "colorama", "uvloop")],
)
def test_a_platform_gets_what_it_can_run(platform: str, has: str, lacks: str) -> None:
    facts = {**PLATFORMS[platform][0], "python_version": "3.12", "python_full_version": "3.12.0"}
    text = (HOME / "requirements.lock").read_text(encoding="utf-8")
    pins = list(list_pins(text, facts))
    names = {pin.partition("==")[0] for pin in pins}
    assert has in names
    assert lacks not in names
    assert not any(";" in pin for pin in pins)
    every = {one for one, locked in read_lock(HOME / "requirements.lock").items() if locked}
    assert len(every - names) <= 2


def test_platforms_are_named_whole_or_by_their_beginning() -> None:
    assert choose_platforms(["linux", "windows"]) == ["linux-x86_64", "linux-aarch64", "windows"]
    assert choose_platforms(["macos-arm64"]) == ["macos-arm64"]
    assert choose_platforms(["amiga"]) == []
