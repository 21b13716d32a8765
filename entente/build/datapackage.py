"""The public contract: a Frictionless Data Package, read off the Pandera models.

Every table of :data:`entente.schema.tables.TABLES` becomes a resource with a Table Schema: types,
units, keys and foreign keys. Nothing in it is written by hand except the words about the package.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from entente.check.tables import TABLES, Table

FILE_NAME = "datapackage.json"
TYPES = {"integer": "integer", "number": "number", "flag": "boolean"}


def resource_name(table: str) -> str:
    """The name of a table's resource: the table's name with hyphens for slashes."""
    return table.replace("/", "-")


def describe_package(data: Path) -> dict[str, Any]:
    """Describe the dataset in the folder `data` as a Data Package.

    Tables without a file yet are described all the same; those of the dataset itself and of the
    document must be there.
    """
    about, document = _only_row(data / "dataset.csv"), _only_row(data / "document" / "document.csv")
    return {
        "profile": "data-package",
        "name": str(about["dataset_id"]).lower(),
        "title": str(about["title"]),
        "version": str(about["version"]),
        "licenses": [
            {
                "name": str(about["licence"]).replace(" ", "-"),
                "title": str(about["licence_title"]),
                "path": str(about["licence_url"]),
            }
        ],
        "sources": [
            {"title": f"{document['publisher']}: {document['title']}"},
            {"title": "Publications listed in the table of sources", "path": "sources.csv"},
        ],
        "resources": [describe_table(name, model) for name, model in TABLES.items()],
    }


def _only_row(path: Path) -> pd.Series:
    return pd.read_csv(path, dtype=str, keep_default_na=False).iloc[0]


def describe_table(name: str, model: type[Table]) -> dict[str, Any]:
    """Describe one table as a resource with a Table Schema."""
    return {
        "profile": "tabular-data-resource",
        "name": resource_name(name),
        "path": f"{name}.csv",
        "description": " ".join((model.__doc__ or "").split()),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(name, model),
    }


def table_schema(name: str, model: type[Table]) -> dict[str, Any]:
    """The Table Schema of one table: fields, primary key, foreign keys, missing values."""
    columns = model.to_schema().columns
    primary = [label for label, column in columns.items() if column.metadata["primary"]]
    foreign = [_foreign_key(name, label, column) for label, column in columns.items()]
    schema: dict[str, Any] = {
        "fields": [_field(label, column) for label, column in columns.items()],
        "missingValues": [""],
        "primaryKey": primary,
    }
    if any(foreign):
        schema["foreignKeys"] = [key for key in foreign if key]
    return schema


def _field(label: str, column: pa.Column) -> dict[str, Any]:
    about = column.metadata
    kind = about["kind"]
    field: dict[str, Any] = {"name": label, "type": TYPES.get(kind, "string")}
    if kind == "url":
        field["format"] = "uri"
    if kind == "flag":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    field["description"] = column.description
    if "unit" in about:
        field["unit"] = about["unit"]
    return field | {"constraints": _constraints(about)}


def _constraints(about: dict[str, Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not about["optional"]}
    if "words" in about:
        constraints["enum"] = list(about["words"])
    if "least" in about:
        constraints |= {"minimum": about["least"], "maximum": about["most"]}
    return constraints


def _foreign_key(table: str, label: str, column: pa.Column) -> dict[str, Any] | None:
    target = column.metadata.get("table")
    if target is None:
        return None
    resource = "" if target == table else resource_name(target)
    return {"fields": [label], "reference": {"resource": resource, "fields": [_key_of(target)]}}


def _key_of(table: str) -> str:
    columns = TABLES[table].to_schema().columns
    return next(str(label) for label, column in columns.items() if column.metadata["primary"])


def package_text(data: Path) -> str:
    """The data package of the folder `data` as the text of its file."""
    return json.dumps(describe_package(data), ensure_ascii=False, indent=2) + "\n"


def write_package(data: Path) -> Path:
    """Write the data package of the folder `data` into it."""
    path = data / FILE_NAME
    path.write_text(package_text(data), encoding="utf-8", newline="\n")
    return path
