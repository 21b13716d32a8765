"""Three replicas behind nginx: one dies, all are renewed, none is left; readers go on."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from benchmarks.server import Session
from tests.browser.conftest import Visit
from tests.faults.conftest import Replica, status
from tools.browsing import IDLE

StartReplica = Callable[..., Replica]
StartFront = Callable[..., str]
VIEW = "/claims?lens=record&at=2025-04-10"


@pytest.fixture
def three(replica: StartReplica) -> list[Replica]:
    return [replica() for _ in range(3)]


def settled(page: Page) -> str:
    page.wait_for_selector(IDLE)
    return page.locator("h1").inner_text()


def test_a_reader_whose_replica_is_killed_is_back_on_the_same_view(
    three: list[Replica], front: StartFront, visit: Callable[..., Visit]
) -> None:
    before = [each.sockets() for each in three]
    page = visit(is_new=True).open(front(three) + VIEW)
    headline, address = settled(page), page.url
    grown = [each.sockets() - old for each, old in zip(three, before, strict=True)]
    holder = three[grown.index(max(grown))]
    with page.expect_event("websocket") as again:
        holder.end(signal.SIGKILL)
    assert again.value.url.endswith("/_stcore/stream")
    page.locator("[data-testid=stConnectionStatus]").wait_for(state="detached")
    assert settled(page) == headline
    assert page.url == address
    page.get_by_role("link", name="Timeline").first.click()
    page.wait_for_url("**/timeline**")
    assert settled(page) != headline
    print(f"killed the one with {max(grown)} new connections; back on {address!r}")


def test_every_replica_is_renewed_under_load_and_no_visit_fails(
    three: list[Replica], front: StartFront
) -> None:
    address = front(three)
    assert {one_session(each.port, tries=1) for each in three} == {"seen"}
    visits: list[str] = []
    done = threading.Event()

    def keep_visiting(reader: str) -> None:
        while not done.is_set() and len(visits) < 2000:
            visits.append(one_visit(address, reader))

    threads = [threading.Thread(target=keep_visiting, args=(f"{n:032x}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    try:
        for each in three:
            each.end()
            each.start()
    finally:
        done.set()
        for thread in threads:
            thread.join()
    print(f"{len(visits)} visits while three replicas were renewed one by one")
    assert len(visits) >= 20
    assert set(visits) == {"seen"}


def one_visit(address: str, reader: str) -> str:
    """A new visit, as a browser makes it: the page, then a session of its own on the stream."""
    try:
        asked = Request(f"{address}/claims", headers={"Cookie": f"reader={reader}"})
        with urlopen(asked, timeout=30) as answer:
            if answer.status != 200:
                return f"page {answer.status}"
        return one_session(int(address.rsplit(":", 1)[1]), tries=2)
    except OSError as error:
        return repr(error)


def one_session(port: int, *, tries: int) -> str:
    """Open, run, hang up; once more when the replica went away in between, as browsers do."""
    for left in reversed(range(tries)):
        try:
            session = Session(port)
            session.rerun(page="claims")
            session.close()
            return "seen"
        except Exception as error:  # whatever a reader would see
            if not left:
                return repr(error)
    return "never"


def test_a_load_of_sessions_is_spread_and_each_download_is_found(
    three: list[Replica], front: StartFront
) -> None:
    port = int(front(three).rsplit(":", 1)[1])
    before = [each.sockets() for each in three]
    sessions = [Session(port) for _ in range(30)]
    for session in sessions:
        session.rerun(page="data")
    held = [each.sockets() - old for each, old in zip(three, before, strict=True)]
    assert sum(held) >= 30
    for session in sessions:
        session.close()


def test_readers_of_one_address_are_spread_by_their_cookie(
    three: list[Replica], front: StartFront
) -> None:
    address = front(three)
    with urlopen(f"{address}/claims") as answer:
        cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("reader=")
    assert "HttpOnly" in cookie
    asked = Request(f"{address}/claims", headers={"Cookie": cookie.split(";")[0]})
    with urlopen(asked) as answer:
        assert answer.headers["Set-Cookie"] is None


def test_too_many_new_sessions_from_one_address_are_told_to_wait(
    three: list[Replica], front: StartFront
) -> None:
    address = front(three, RATE="1", BURST="5")
    answers = [status(f"{address}/_stcore/stream") for _ in range(12)]
    assert answers.count(429) >= 5
    assert status(f"{address}/claims") == 200
    print(f"answers to 12 at once, 1 a second and 5 at once allowed: {answers}")


def test_with_no_replica_left_files_and_the_static_edition_are_served(
    replica: StartReplica, front: StartFront, tmp_path: Path
) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)  # nginx does not read as root
    (tmp_path / "index.html").write_text("<p>The edition</p>", encoding="utf-8")
    lone = replica()
    address = front([lone], EDITION=str(tmp_path))
    lone.end(signal.SIGKILL)
    assert status(f"{address}/claims") == 502
    assert status(f"{address}/edition/") == 200
    assert status(f"{address}/assets/topojson/world_50m.json") == 200
