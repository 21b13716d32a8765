"""What an address made with another version of the dataset has to tell its reader.

When the version is kept, the notice says what changed since for the rows that the view shows, and
leads to the changes themselves. When it is not, it says which version that is supposed to be.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from entente.address.codec import Notice, quote
from entente.address.pages import link_section
from entente.address.views import DataView, View
from entente.check.contract import TABLES
from entente.datapage.changes import Changes, Uncomparable, compare_versions
from entente.datapage.differences import count_changes, narrow_to_row
from entente.dossier.store import Dossier
from entente.dossier.versions import is_version, list_kept_versions, parse_version, read_change_log
from entente.style.theme import count_noun

# Tables at the root of what a page shows; those that hang on one of them by a reference belong to
# the page, too.
ROOTS = {
    "briefing": ("findings", "claims", "scenes", "document/document", "document/texts"),
    "alliance_map": (
        *("actors", "areas", "ties", "border_views", "border_notes"),
        *("document/arc_bows", "document/map_views"),
    ),
    "timeline": ("events", "moments", "expectations", "positions", "document/timeline_spans"),
    "trade_routes": (
        *("nodes", "legs", "corridors", "scenarios", "standing_vetoes", "rates", "benchmarks"),
        *("document/leverage_presets", "document/corridor_signs"),
    ),
    "claims": ("claims", "expectations", "pledges", "disagreements", "positions", "sources"),
}
_ALL_ROOTS = frozenset(table for roots in ROOTS.values() for table in roots)
MOST_NAMED = 4


def explain_version(notice: Notice, view: View, given: str, dossier: Dossier) -> Notice:
    """The notice that an address names another version of the dataset, with what that means.

    Args:
        notice: What the reader of addresses has found.
        view: What the address shows.
        given: The version that it names, as it stands there.
        dossier: The dataset that is shown.
    """
    seen, said = f"you are looking at {dossier.version}", f"This address names dataset {given}"
    if not is_version(given):
        text = f"“{quote(given)}” is not a version of the dataset; {seen}."
    elif parse_version(given) > parse_version(dossier.version):
        text = f"{said}, which is newer than any known here; {seen}."
    elif given not in list_kept_versions(dossier.folder):
        was = "is not kept" if given in read_change_log(dossier.folder) else "was never released"
        text = f"{said}, which {was}; {seen}."
    else:
        made = f"This address was made with dataset {given}"
        try:
            found = compare_versions(dossier, older=given, newer=dossier.version)
        except Uncomparable:
            return replace(notice, text=f"{made}, which cannot be read now; {seen}.")
        changed, table = _describe_changes(found, view, dossier)
        versions = {"old": given, "new": dossier.version}
        return replace(
            notice,
            text=f"{made}; in {dossier.version}, which you are looking at, {changed}.",
            href=link_section(DataView.page_code, "changes", **versions, rows=table or "none"),
            link="See what changed",
        )
    return replace(notice, text=text)


@cache
def list_tables(page: str) -> frozenset[str]:
    """Tables whose rows a page shows: its roots, and what hangs on them."""
    return frozenset(table for table in TABLES if _find_root(table) in ROOTS.get(page, ()))


def _find_root(table: str) -> str:
    """The root that a table hangs on, by its first reference; the table itself when it is one."""
    if table in _ALL_ROOTS:
        return table
    targets = [column.table for column in TABLES[table].columns.values()]
    above = next((t for t in targets if t and t != table and not t.startswith("codes/")), "")
    return _find_root(above) if above else ""


def _describe_changes(found: Changes, view: View, dossier: Dossier) -> tuple[str, str]:
    """What changed for the rows that a view shows, and the table to begin with, if there is one."""
    pick = getattr(view, "pick", None)
    if pick is None:
        tables = {view.table} if isinstance(view, DataView) else list_tables(view.page_code)
        shown = tuple(item for item in found if item.table in tables)
        return _describe_page(shown), shown[0].table if len(shown) == 1 else ""
    about = narrow_to_row(found, _find_table(pick, view, dossier), pick)
    if not about:
        return f"nothing has changed for {pick}", ""
    return f"{pick} has {_describe_rows(about)}", about[0].table


def _find_table(pick: str, view: View, dossier: Dossier) -> str:
    """The table whose row is picked."""
    for table in ROOTS.get(view.page_code, ()):
        key = TABLES[table].key
        if len(key) == 1 and pick in set(dossier[table][key[0]]):
            return table
    return ""


def _describe_page(found: Changes) -> str:
    counts = count_changes(found)
    numbers = {what: counts[f"rows_{what}"] for what in ("added", "changed", "removed")}
    parts = [f"{number} {what}" for what, number in numbers.items() if number]
    if not parts:
        return "no row behind this page has changed"
    return f"rows behind this page differ: {_join(parts)}"


def _describe_rows(found: Changes) -> str:
    """What happened in each table, such as "1 row of assessments has changed (note)"."""
    parts = []
    for item in found:
        columns = ", ".join(dict.fromkeys(c for row in item.changed for c in row.columns))
        numbers = {
            f"changed ({columns})": len(item.changed),
            "added": len(item.added),
            "removed": len(item.removed),
        }
        name = item.table.replace("_", " ")
        parts += [f"{count_noun(n, 'row')} of {name} {what}" for what, n in numbers.items() if n]
    more = [f"{len(parts) - MOST_NAMED} more"] if len(parts) > MOST_NAMED else []
    return _join([*parts[:MOST_NAMED], *more])


def _join(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
