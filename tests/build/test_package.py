"""The data package is what the models give, and what is built is fresh."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from entente.build.datapackage import describe_package, package_text, resource_name, table_schema
from entente.build.everything import hash_inputs, list_stale
from entente.check.contract import TABLES

ROOT = Path(__file__).resolve().parents[2]
DATA, ASSETS, SETTINGS = ROOT / "data", ROOT / "assets", ROOT / ".streamlit"


def fields_of(table: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in table_schema(TABLES[table])["fields"]}


def test_nothing_built_is_stale() -> None:
    assert list_stale(DATA, ASSETS, SETTINGS) == [], "run `make data`"


@pytest.mark.parametrize(
    ("file", "before", "after", "named"),
    [
        ("nodes.csv", "18.9490", "18.9590", "nodes"),
        ("legs.csv", "L001,IN_NSA", "L001,IN_MUN", "legs"),
    ],
)
def test_a_changed_table_makes_the_build_stale(
    tmp_path: Path, file: str, before: str, after: str, named: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    assert f"{named} has changed since the last build." in list_stale(folder, ASSETS, SETTINGS)


def test_a_changed_output_makes_the_build_stale(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "geo" / "legs.geojson").write_text("{}", encoding="utf-8")
    (folder / "datapackage.json").write_text("{}", encoding="utf-8")
    faults = list_stale(folder, ASSETS, SETTINGS)
    assert "legs has changed since the last build." in faults
    assert "datapackage.json is not what the models give." in faults


def test_a_remark_on_a_node_does_not_make_the_build_stale(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    nodes = tmp_path / "data" / "nodes.csv"
    text = nodes.read_text(encoding="utf-8")
    nodes.write_text(text.replace("Nhava Sheva", "Nhava Sheva port", 1), encoding="utf-8")
    assert hash_inputs(tmp_path / "data") == hash_inputs(DATA)


def test_package_is_committed_as_the_models_give_it() -> None:
    committed = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert committed == package_text(DATA)
    assert committed.endswith("}\n")


def test_every_table_is_a_resource_with_a_file() -> None:
    resources = describe_package(DATA)["resources"]
    assert [r["name"] for r in resources] == [resource_name(table) for table in TABLES]
    assert [r["path"] for r in resources if not (DATA / r["path"]).is_file()] == []
    assert "codes-themes" in {r["name"] for r in resources}


def test_kinds_become_types_and_constraints() -> None:
    nodes, ties, sources = fields_of("nodes"), fields_of("ties"), fields_of("sources")
    assert nodes["lat"]["type"] == "number"
    assert nodes["lat"]["unit"] == "degrees"
    assert nodes["lat"]["constraints"] == {"required": True, "minimum": -90, "maximum": 90}
    assert ties["is_asserted_only"]["type"] == "boolean"
    assert ties["is_asserted_only"]["trueValues"] == ["true"]
    assert ties["end_edtf"]["constraints"] == {"required": False}
    assert sources["url"] == sources["url"] | {"type": "string", "format": "uri"}
    assert fields_of("corridor_legs")["sequence"]["type"] == "integer"


def test_references_and_codes_become_foreign_keys() -> None:
    schema = table_schema(TABLES["legs"])
    targets = {key["fields"][0]: key["reference"] for key in schema["foreignKeys"]}
    assert targets["from_node_id"] == {"resource": "nodes", "fields": ["node_id"]}
    assert targets["mode_code"] == {"resource": "codes-modes", "fields": ["code"]}
    assert table_schema(TABLES["claim_actors"])["primaryKey"] == [
        "claim_id",
        "actor_id",
    ]


def test_package_has_version_and_licence_of_the_dataset() -> None:
    package = json.loads(package_text(DATA))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["version"]
