"""The whole check: the dataset's own rules, views that are linked to, words, versions."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from entente.address.codec import decode
from entente.address.pages import VIEWS
from entente.address.views import has_page
from entente.check.contract import TABLES
from entente.check.faults import BrokenDataset, Fault, Tables
from entente.check.terms import check_words
from entente.dossier.archive import BadArchive
from entente.dossier.store import Dossier, read_dossier
from entente.dossier.versions import (
    CHANGE_LOG,
    FOLDER,
    UnknownVersion,
    is_kept_as_is,
    kept_file,
    list_kept_versions,
    parse_version,
    read_change_log,
    read_tables,
    read_version_number,
)
from entente.routes.valuation.benchmarks import digest_inputs, digest_valuation

LINKING = ("findings", "scenes")  # tables whose rows link to a view


def review_folder(folder: Path) -> tuple[Fault, ...]:
    """All faults of the dataset in `folder`; empty when it is sound."""
    try:
        dossier = read_dossier(folder)
    except BrokenDataset as broken:
        return broken.faults
    return (
        *check_views(dossier),
        *check_words(dossier.tables),
        *check_calibration(dossier.tables),
        *check_valuation(dossier.tables),
        *check_versions(dossier),
    )


def check_views(dossier: Dossier) -> Iterator[Fault]:
    """Findings and scenes whose address holds something that its page does not know.

    Those of a page that the dossier lacks are shown nowhere, and so not looked at.
    """
    for table in LINKING:
        for line, row in enumerate(dossier[table].to_dict("records"), start=2):
            if not has_page(dossier, row["page_code"]):
                continue  # nobody sees it
            view = row["view"] if isinstance(row["view"], str) else ""
            parameters = parse_qs(view, keep_blank_values=True)
            _, notices = decode(VIEWS[row["page_code"]], parameters, dossier)
            if notices:
                yield Fault(
                    file=f"{table}.csv",
                    line=line,
                    code="dead_view",
                    key=row[TABLES[table].key[0]],
                    column="view",
                    value=view,
                )


def check_calibration(tables: Tables) -> Iterator[Fault]:
    """Errors of the route model that were estimated from other tables than those that are there.

    A dossier without a network has no model.
    """
    if tables["legs"].empty:
        return
    digest, known = digest_inputs(tables), tables["calibration"]["inputs_digest"]
    if known.empty or (known != digest).any():
        value = "" if known.empty else str(known.iloc[0])
        yield Fault(
            file="calibration.csv", code="stale_calibration", column="inputs_digest", value=value
        )


def check_valuation(tables: Tables) -> Iterator[Fault]:
    """What the model says of published figures, found in other tables than those that are there.

    A dossier without published figures that can be compared needs no such table.
    """
    digest, known = digest_valuation(tables), tables["valued_benchmarks"]["inputs_digest"]
    is_lacking = known.empty and tables["benchmarks"]["from_node_id"].notna().any()
    if is_lacking or (known != digest).any():
        value = "" if known.empty else str(known.iloc[0])
        yield Fault(
            file="valued_benchmarks.csv",
            code="stale_valuation",
            column="inputs_digest",
            value=value,
        )


def check_versions(dossier: Dossier) -> Iterator[Fault]:
    """The dataset's version is in the change log; older ones are kept, sound and unchanged.

    A dataset without a folder of versions, such as a download, is not held to keeping them, and one
    without a change log either has no older version.
    """
    current, folder = dossier.version, dossier.folder
    logged, kept = read_change_log(folder), list_kept_versions(folder)
    is_first = not (folder / CHANGE_LOG).exists() and not (folder / FOLDER).is_dir()
    if current not in logged and not is_first:
        yield Fault(file=CHANGE_LOG, code="not_in_change_log", value=current)
    if not (folder / FOLDER).is_dir():
        return
    for version in sorted(set(logged) - {current, *kept}):
        yield Fault(file=f"{FOLDER}/{version}.zip", code="not_kept")
    sound = {version for version in kept if _is_sound(dossier, version)}
    for version in sorted(set(kept) - sound):
        yield Fault(file=f"{FOLDER}/{version}.zip", code="bad_kept_version")
    if current in sound and not is_kept_as_is(folder, current):
        yield Fault(file=f"{FOLDER}/{current}.zip", code="changed_after_release")


def _is_sound(dossier: Dossier, version: str) -> bool:
    try:
        said = read_version_number(read_tables(kept_file(dossier.folder, version)))
    except (BadArchive, BrokenDataset, UnknownVersion):
        return False
    return said == version and parse_version(version) <= parse_version(dossier.version)
