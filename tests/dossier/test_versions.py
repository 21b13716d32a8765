"""Versions of the dataset: kept, named, checked, compared on the command line."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from entente.datapage.differences import compare_tables, count_changes
from entente.dossier.archive import pack, unpack
from entente.dossier.versions import (
    UnknownVersion,
    is_version,
    kept_file,
    list_kept_versions,
    pack_tables,
    parse_version,
    read_change_log,
    read_tables,
    read_version,
    read_version_number,
)
from entente.review import review_folder
from tests.conftest import LIVE, SMALL, Edit, Run


def small(folder: Path, version: str, **tables: str) -> Path:
    """A folder with a dataset of a few tables."""
    folder.mkdir(parents=True, exist_ok=True)
    about = f"dataset_id,version\nsmall,{version}\n"
    for name, text in {"dataset": about, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    old = "area_id,label,note\na,Alpha,first\nb,Beta,gone\nc,Gamma,same\n"
    new = "area_id,label,note,colour\na,Alpha,second,red\nc,Gamma,same,\nd,Delta,new,\n"
    return (
        str(small(tmp_path / "old", "1.0.0", areas=old, novel="one\n1\n")),
        str(small(tmp_path / "new", "1.1.0", areas=new, terms="term_id\nx\n")),
    )


@pytest.mark.parametrize("text", ["1.0", "1.0.0.0", "01.0.0", "v1.0.0", "1.0.0-rc1", "", "a.b.c"])
def test_what_is_no_version(text: str) -> None:
    assert not is_version(text)
    with pytest.raises(ValueError, match="is not a version"):
        parse_version(text)


def test_versions_are_put_in_order_by_their_numbers() -> None:
    assert sorted(["1.10.0", "1.9.1", "0.99.0"], key=parse_version) == ["0.99.0", "1.9.1", "1.10.0"]


# What is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [LIVE, SMALL], ids=["live", "small"])
def test_every_older_version_is_kept_as_tables_only(folder: Path) -> None:
    current = read_version_number(read_tables(folder))
    older = [version for version in read_change_log(folder) if version != current]
    assert older
    assert set(older) <= set(list_kept_versions(folder))
    for version in list_kept_versions(folder):
        names = zipfile.ZipFile(kept_file(folder, version)).namelist()
        assert all(name.endswith(".csv") for name in names)
        assert read_version_number(read_version(folder, version)) == version


def test_the_first_edition_is_what_it_was(live_data: Path) -> None:
    tables = read_version(live_data, "1.0.0")
    assert (len(tables), sum(map(len, tables.values()))) == (56, 6126)
    assert len(tables["claims"]) == 72


def test_the_same_tables_are_kept_as_the_same_bytes(data: Path) -> None:
    assert pack_tables(data) == pack_tables(data)
    assert set(unpack(pack_tables(data))) == {f"{name}.csv" for name in read_tables(data)}


def test_a_download_of_the_dataset_is_a_dataset(data: Path, tmp_path: Path) -> None:
    files = {name: (data / name).read_bytes() for name in ("dataset.csv", "areas.csv")}
    path = tmp_path / "download.zip"
    path.write_bytes(pack({**files, "README.txt": b"words"}, top="entente-1.1.0"))
    assert set(read_tables(path)) == {"dataset", "areas"}


def test_a_version_is_never_a_path(copy_of_data: Path) -> None:
    outside = copy_of_data / "1.0.0.zip"
    outside.write_bytes(kept_file(copy_of_data, "1.0.0").read_bytes())
    for text in ("../1.0.0", str(outside.with_suffix("")), "/etc/passwd", "current/.."):
        with pytest.raises(UnknownVersion, match="is not a version"):
            read_version(copy_of_data, text)


# The check -----------------------------------------------------------------------------------


def codes(folder: Path) -> set[tuple[str, str]]:
    return {(fault.code, fault.file) for fault in review_folder(folder)}


def test_a_version_that_is_no_version_is_a_fault(edit: Edit, dossier: Any) -> None:
    folder = edit("dataset.csv", lambda text: text.replace(f",{dossier.version},", ",1.1,"))
    assert ("bad_version", "dataset.csv") in codes(folder)


def test_a_version_without_a_section_is_a_fault(edit: Edit, dossier: Any) -> None:
    folder = edit("CHANGELOG.md", lambda text: text.replace(f"## {dossier.version}", "## Next"))
    assert codes(folder) == {("not_in_change_log", "CHANGELOG.md")}


def test_an_older_version_that_is_gone_is_a_fault(copy_of_data: Path) -> None:
    kept_file(copy_of_data, "1.0.0").unlink()
    assert codes(copy_of_data) == {("not_kept", "versions/1.0.0.zip")}
    shutil.rmtree(copy_of_data / "versions")
    assert codes(copy_of_data) == set()


@pytest.mark.parametrize("content", [b"", b"PK nonsense", pack({"dataset.csv": b"version\n2\n"})])
def test_a_kept_version_that_is_broken_or_another_is_a_fault(
    copy_of_data: Path, content: bytes
) -> None:
    kept_file(copy_of_data, "1.0.0").write_bytes(content)
    assert codes(copy_of_data) == {("bad_kept_version", "versions/1.0.0.zip")}


def test_a_version_from_the_future_is_a_fault(copy_of_data: Path) -> None:
    tables = {"dataset.csv": b"dataset_id,version\nsmall,9.0.0\n"}
    kept_file(copy_of_data, "9.0.0").write_bytes(pack(tables))
    assert codes(copy_of_data) == {("bad_kept_version", "versions/9.0.0.zip")}


def test_a_change_after_release_is_a_fault(edit: Edit, copy_of_data: Path, dossier: Any) -> None:
    path = kept_file(copy_of_data, dossier.version)
    path.write_bytes(pack_tables(copy_of_data))
    assert codes(copy_of_data) == set()
    edit("areas.csv", lambda text: text.replace("Claimed by Orania and by", "Claimed by"))
    assert codes(copy_of_data) == {("changed_after_release", f"versions/{dossier.version}.zip")}


# Commands ------------------------------------------------------------------------------------


def test_keep_keeps_once_and_refuses_another_content(
    run: Run, edit: Edit, copy_of_data: Path, dossier: Any
) -> None:
    words = ("keep", "--data", str(copy_of_data))
    path = kept_file(copy_of_data, dossier.version)
    path.unlink(missing_ok=True)
    assert run(*words)[0] == 0
    kept = path.read_bytes()
    assert run(*words)[0] == 0
    edit("areas.csv", lambda text: text.replace("Claimed by Orania and by", "Claimed by"))
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert path.read_bytes() == kept
    edit("nodes.csv", lambda text: text.replace("node_id,", "id,", 1))
    assert run(*words)[0] == 1


def test_diff_lists_rows_columns_and_tables(run: Run, two: tuple[str, str]) -> None:
    status, out, err = run("diff", *two)
    assert (status, err) == (0, "")
    for line in (
        "Dataset 1.0.0 → 1.1.0",
        "areas  +1 ~1 -1",
        "  column added: colour",
        "  + d  Delta · new",
        "  ~ a  note: first → second",
        "  - b  Beta · gone",
        "terms (new table)  +1 ~0 -0",
        "novel (table removed)  +0 ~0 -1",
        "Rows: 2 added, 2 changed, 2 removed, in 4 tables; "
        "tables 1 added and 1 removed, columns 1 added and 0 removed.",
    ):
        assert line in out.splitlines(), line


def test_diff_as_json_holds_whole_rows(run: Run, two: tuple[str, str]) -> None:
    found = json.loads(run("diff", *two, "--json")[1])
    assert (found["old"], found["new"]) == ("1.0.0", "1.1.0")
    areas = found["tables"]["areas"]
    assert areas["added"] == [{"area_id": "d", "label": "Delta", "note": "new", "colour": ""}]
    assert areas["removed"] == [{"area_id": "b", "label": "Beta", "note": "gone"}]
    assert areas["changed"] == [
        {"row": "a", "cells": {"note": {"before": "first", "after": "second"}}}
    ]
    assert areas["columns_added"] == ["colour"]


def test_diff_of_one_table(run: Run, two: tuple[str, str]) -> None:
    assert set(json.loads(run("diff", *two, "--json", "--table", "areas")[1])["tables"]) == {
        "areas"
    }
    status, _, err = run("diff", *two, "--table", "colours")
    assert (status, err.count("\n")) == (2, 1)
    assert "colours" in err


def test_diff_of_one_version_with_itself(run: Run, data: Path) -> None:
    for words in (("1.0.0", "1.0.0"), ("current", "current"), ("current", str(data))):
        status, out, _ = run("diff", *words)
        assert status == 0
        assert out.endswith("Nothing changed.\n")


def test_diff_of_the_kept_version_with_the_dataset(run: Run, data: Path) -> None:
    found = json.loads(run("diff", "1.0.0", "current", "--json")[1])
    expected = count_changes(compare_tables(read_version(data, "1.0.0"), read_tables(data)))
    assert found["totals"] == expected
    assert {"claim_id": "k13"}.items() <= found["tables"]["claims"]["added"][0].items()


MISUSES = [
    ("9.9.9", "unknown version '9.9.9'"),
    ("nowhere", "neither a version, a folder nor a zip"),
    ("empty", "not a dataset"),
    ("broken.zip", "broken zip"),
    ("outside.zip", "leads outside"),
    ("twice", "2 files dataset.csv"),
]


@pytest.mark.parametrize(("name", "said"), MISUSES)
def test_misuse_is_one_line_and_status_2(run: Run, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "outside.zip").write_bytes(pack({"../dataset.csv": b"version\n1.0.0\n"}))
    small(tmp_path / "twice", "1.0.0")
    small(tmp_path / "twice" / "codes", "1.0.0")
    word = name if is_version(name) else str(tmp_path / name)
    for words in ((word, "current"), ("current", word)):
        status, out, err = run("diff", *words)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert said in err


def test_a_table_that_cannot_be_read_is_status_1(run: Run, tmp_path: Path) -> None:
    folder = small(tmp_path / "ragged", "1.0.0", areas="area_id,label\na,b,c\n")
    status, out, err = run("diff", str(folder), "current")
    assert (status, out) == (1, "")
    assert "areas.csv:2: ragged_row" in err


def test_a_table_whose_key_is_new_is_compared_by_what_both_have() -> None:
    old = pd.DataFrame({"label": ["one", "two"]}, dtype=str)
    new = pd.DataFrame({"area_id": ["1", "3"], "label": ["one", "three"]}, dtype=str)
    (found,) = compare_tables({"areas": old}, {"areas": new})
    assert found.key == ("label",)
    assert found.added_columns == ("area_id",)
    assert [row["label"] for row in found.added] == ["three"]
    assert [row["label"] for row in found.removed] == ["two"]
