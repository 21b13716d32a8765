"""The dossier in memory: read from CSV files, validated, frozen; and what is made of it, once.

A running process serves the newest sound dossier, with the faults of a newer one. Every visit asks
for it, which costs a look at the files' sizes and times; only a change makes it read again, and a
change for the worse leaves the last sound dossier in place.

Derived tables and finished figures are kept by the dossier's digest and plain options. They are
shared by reference between all readers, so nobody changes them.
"""

import datetime as dt
import gc
import hashlib
import os
import stat
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, wraps
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

import geopandas as gpd
import pandas as pd
from cachetools import LRUCache
from cachetools import cached as cached_by

from entente.check.across import check_links
from entente.check.contract import TABLES
from entente.check.faults import BrokenDataset, Fault
from entente.check.tables import TextTable, cast_sound_rows, check_table, find_file, read_text_table
from entente.dates import new_year_before
from entente.dossier.document import Document
from entente.progress import follow
from entente.settings import HOME

# File of lines to the table whose rows they draw.
LINES = {"geo/legs.geojson": "legs", "geo/disputed_areas.geojson": "areas"}
GEOMETRY_FILES = tuple(LINES)
FILES = (*(f"{table}.csv" for table in TABLES), *GEOMETRY_FILES)
# Columns of lines of either kind, besides their geometry.
LINE_COLUMNS = (
    *("leg_id", "basis_code", "computed_km", "licence", "note"),
    *("area_id", "kind", "neighbour_id"),
)
WGS84 = "EPSG:4326"


@dataclass(frozen=True, kw_only=True, eq=False)
class Dossier:
    """The dataset, validated and typed. Nobody changes it; derived tables are new tables.

    A dossier equals only itself, so that what is looked up in it can be kept.

    Attributes:
        tables: Table name to frame; rows in file order, numbered from 0.
        leg_lines: One line per leg in WGS84, columns `leg_id`, `basis_code`, `computed_km`,
            `licence`, `note`, `geometry`.
        area_lines: Outlines and hatching of disputed areas, columns `area_id`, `kind`, `geometry`.
        digest: SHA-256 over all files that were read, hexadecimal.
        folder: Where it was read from.
    """

    tables: Mapping[str, pd.DataFrame]
    leg_lines: gpd.GeoDataFrame
    area_lines: gpd.GeoDataFrame
    digest: str
    folder: Path

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name."""
        return self.tables[name]

    @property
    def version(self) -> str:
        """Semantic version of the dataset."""
        return str(self["dataset"].at[0, "version"])

    @cached_property
    def horizon(self) -> dt.date:
        """Date of the newest source: the latest day that an as-of date can have."""
        return dt.date.fromisoformat(str(self["dataset"].at[0, "horizon_edtf"]))

    @cached_property
    def earliest(self) -> dt.date:
        """The earliest day that an as-of date can have.

        New Year before the first event, or before the document where that is older.
        """
        published = str(self["document/document"].at[0, "published_edtf"])
        return new_year_before([*self["events"]["date_edtf"], published])

    @cached_property
    def document(self) -> Document:
        """What the dataset says of the document under examination."""
        return Document(self.tables)

    def labels(self, name: str) -> dict[str, str]:
        """Key to label: of a code table in its sort order, of another table in file order."""
        if name in self._labels:
            return dict(self._labels[name])
        table = self[name]
        return dict(zip(table[table.columns[0]], table["label"], strict=True))

    def cite(self, table: str, column: str, ids: Iterable[object]) -> tuple[str, ...]:
        """The sources that stand behind things, each once, in file order.

        Args:
            table: A table of things with their `source_id`, a row for each pair.
            column: The column of the table that names the thing.
            ids: The things.
        """
        links = self[table]
        return tuple(links.loc[links[column].isin(list(ids)), "source_id"].unique())

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        ordered = {
            name.removeprefix("codes/"): table.sort_values("sort_order")
            for name, table in self.tables.items()
            if name.startswith("codes/")
        }
        return {
            name: dict(zip(table["code"], table["label"], strict=True))
            for name, table in ordered.items()
        }


def data_folder() -> Path:
    """The folder that `ENTENTE_DATA` names, or the one that came with the package."""
    return Path(os.environ.get("ENTENTE_DATA") or HOME / "data")


def read_dossier(folder: Path) -> Dossier:
    """Read and validate the dataset in `folder`.

    Raises:
        BrokenDataset: with every fault that was found.
    """
    texts = read_texts(folder)
    lines = {name: _read_lines(find_file(folder, name)) for name in GEOMETRY_FILES}
    faults, sound = _checked(texts)
    faults += _geometry_faults(texts, lines)
    if faults:
        raise BrokenDataset(faults)
    frames = {name: frame.reset_index(drop=True) for name, frame in sound.items()}
    legs, areas = (_nothing_drawn() if lines[name] is None else lines[name] for name in LINES)
    return Dossier(
        tables=MappingProxyType(frames),
        leg_lines=legs,
        area_lines=areas,
        digest=digest_files(folder),
        folder=folder,
    )


def read_texts(folder: Path) -> dict[str, TextTable]:
    """Every table of the contract as text."""
    return {
        name: read_text_table(folder, name, columns=list(table.columns))
        for name, table in TABLES.items()
    }


def check_texts(texts: Mapping[str, TextTable]) -> list[Fault]:
    """Faults of reading, within tables, and across those tables that are sound in themselves."""
    return _checked(texts)[0]


def _checked(texts: Mapping[str, TextTable]) -> tuple[list[Fault], dict[str, pd.DataFrame]]:
    """The faults, and the sound rows of each table with typed columns, by line of the file."""
    faults: list[Fault] = []
    sound: dict[str, pd.DataFrame] = {}
    for name, text in follow(texts.items(), "Tables", len(texts)):
        faults += [*text.faults, *check_table(text)]
        rows = cast_sound_rows(text)
        if rows is not None:
            sound[name] = rows
    readable = {name: text.frame for name, text in texts.items() if text.frame is not None}
    return faults + check_links(sound, readable), sound


def digest_files(folder: Path) -> str:
    """SHA-256 over names and bytes of all files that a dossier is read from."""
    total = hashlib.sha256()
    for name in FILES:
        path = find_file(folder, name)
        total.update(name.encode())
        total.update(path.read_bytes() if path.is_file() else b"\0missing")
    return total.hexdigest()


def stamp_files(folder: Path) -> tuple[tuple[int, int] | None, ...]:
    """Sizes and times of those files: cheap to take, and different after any change."""
    own = zip(_list_paths(folder), FILES, strict=True)
    return tuple(_stamp(path) or _stamp(find_file(folder, name)) for path, name in own)


@cache
def _list_paths(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / name for name in FILES)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Size and time of a file; None where none can be read."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _read_lines(path: Path) -> gpd.GeoDataFrame | None:
    try:
        return gpd.read_file(path)
    except (OSError, ValueError, RuntimeError):
        return None


def _nothing_drawn() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({name: [] for name in LINE_COLUMNS}, geometry=[], crs=WGS84)


def _geometry_faults(
    texts: Mapping[str, TextTable], lines: Mapping[str, gpd.GeoDataFrame | None]
) -> list[Fault]:
    """Files of lines that cannot be read though their table has rows; legs without a line."""
    faults = []
    for name, table in LINES.items():
        rows = texts[table].frame
        if lines[name] is None and (rows is None or len(rows)):
            faults.append(Fault(file=name, code="not_geojson"))
    legs, drawn = texts["legs"].frame, lines[GEOMETRY_FILES[0]]
    if legs is None or drawn is None or "leg_id" not in legs:
        return faults
    missing = sorted(set(legs["leg_id"]) - set(drawn.get("leg_id", ())))
    return faults + [
        Fault(file=GEOMETRY_FILES[0], code="missing_geometry", key=leg_id) for leg_id in missing
    ]


@dataclass(frozen=True, kw_only=True)
class DatasetState:
    """What there is to show: a sound dossier or None, and the faults of the files as they are."""

    dossier: Dossier | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def condition(self) -> str:
        """`sound`, `faulty`, or `reading` while nothing has been read."""
        if self.faults:
            return "faulty"
        return "sound" if self.dossier else "reading"


class LiveDataset:
    """Keeps the last sound dossier of one folder. Safe to ask from many threads."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read before the first question."""
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: object = None
        self._newest = DatasetState()

    def read_state(self) -> DatasetState:
        """The newest sound dossier, and what is wrong with the files now, if anything."""
        stamp = stamp_files(self._folder)
        with self._lock:
            if stamp != self._stamp:
                try:
                    self._newest = DatasetState(dossier=read_dossier(self._folder))
                except BrokenDataset as broken:
                    self._newest = replace(self._newest, faults=broken.faults)
                self._stamp = stamp
            return self._newest

    def last_state(self) -> DatasetState:
        """What the last reading found; nothing before the first. Reads nothing, never waits."""
        return self._newest


@cache
def live_dataset(folder: Path) -> LiveDataset:
    """The live dataset of a folder, one in this process."""
    return LiveDataset(folder)


def last_state() -> DatasetState:
    """What the process served last from its data folder; reads nothing."""
    return live_dataset(data_folder()).last_state()


def read_state() -> DatasetState:
    """What the process serves from its data folder."""
    return live_dataset(data_folder()).read_state()


MOST_VALUES = 512
_MARK = "is_cached"
_KINDS: set[str] = set()
_SPARED: set[tuple[str, int]] = set()

Given = ParamSpec("Given")
Value = TypeVar("Value")


def cached(make: Callable[Given, Value]) -> Callable[Given, Value]:
    """Decorate a function so that each value is made once for a dossier and its options.

    Threads that ask for the same value at the same time wait for the first of them. When
    `MOST_VALUES` values are kept, the one that was used least lately goes. A failure is not kept.

    Args:
        make: A module-level function whose first argument is a dossier. The others are plain
            values: text, numbers, dates, tuples of them, frozen views, `Rows`.

    Raises:
        TypeError: `make` is cached already. It would wait for itself, for both would look for the
            value under one name.
    """
    if hasattr(make, _MARK):
        raise TypeError(f"{_name(make)} is cached already")

    @wraps(make)
    def look_up(*given: Given.args, **options: Given.kwargs) -> Value:
        found: Value = _look_up(make, given, options)
        return found

    setattr(look_up, _MARK, True)  # decorators that stand above this one pass it on
    return look_up


class Rows:
    """Rows of a table as an option of a cached function: equal to others with the same cells.

    A geometry counts for nothing, for it goes with an id beside it.

    Attributes:
        table: The rows, not to be changed.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        plain = table.drop(columns="geometry", errors="ignore")
        self._cells = repr((list(plain.columns), plain.to_numpy().tolist()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._cells == other._cells

    def __hash__(self) -> int:
        return hash(self._cells)


def spare_collector(page: str) -> None:
    """Set aside what lives now, so that the garbage collector does not walk it again and again.

    Modules, tables and cached values live for good, and a full collection walks all of them. What
    is set aside is never searched for cycles again, so it is done a bounded number of times: once
    for every page and every number of cached functions in use, however many readers there are.
    (The collection that Streamlit asks for after each run is switched off in its configuration, for
    its cost grows with the number of readers as well.)

    Args:
        page: The page that has just been run.
    """
    if (page, len(_KINDS)) not in _SPARED:
        _SPARED.add((page, len(_KINDS)))
        gc.collect()
        gc.freeze()


def _name(make: Callable[..., Any]) -> str:
    return f"{make.__module__}.{make.__qualname__}"


def _key(make: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> Hashable:
    dossier, *others = given
    return (_name(make), dossier.digest, *others, *sorted(options.items(), key=itemgetter(0)))


@cached_by(LRUCache(maxsize=MOST_VALUES), key=_key, condition=threading.Condition())
def _look_up(make: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> Any:
    _KINDS.add(_name(make))
    return make(*given, **options)
