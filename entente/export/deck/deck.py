"""The briefing as slides that can be edited: native charts, tables and maps, sources in notes."""

from collections.abc import Sequence

from entente.content import Scene
from entente.dates.edtf import first_day
from entente.dossier.store import Dossier
from entente.export.deck.file import file_of
from entente.export.deck.scene import add_scene
from entente.export.deck.slides import add_borders, add_method, add_title
from entente.export.deck.style import blank_deck, set_properties
from entente.style.palette import LIGHT


def deck(scenes: Sequence[Scene], *, dossier: Dossier, base_url: str = "") -> bytes:
    """A .pptx file: title, one slide a scene, method, borders.

    Equal scenes of an equal dossier give equal bytes: all times are the day of the dataset.

    Args:
        scenes: The scenes in order; none gives a deck of title, method and borders.
        dossier: Where sources, labels and the dataset's particulars are looked up.
        base_url: Where the app is served; addresses in the notes begin with it.
    """
    about = dossier["dataset"].iloc[0]
    made = blank_deck(LIGHT)
    set_properties(
        made,
        title=str(about["title"]),
        subject=f"Dataset {dossier.version}, SHA-256 {dossier.digest}",
        day=first_day(about["released_edtf"]),
    )
    add_title(made, scenes, dossier=dossier)
    for scene in scenes:
        add_scene(
            made,
            scene,
            count=len(scenes),
            dossier=dossier,
            palette=LIGHT,
            base_url=base_url,
        )
    add_method(made, dossier=dossier)
    add_borders(made, scenes, dossier=dossier, palette=LIGHT)
    return file_of(made)
