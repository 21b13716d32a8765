"""The renamed dossier in a browser: every page in every mode is drawn, in words of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from entente.dossier.store import read_dossier
from tests.browser.conftest import Visit
from tests.conftest import LIVE
from tests.mutations import read_rows
from tests.opening import Shown, list_views
from tests.renamed import WORD, real_words, write_renamed
from tools.serving import serve_app

Start = Callable[..., Visit]


@pytest.mark.slow
def test_every_mode_is_drawn_without_a_name_of_the_real_document(
    visit: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    write_renamed(LIVE, folder)
    names = real_words(read_rows(LIVE))
    with serve_app(data=folder) as address:
        visiting = visit()
        for page, parameters in list_views(read_dossier(folder)):
            query = "&".join(f"{name}={values[0]}" for name, values in parameters.items())
            shown = visiting.open(f"{address}/{'' if page == 'briefing' else page}?{query}")
            assert shown.locator('[data-testid="stException"]').count() == 0
            assert names & words_on(shown) == set(), (page, query)
        assert visiting.errors == []


def words_on(page: Page) -> set[str]:
    """Words of the page and of its head, as a reader, a crawler or a chat client gets them."""
    texts = Shown(page.content()).texts
    return {word for text in texts for word in WORD.findall(text)}
