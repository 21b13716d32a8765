"""What the check passes cannot crash: a changed dataset is refused, or all of it opens.

A change of the small dossier is drawn. Either the check refuses it, with the file and the rule of
every fault; or pages and exports open. A hundred changes, all but ten of them among the slow
tests, with some of the pages and one export each; `make fuzz` takes a thousand, with all of them
(`FUZZ_EXAMPLES`).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from entente.check.faults import BrokenDataset
from entente.check.terms import check_words
from entente.dossier import store
from entente.dossier.store import DatasetState, Dossier, read_dossier
from entente.review import check_views
from tests.conftest import SMALL
from tests.mutations import Change, changes, read_rows, write_rows
from tests.opening import EXPORTS, list_picks, list_views, open_content, open_folds, run_page

IS_LONG = "FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))
PARTS = 10
CONTENTS = 5  # of a hundred changes each opens as many views, one page of the app, one export
ORIGINAL = read_rows(SMALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mutations") / "data"
    shutil.copytree(SMALL, path)
    return path


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, PARTS))]
)
def test_a_changed_dataset_is_refused_or_opens(folder: Path, part: int) -> None:
    """In parts, for both cores; outside of fuzzing each part draws alike every time."""

    @given(change=changes(ORIGINAL), draw=st.data())
    @settings(
        max_examples=EXAMPLES // PARTS,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def holds(change: Change, draw: st.DataObject) -> None:
        note(change.words)
        with changed(folder, change):
            try:
                dossier = read_dossier(folder)
            except BrokenDataset as broken:
                assert all(fault.file and fault.rule and fault.remedy for fault in broken.faults)
                return
            assert all(
                fault.line for fault in (*check_views(dossier), *check_words(dossier.tables))
            )
            open_some(dossier, draw)

    (holds if IS_LONG else seed(part)(holds))()


@contextmanager
def changed(folder: Path, change: Change) -> Iterator[None]:
    """The folder with a change made, put back afterwards."""
    try:
        for name, rows in change.tables.items():
            write_rows(folder, name, rows)
        yield
    finally:
        for name in change.tables:
            shutil.copyfile(SMALL / f"{name}.csv", folder / f"{name}.csv")


def open_some(dossier: Dossier, draw: st.DataObject) -> None:
    """Open views, pages and exports of a dossier: all of them, or as many as time allows."""
    views = list_views(dossier)
    picks = list_picks(dossier)
    if IS_LONG:
        shown, run, exports = [*views, draw.draw(st.sampled_from(picks))], views, list(EXPORTS)
    else:
        shown = draw.draw(st.lists(st.sampled_from(views), min_size=CONTENTS, max_size=CONTENTS))
        run = [draw.draw(st.sampled_from([*views, *picks]))]
        exports = [draw.draw(st.sampled_from(sorted(EXPORTS)))]
    for page, parameters in shown:
        note(f"content of {page} {parameters}")
        open_content(dossier, page, parameters)
    with pytest.MonkeyPatch.context() as patch:
        state = DatasetState(dossier=dossier)
        patch.setattr(store.LiveDataset, "read_state", lambda _: state)
        for page, parameters in run:
            note(f"page {page} {parameters}")
            app = open_folds(run_page(page, parameters))
            assert not app.exception, app.exception
    for name in exports:
        note(f"export {name}")
        EXPORTS[name](dossier)
