"""The routes beside the pages: health, and assets that stay inside their folder."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from entente.dossier.store import LiveDataset, read_state
from entente.server.stack import ROUTES, lifespan


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES, lifespan=lifespan))


def test_health_tells_how_the_dataset_is(client: TestClient) -> None:
    with client:
        read_state()
        answer = client.get("/health").json()
    assert answer["status"] == "ok"
    assert answer["dataset"] == "sound"


def test_outlines_are_served(client: TestClient) -> None:
    answer = client.get("/assets/topojson/world_50m.json")
    assert answer.status_code == 200
    assert "objects" in answer.json()


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/"])
def test_nothing_outside_the_assets_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_live_dataset_knows_its_state(copy_of_data: Path) -> None:
    live = LiveDataset(copy_of_data)
    assert live.last_state().condition == "reading"
    live.read_state()
    assert live.last_state().condition == "sound"
    (copy_of_data / "claims.csv").unlink()
    live.read_state()
    assert live.last_state().condition == "faulty"


def test_the_home_page_is_drawn_before_anybody_asks(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(
        "entente.briefing.home.panels", lambda dossier, view, appearance: drawn.append(appearance)
    )
    with client:
        pass
    assert drawn == ["light"]
