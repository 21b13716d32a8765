"""The deck as LibreOffice reads it: every slide converted, its words found, nothing lost."""

import subprocess
from pathlib import Path

import pytest

from entente.briefing.scenes import choose_scenes
from entente.dossier.store import Dossier
from entente.export.deck.deck import deck

HALO_PIXELS = 100  # the height of a name with its halo, at 300 dots per inch


@pytest.fixture(scope="module")
def converted(dossier: Dossier, tmp_path_factory) -> Path:
    """The briefing's deck as PDF."""
    folder = tmp_path_factory.mktemp("deck")
    (folder / "deck.pptx").write_bytes(deck(choose_scenes(dossier), dossier=dossier))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "deck.pptx"),
        ],
        check=True,
        capture_output=True,
        timeout=150,
    )
    return folder / "deck.pdf"


def output_of(*command: object) -> str:
    ran = subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True
    )
    return ran.stdout


def test_every_slide_is_a_page(converted: Path, dossier: Dossier) -> None:
    pages = int(output_of("pdfinfo", converted).split("Pages:")[1].split()[0])
    assert pages == len(choose_scenes(dossier)) + 4  # title, method, borders, sources


def test_every_headline_is_on_its_page(converted: Path, dossier: Dossier) -> None:
    for scene in choose_scenes(dossier):
        page = scene.number + 1
        text = output_of("pdftotext", "-f", page, "-l", page, converted, "-")
        assert scene.title in " ".join(text.split())


def test_no_page_holds_a_picture_larger_than_a_name(converted: Path) -> None:
    """The halos of names on maps come out as small pictures; nothing else may."""
    rows = [row.split() for row in output_of("pdfimages", "-list", converted).splitlines()[2:]]
    assert all(int(high) < HALO_PIXELS for *_, high in [row[:5] for row in rows])
