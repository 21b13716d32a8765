"""The renamed dossier: today's dataset with other states, ids, words and days.

Whatever the program still shows of the real document then comes from code. `python -m
tests.renamed FOLDER` writes the dataset; the law itself is `tests/app/test_renamed_dossier.py`.

Letters are exchanged one for one, so that a word stays as long as it was, one word stays one word
throughout, and patterns of contested terms still fit what they fitted. Days move to an earlier
year that has the same calendar.
"""

import json
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from entente.address.pages import VIEWS
from entente.address.views import list_controls
from entente.check.across import ASKED_CODES, ASKED_RATES
from entente.check.contract import TABLES, Column
from entente.dossier.archive import pack
from entente.dossier.store import read_dossier
from entente.routes.valuation.benchmarks import digest_inputs, digest_valuation
from tests.mutations import Dataset, Rows, read_rows, write_rows

LONG = 40  # letters
YEARS = 28  # after as many years the days of the week come round again
# Ids and codes that the program asks for by name, and so a part of the contract.
OF_THE_CONTRACT = frozenset({"document/texts", "document/pages"})
FREE_CODES = frozenset({"codes/border_views", "codes/corridor_families", "codes/languages"})
NEEDED = frozenset({*ASKED_RATES, *ASKED_CODES["border_views"]})
# Columns of words that are about the tables, or that the program reads.
AS_THEY_ARE = ("terms.stands_in", "retired.table", "rates.unit", "benchmarks.unit")
# Built tables, in their order, and what says that they are not stale.
BUILT = {"calibration": digest_inputs, "valued_benchmarks": digest_valuation}
# What a parameter of an address names.
NAMED_BY = {
    "actor": ("actors",),
    "veto": ("actors",),
    "from": ("nodes",),
    "to": ("nodes",),
    "with": ("scenarios",),
    "frame": ("document/map_views",),
    "zoom": ("document/timeline_spans",),
    "borders": ("codes/border_views",),
    "scene": ("scenes",),
    "pick": ("claims", "actors", "ties", "events", "expectations", "corridors"),
}
WORD = re.compile(r"[^\W\d_]+")
# Words that begin with a capital wherever they stand, and that any dossier may need.
COMMON = frozenset(
    (
        *("january", "february", "march", "april", "june", "july", "august", "september"),
        *("october", "november", "december", "entente", "united", "nations", "geospatial"),
        *("european", "creative", "commons", "attribution", "feed", "language", "numbers"),
        *("primary", "print", "secondary", "shapley", "shift", "timeline", "unchanged"),
    )
)
# What stays in a text: placeholders, and the form of words that mark a term as somebody's own.
KEPT = re.compile(r"(\{\w*\}|\((?:the )?|’s (?:own )?(?:word|term|name)s?\))")
YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
# A vowel for a vowel and a consonant for a consonant, so that words can still be read aloud.
LETTERS = str.maketrans(
    "aeiouybcdfghjklmnpqrstvwxz" + "AEIOUYBCDFGHJKLMNPQRSTVWXZ",
    "eiouyacdfghjklmnpqrstvwxzb" + "EIOUYACDFGHJKLMNPQRSTVWXZB",
)

Ids = Mapping[str, Mapping[str, str]]


def write_renamed(source: Path, target: Path) -> None:
    """Write the dataset of the folder `source` under other names into `target`."""
    dataset = read_rows(source)
    ids = new_ids(dataset)
    (target / "geo").mkdir(parents=True)
    renamed = {name: renamed_rows(name, rows, ids) for name, rows in dataset.items()}
    for name, rows in renamed.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        write_rows(target, name, rows)
    for name in ("legs", "disputed_areas"):
        path = target / "geo" / f"{name}.geojson"
        collection = json.loads((source / "geo" / path.name).read_text(encoding="utf-8"))
        path.write_text(json.dumps(renamed_lines(collection, ids)), encoding="utf-8")
    for name, take_digest in BUILT.items():
        digest = take_digest(read_dossier(target).tables)
        write_rows(target, name, [{**row, "inputs_digest": digest} for row in renamed[name]])
    _write_versions(target, renamed["dataset"][0]["version"])


def new_ids(dataset: Dataset) -> Ids:
    """For every table with ids of its own: each id to its new one."""
    found: dict[str, dict[str, str]] = {}
    for number, (name, rows) in enumerate(dataset.items()):
        is_contract = name in OF_THE_CONTRACT or (
            name.startswith("codes/") and name not in FREE_CODES
        )
        columns = TABLES[name].columns
        key = TABLES[name].key[0]
        if columns[key].kind != "key" or len(TABLES[name].key) > 1 or is_contract:
            continue
        found[name] = {
            row[key]: row[key] if row[key] in NEEDED else _new_id(name, number, place)
            for place, row in enumerate(rows)
        }
    return found


def renamed_rows(name: str, rows: Rows, ids: Ids) -> Rows:
    """The rows of a table under other names."""
    columns = TABLES[name].columns
    page = {row[TABLES[name].key[0]]: row.get("page_code", "") for row in rows}
    key = TABLES[name].key[0]
    return [
        {
            column: _renamed(f"{name}.{column}", value, columns[column], ids, page[row[key]])
            for column, value in row.items()
        }
        for row in rows
    ]


def renamed_view(query: str, page: str, ids: Ids) -> str:
    """The query string of a view, with other ids and days."""
    controls = {c.parameter: c for c in list_controls(VIEWS[page]).values()}
    parts = []
    for parameter, value in parse_qsl(query, keep_blank_values=True):
        kind = controls[parameter].kind if parameter in controls else ""
        if kind in ("day", "maybe-day"):
            parts.append((parameter, moved_days(value)))
        elif kind == "search":
            parts.append((parameter, renamed_words(value)))
        else:
            new = {k: v for name in NAMED_BY.get(parameter, ()) for k, v in ids[name].items()}
            parts.append((parameter, ".".join(new.get(one, one) for one in value.split("."))))
    return urlencode(parts, safe=".,-_")


def renamed_lines(collection: dict[str, Any], ids: Ids) -> dict[str, Any]:
    """Lines of legs or areas, with the ids of theirs."""
    tables = {"leg_id": "legs", "area_id": "areas"}
    for feature in collection["features"]:
        properties = feature["properties"]
        for column, table in tables.items():
            if column in properties:
                properties[column] = ids[table][properties[column]]
        if properties.get("neighbour_id"):
            new = {**ids["actors"], **ids["areas"]}
            properties["neighbour_id"] = new.get(properties["neighbour_id"], "QZZ")
        if properties.get("note"):
            properties["note"] = renamed_words(properties["note"])
    return collection


@cache
def renamed_words(text: str) -> str:
    """A text with other letters and earlier years; placeholders and marks of terms stay."""
    parts = KEPT.split(text)
    parts[::2] = [moved_days(part).translate(LETTERS) for part in parts[::2]]
    return "".join(parts)


def moved_days(text: str) -> str:
    """A text, or a date, with its years earlier."""
    return YEAR.sub(lambda match: str(int(match[0]) - YEARS), text)


def _texts(dataset: Dataset) -> list[str]:
    """Every text for people in the dataset, save the words of codes that the program knows."""
    return [
        row[column]
        for name, rows in dataset.items()
        for column, about in TABLES[name].columns.items()
        if about.kind == "text" and f"{name}.{column}" not in AS_THEY_ARE
        if name in FREE_CODES or not name.startswith("codes/")
        for row in rows
    ]


def _renamed(place: str, value: str, about: Column, ids: Ids, page: str) -> str:
    kind, table = about.kind, place.rpartition(".")[0]
    if place in AS_THEY_ARE or not value:
        return value
    if place in ("findings.view", "scenes.view"):
        return renamed_view(value, page, ids)
    if kind == "key":
        return ids.get(table, {}).get(value, value)
    if kind in ("reference", "code"):
        return ids.get(about.table, {}).get(value, value)
    if kind == "edtf":
        return moved_days(value)
    if kind == "url":
        return f"https://source.example/{abs(hash(value)) % 10**9}"
    return renamed_words(value) if kind == "text" else value


def _new_id(name: str, number: int, place: int) -> str:
    """An id that says nothing; of states one that no state has."""
    if name in ("actors", "areas"):
        first = "QX"[name == "areas"]
        return first + chr(ord("A") + place // 26) + chr(ord("A") + place % 26)
    return f"z{number}-{place}"


def _write_versions(target: Path, version: str) -> None:
    """A change log, and an older version that differs in its number alone."""
    log = f"# Changes\n\n## {version} (1 June 1998)\n\nWords.\n\n## 0.1.0 (1 May 1998)\n\nWords.\n"
    (target / "CHANGELOG.md").write_text(log, encoding="utf-8")
    files = {f"{name}.csv": (target / f"{name}.csv").read_bytes() for name in TABLES}
    older = files["dataset.csv"].replace(f",{version},".encode(), b",0.1.0,")
    (target / "versions").mkdir()
    archive = pack({**files, "dataset.csv": older})
    (target / "versions" / "0.1.0.zip").write_bytes(archive)


def real_sentences(dataset: Dataset) -> frozenset[str]:
    """Texts of the dataset that are long enough to be told from words that anyone may say."""
    return frozenset(text for text in _texts(dataset) if len(text) > LONG)


def real_words(dataset: Dataset) -> frozenset[str]:
    """Words that only the real document and its dataset have: names, and what kind of text it is.

    Names are capitalised words of their texts. Words that stand there with a small letter too are
    words of the language, and so are those that the program uses by itself (`COMMON`).
    """
    words = {word for text in _texts(dataset) for word in WORD.findall(text)}
    noun = dataset["document/document"][0]["noun"]
    return frozenset({noun, noun.capitalize()}) | frozenset(
        word
        for word in words
        if len(word) > 3 and word[0].isupper() and word.lower() not in words | COMMON
    )


if __name__ == "__main__":
    write_renamed(Path(__file__).resolve().parent.parent / "data", Path(sys.argv[1]))
