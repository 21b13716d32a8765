"""What an address made with another version of the dataset has to tell its reader.

When the version is kept, the notice says what changed since for the rows that the view shows, and
leads to the changes themselves. When it is not, it says which version that is supposed to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from entente.address.codec import Notice, quote
from entente.address.pages import write_query
from entente.address.views import DataView, View
from entente.check.contract import TABLES
from entente.datapage.changes import Changes, Uncomparable, compare_versions, counted
from entente.datapage.differences import TableDifferences, count_changes, narrow_to_row
from entente.dossier.store import Dossier
from entente.dossier.versions import is_version, list_kept_versions, parse_version, read_change_log

PARAMETER = "d"
# Tables at the root of what a page shows; those that hang on one of them by a reference belong to
# the page, too.
ROOTS = {
    "briefing": ("findings", "claims", "scenes", "document/document", "document/texts"),
    "alliance_map": (
        *("actors", "areas", "ties", "border_views", "border_notes"),
        *("document/arc_bows", "document/map_views"),
    ),
    "timeline": ("events", "moments", "expectations", "document/timeline_spans"),
    "trade_routes": (
        *("nodes", "legs", "corridors", "scenarios", "standing_vetoes", "rates", "benchmarks"),
        *("slow_borders", "document/leverage_presets"),
    ),
    "claims": ("claims", "expectations", "pledges", "disagreements", "sources"),
}
_ALL_ROOTS = frozenset(table for roots in ROOTS.values() for table in roots)
MOST_NAMED = 4


def explained(
    notices: Sequence[Notice], view: View, address: Mapping[str, Sequence[str]], dossier: Dossier
) -> tuple[Notice, ...]:
    """Notices in which the one about the version of the dataset says what that means."""
    given = (address.get(PARAMETER) or ("",))[0]
    return tuple(
        _told(notice, view, given, dossier) if notice.parameter == PARAMETER else notice
        for notice in notices
    )


@cache
def tables_of_page(page: str) -> frozenset[str]:
    """Tables whose rows a page shows: its roots, and what hangs on them."""
    roots = ROOTS.get(page, ())
    return frozenset(table for table in TABLES if _root_of(table) in roots)


def _root_of(table: str) -> str:
    """The root that a table hangs on, by its first reference; the table itself when it is one."""
    if table in _ALL_ROOTS:
        return table
    targets = [column.table for column in TABLES[table].columns.values()]
    above = next((t for t in targets if t and t != table and not t.startswith("codes/")), "")
    return _root_of(above) if above else ""


def _told(notice: Notice, view: View, given: str, dossier: Dossier) -> Notice:
    current = dossier.version
    if not is_version(given):
        text = f"“{quote(given)}” is no version of the dataset; you are looking at {current}."
        return replace(notice, text=text)
    if parse_version(given) > parse_version(current):
        text = (
            f"This address names dataset {given}, which is newer than any known here; "
            f"you are looking at {current}."
        )
        return replace(notice, text=text)
    if given in list_kept_versions(dossier.folder):
        return _compared(notice, view, given, dossier)
    was = "is not kept" if given in read_change_log(dossier.folder) else "was never released"
    text = f"This address names dataset {given}, which {was}; you are looking at {current}."
    return replace(notice, text=text)


def _compared(notice: Notice, view: View, given: str, dossier: Dossier) -> Notice:
    made = f"This address was made with dataset {given}"
    try:
        found = compare_versions(dossier, older=given, newer=dossier.version)
    except Uncomparable:
        text = f"{made}, which cannot be read now; you are looking at {dossier.version}."
        return replace(notice, text=text)
    said, table = _what_changed(found, view, dossier)
    asked = {"old": given, "new": dossier.version, "rows": table or "none"}
    return replace(
        notice,
        text=f"{made}; in {dossier.version}, which you are looking at, {said}.",
        href=f"{DataView.page_code}?{write_query(asked)}#changes",
        link="See what changed",
    )


def _what_changed(found: Changes, view: View, dossier: Dossier) -> tuple[str, str]:
    """What changed for the rows that a view shows, and the table to begin with, if there is one."""
    pick = getattr(view, "pick", None)
    if pick is None:
        shown = _of_view(found, view)
        return _for_page(shown), shown[0].table if len(shown) == 1 else ""
    about = narrow_to_row(found, _table_of(pick, view, dossier), pick)
    if not about:
        return f"nothing has changed for {pick}", ""
    return f"{pick} has {_listed(about)}", about[0].table


def _of_view(found: Changes, view: View) -> Changes:
    page = view.page_code
    tables = {view.table} if isinstance(view, DataView) else tables_of_page(page)
    return tuple(item for item in found if item.table in tables)


def _table_of(pick: str, view: View, dossier: Dossier) -> str:
    """The table whose row is picked."""
    for table in ROOTS.get(view.page_code, ()):
        key = TABLES[table].key
        if len(key) == 1 and pick in set(dossier[table][key[0]]):
            return table
    return ""


def _for_page(found: Changes) -> str:
    counts = count_changes(found)
    parts = [
        f"{counts[f'rows_{what}']} {what}"
        for what in ("added", "changed", "removed")
        if counts[f"rows_{what}"]
    ]
    if not parts:
        return "no row behind this page has changed"
    return f"rows behind this page differ: {_joined(parts)}"


def _listed(found: Changes) -> str:
    """What happened in each table, such as "1 row of assessments has changed (note)"."""
    parts = [part for item in found for part in _parts(item)]
    more = [f"{len(parts) - MOST_NAMED} more"] if len(parts) > MOST_NAMED else []
    return _joined([*parts[:MOST_NAMED], *more])


def _parts(item: TableDifferences) -> list[str]:
    name = item.table.replace("_", " ")
    columns = ", ".join(dict.fromkeys(c for row in item.changed for c in row.columns))
    numbers = (
        (len(item.changed), f"changed ({columns})"),
        (len(item.added), "added"),
        (len(item.removed), "removed"),
    )
    return [f"{counted(n, 'row')} of {name} {what}" for n, what in numbers if n]


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
