"""The check of versions: what was released is kept as it was, and the change log speaks of it."""

from collections.abc import Iterator

from entente.check.faults import BrokenDataset, Fault
from entente.dossier.archive import BadArchive
from entente.dossier.store import Dossier
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


def check_versions(dossier: Dossier) -> Iterator[Fault]:
    """The dataset's version is in the change log; older ones are kept, sound and unchanged.

    A dataset without a folder of versions, such as a download, is not held to keeping them.
    """
    current, folder = dossier.version, dossier.folder
    logged, kept = read_change_log(folder), list_kept_versions(folder)
    if current not in logged:
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
