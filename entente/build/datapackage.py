"""The public contract: a Frictionless Data Package, made from the contract of the tables.

Every table of :data:`entente.check.contract.TABLES` becomes a resource with a Table Schema: types,
units, keys and foreign keys. Nothing in it is written by hand except the words about the package.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from entente.check.contract import TABLES, Column, Table

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
        "resources": [describe_table(table) for table in TABLES.values()],
    }


def _only_row(path: Path) -> pd.Series:
    return pd.read_csv(path, dtype=str, keep_default_na=False).iloc[0]


def describe_table(table: Table) -> dict[str, Any]:
    """Describe one table as a resource with a Table Schema."""
    return {
        "profile": "tabular-data-resource",
        "name": resource_name(table.name),
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of one table: fields, primary key, foreign keys, missing values."""
    columns = table.columns.values()
    schema: dict[str, Any] = {
        "fields": [_describe_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign = [_foreign_key(table, column) for column in columns if column.table]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _describe_field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES.get(column.kind, "string")}
    if column.kind == "url":
        field["format"] = "uri"
    if column.kind == "flag":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    field["description"] = column.about
    if column.unit:
        field["unit"] = column.unit
    return field | {"constraints": _constraints(column)}


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.is_optional}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.least is not None:
        constraints |= {"minimum": column.least, "maximum": column.most}
    return constraints


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    resource = "" if column.table == table.name else resource_name(column.table)
    key = TABLES[column.table].key[0]
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}


def package_text(data: Path) -> str:
    """The data package of the folder `data` as the text of its file."""
    return json.dumps(describe_package(data), ensure_ascii=False, indent=2) + "\n"
