"""The script that draws figures: one version everywhere, a digest in its name, its licences."""

import hashlib
import json
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from entente.build import basemap
from entente.build.plotly_bundle import (
    LARGEST_BYTES,
    SOURCES,
    gather_licences,
    list_sources,
    write_bundle,
)
from entente.style.bundle import FOLDER, PATTERN, find_bundle


def test_there_is_one_version_of_plotly() -> None:
    named = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    versions = {
        named["dependencies"]["plotly.js"],
        get_plotlyjs_version(),
        basemap.VERSION,
        find_bundle().read_text(encoding="utf-8").split("plotly.js ")[1].split(",")[0],
    }
    assert len(versions) == 1


def test_every_package_is_pinned_by_its_hash_and_names_no_host() -> None:
    lock = (SOURCES / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "resolved" not in lock
    assert {path.name for path in list_sources()} >= {"build.mjs", "core.cjs", "package-lock.json"}


def test_the_name_holds_the_digest_of_the_content() -> None:
    (script,) = FOLDER.glob(PATTERN)
    assert hashlib.sha256(script.read_bytes()).hexdigest()[:10] in script.name


def test_an_older_script_is_replaced(tmp_path: Path) -> None:
    first = write_bundle(b"one", "its licences", tmp_path)
    second = write_bundle(b"two", "its licences", tmp_path)
    assert [path.name for path in tmp_path.glob(PATTERN)] == [second.name] != [first.name]
    assert (tmp_path / "licences.txt").read_text(encoding="utf-8") == "its licences"
    with pytest.raises(ValueError, match="bytes"):
        write_bundle(b" " * (LARGEST_BYTES + 1), "", tmp_path)


def test_each_package_has_its_licence_or_at_least_the_name_of_it(tmp_path: Path) -> None:
    for name, licence in (("@a/b", "MIT"), ("c", "Zlib")):
        (tmp_path / name).mkdir(parents=True)
        about = json.dumps({"version": "1.2.3", "license": licence})
        (tmp_path / name / "package.json").write_text(about, encoding="utf-8")
    (tmp_path / "@a/b" / "LICENSE").write_text("You may.\r\n", encoding="utf-8")
    text = gather_licences(tmp_path, ["@a/b", "c"])
    assert text.startswith("@a/b 1.2.3 (MIT)\n\nYou may.\n")
    assert text.endswith("c 1.2.3 (Zlib)\n\nLicence: Zlib\n")


def test_licences_stand_beside_the_script() -> None:
    text = (FOLDER / "licences.txt").read_text(encoding="utf-8")
    for name in ("plotly.js", "@plotly/d3", "d3-geo", "culori", "topojson-client"):
        assert f"{name} " in text
    assert text.count("Permission is hereby granted") >= 10
