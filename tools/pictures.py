"""`python -m entente.build.pictures`: fonts, preview pictures and icons, for when the look changes.

Apart from `python -m entente build`, for it needs fontTools, Pillow and Chromium.
"""

from entente.dossier.store import data_folder, read_dossier
from entente.settings import HOME
from tools.cards import build_cards
from tools.fonts import build_fonts


def main() -> None:
    """Build all of them, and say which."""
    assets = HOME / "assets"
    for path in build_fonts(assets, (HOME / "entente", HOME / "pages")):
        print(path.relative_to(HOME))
    for path in build_cards(read_dossier(data_folder()), assets):
        print(path.relative_to(HOME))


if __name__ == "__main__":
    main()
