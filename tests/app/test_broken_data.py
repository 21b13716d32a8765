"""A broken dataset is a readable page; in a running app the last sound version stays below it."""

from pathlib import Path

import pytest

from entente.address.pages import PAGES, Page
from entente.app import chrome
from entente.dossier import store
from entente.dossier.store import stamp_files
from tests.app.conftest import Open
from tests.app.test_every_page import text_of


@pytest.fixture
def own_data(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENTENTE_DATA", str(copy_of_data))
    return copy_of_data


def break_it(folder: Path) -> None:
    path = folder / "nodes.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines.insert(1, "X,<b>Y</b>,IND,95,NaN,city,high,")
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_start_on_broken_data_shows_the_report(own_data: Path, open_page: Open) -> None:
    break_it(own_data)
    app = open_page()
    assert not app.exception
    assert len(app.title) == 0
    report = text_of(app)
    for part in ("nodes.csv:2", "out_of_range", "not_a_number", "markup", "Correct the number."):
        assert part in report
    assert "<b>Y</b>" not in report
    assert "&lt;b&gt;Y" in report


def test_a_change_for_the_worse_keeps_the_last_sound_version(
    own_data: Path, open_page: Open
) -> None:
    app = open_page()
    assert "faults in the dataset" not in text_of(app)
    sound = (own_data / "nodes.csv").read_bytes()
    break_it(own_data)
    app.run()
    assert "faults in the dataset" in text_of(app)
    assert len(app.title) == 1
    (own_data / "nodes.csv").write_bytes(sound)
    app.run()
    assert "faults in the dataset" not in text_of(app)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_run_looks_at_the_files_once(
    own_data: Path, open_page: Open, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, looks = open_page(page.code), list[Path]()

    def look(folder: Path) -> object:
        looks.append(folder)
        return stamp_files(folder)

    monkeypatch.setattr(store, "stamp_files", look)
    app.run()
    assert looks == [own_data]


def test_a_run_shows_one_dataset_though_the_files_change_meanwhile(
    own_data: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, seen = open_page("data"), list[store.DatasetState]()

    def break_then_describe() -> store.DatasetState:
        break_it(own_data)
        seen.append(show())
        return seen[-1]

    show = chrome.get_state
    monkeypatch.setattr(chrome, "get_state", break_then_describe)
    app.run()
    assert len(set(map(id, seen))) == 1
    assert "faults in the dataset" not in text_of(app)


def test_a_sound_change_is_picked_up(own_data: Path, open_page: Open) -> None:
    app = open_page()
    path = own_data / "findings.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "The visit was in February", "He came in February"
        ),
        encoding="utf-8",
    )
    app.run()
    assert "He came in February" in text_of(app)


def test_the_app_writes_nothing_to_its_data(own_data: Path, open_page: Open) -> None:
    before = {path: path.stat().st_mtime_ns for path in own_data.rglob("*")}
    for name in ("briefing", "alliance_map", "timeline", "trade_routes", "claims", "data"):
        open_page(name)
    assert {path: path.stat().st_mtime_ns for path in own_data.rglob("*")} == before
