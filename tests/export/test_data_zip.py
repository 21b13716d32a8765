"""The archive of the dataset, and how it is cited."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from entente.check.contract import TABLES
from entente.dossier.store import GEOMETRY_FILES, Dossier, read_dossier
from entente.export.files.citation import citation, citation_bibtex
from entente.export.files.data_zip import ChangedDataset, about, data_zip, table_csv


@pytest.fixture(scope="module")
def archive(dossier: Dossier) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data_zip(dossier)))


def test_the_same_dataset_gives_the_same_bytes(dossier: Dossier) -> None:
    assert data_zip(dossier) == data_zip(dossier)


def test_everything_is_in_it_under_one_folder(archive: zipfile.ZipFile, dossier: Dossier) -> None:
    top = f"entente-{dossier.version}"
    names = archive.namelist()
    assert names == sorted(names)
    wanted = [*(f"{name}.csv" for name in TABLES), *GEOMETRY_FILES, "README.txt", "LICENCES.md"]
    assert {f"{top}/{name}" for name in wanted} <= set(names)
    assert archive.testzip() is None


def test_tables_are_the_checked_files(archive: zipfile.ZipFile, dossier: Dossier) -> None:
    for name in TABLES:
        content = archive.read(f"entente-{dossier.version}/{name}.csv")
        assert content == (dossier.folder / f"{name}.csv").read_bytes()
        assert content == table_csv(dossier, name)


def test_no_time_of_this_machine_is_in_it(archive: zipfile.ZipFile) -> None:
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_archive_can_be_read_back(archive: zipfile.ZipFile, tmp_path: Path) -> None:
    archive.extractall(tmp_path)
    folder = next(tmp_path.iterdir())
    assert read_dossier(folder).version in folder.name


def test_the_read_me_names_rows_digest_and_reference(
    archive: zipfile.ZipFile, dossier: Dossier
) -> None:
    text = archive.read(f"entente-{dossier.version}/README.txt").decode("utf-8")
    assert dossier.digest in text
    assert citation(dossier) in text
    assert all(f"{name}.csv" in text and about(name) in text for name in TABLES)


def test_the_licence_is_the_one_that_the_dataset_names(
    archive: zipfile.ZipFile, dossier: Dossier
) -> None:
    text = archive.read(f"entente-{dossier.version}/LICENCES.md").decode("utf-8")
    row = dossier["dataset"].iloc[0]
    assert f"{row['licence_title']}, <{row['licence_url']}>" in text
    assert "{" not in text


def test_files_that_changed_since_are_not_passed_off_as_this_dataset(
    edit: Callable[[str, Callable[[str], str]], Path], copy_of_data: Path
) -> None:
    read = read_dossier(copy_of_data)
    edit("claims.csv", lambda text: text.replace("k01", "k01", 1) + "\n")
    with pytest.raises(ChangedDataset):
        data_zip(read)
    with pytest.raises(ChangedDataset):
        table_csv(read, "claims")


def test_no_table_outside_the_contract(dossier: Dossier) -> None:
    with pytest.raises(KeyError):
        table_csv(dossier, "../requirements")


def test_the_reference_has_version_and_digest(dossier: Dossier) -> None:
    for text in (citation(dossier), citation_bibtex(dossier)):
        assert dossier.version in text
        assert dossier.digest[:16] in text
    assert citation_bibtex(dossier).startswith("@misc{")
