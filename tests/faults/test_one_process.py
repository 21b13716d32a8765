"""One process in trouble: broken data, nowhere to write, clients that stall or vanish, an end."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from benchmarks.server import Session
from entente.address.pages import PAGES as SITE_PAGES
from tests.conftest import ROOT
from tests.faults.conftest import Replica, status, wait_for

StartReplica = Callable[..., Replica]
PAGES = [head.path for head in SITE_PAGES]


def texts(port: int, page: str) -> list[str]:
    """All that a page says, in order."""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None) as stream:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        stream.send(asked.SerializeToString())
        said = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(stream.recv(timeout=60))
            if answer.WhichOneof("type") == "script_finished":
                return said
            element = answer.delta.new_element
            said.append(element.markdown.body or element.html.body or element.heading.body)


def test_broken_data_shows_a_report_over_the_last_sound_version_until_mended(
    replica: StartReplica, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    one = replica(ENTENTE_DATA=str(tmp_path / "data"))
    file = tmp_path / "data" / "claims.csv"
    sound = file.read_text(encoding="utf-8")
    before = texts(one.port, "claims")
    file.write_text(sound.replace("c01,", "c01,,,,", 1), encoding="utf-8")
    broken = texts(one.port, "claims")
    assert any("in the dataset" in text and "claims.csv" in text for text in broken)
    assert before[-1] in broken
    file.write_text(sound, encoding="utf-8")
    assert texts(one.port, "claims") == before


def test_without_rights_home_or_room_it_serves_all_the_same(replica: StartReplica) -> None:
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs")
    full = ("prlimit", "--fsize=0", *nobody)  # every write to a file fails, as on a full disk
    one = replica(
        prefix=full, HOME="/nonexistent", ENTENTE_STATIC="/nonexistent", TMPDIR="/nonexistent"
    )
    for page in PAGES:
        assert texts(one.port, page)
    address = f"http://127.0.0.1:{one.port}/assets/topojson/world_50m.json"

    def is_compressed() -> bool:
        with urlopen(Request(address, headers={"Accept-Encoding": "br"})) as answer:
            return bool(answer.headers["Content-Encoding"] == "br")

    wait_for(is_compressed, "nothing was compressed in memory")


def test_clients_that_stall_keep_nobody_else_waiting(replica: StartReplica) -> None:
    one = replica()
    stalled = []
    for begun in (b"GET / HTTP/1.1\r\nHost: localh", b"GET /_stcore/stream HTTP/1.1\r\nUpgra", b""):
        for _ in range(60):
            stalled.append(socket.create_connection(("127.0.0.1", one.port)))
            stalled[-1].sendall(begun)
    asked = b"GET /static/js/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for each in stalled[:20]:  # these ask, and never read
        with contextlib.suppress(OSError):
            each.sendall(asked)
    assert texts(one.port, "claims")
    assert status(f"http://127.0.0.1:{one.port}/claims") == 200
    for each in stalled:
        each.close()


def test_the_front_lets_stalled_clients_go(
    replica: StartReplica, front: Callable[..., str]
) -> None:
    port = int(front([replica()]).rsplit(":", 1)[1])
    stalled = socket.create_connection(("127.0.0.1", port))
    stalled.settimeout(30)
    stalled.sendall(b"GET / HTTP/1.1\r\nHost: localh")
    with contextlib.suppress(ConnectionResetError):
        assert stalled.recv(10) in {b"", b"HTTP/1.1 4"}


CROWD = """
import signal, sys
from benchmarks.server import Session
sessions = [Session(int(sys.argv[1])) for _ in range(200)]
for session in sessions[::4]:
    session.rerun(page="claims")
print("all here", flush=True)
signal.alarm(60)  # an end of its own, should nobody kill it
signal.pause()
"""


def test_two_hundred_readers_vanish_and_leave_nothing_open(replica: StartReplica) -> None:
    one = replica()
    texts(one.port, "claims")
    before = one.sockets()
    crowd = subprocess.Popen(
        [sys.executable, "-c", CROWD, str(one.port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert crowd.stdout is not None
    assert crowd.stdout.readline() == "all here\n"
    during = one.sockets()
    crowd.kill()
    crowd.wait()
    assert during >= before + 200
    wait_for(lambda: one.sockets() <= before + 3, "connections are still open")
    print(f"connections before, during and after: {before}, {during}, {one.sockets()}")
    assert texts(one.port, "claims")


def test_a_thousand_readers_leave_no_more_behind_than_a_hundred(replica: StartReplica) -> None:
    one = replica(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="2")

    def readers(number: int) -> float:
        for n in range(number):
            session = Session(one.port)
            session.rerun(page=PAGES[n % len(PAGES)])
            session.close()
        return one.megabytes()

    first, after_hundred = readers(12), readers(100)
    after_thousand = readers(900)
    sizes = [round(size) for size in (first, after_hundred, after_thousand)]
    print(f"MB after 12, 112 and 1,012 readers: {sizes}")
    assert after_thousand - after_hundred < 100  # 0.11 MB a reader, were it all kept


@pytest.mark.parametrize("page", PAGES)
def test_clock_and_locale_change_nothing(replica: StartReplica, page: str) -> None:
    usual = replica(TZ="UTC", LC_ALL="C.UTF-8")
    other = replica(TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8")
    said, also = texts(usual.port, page), texts(other.port, page)
    assert said
    assert said == also


def test_told_to_end_it_says_goodbye_and_ends(replica: StartReplica) -> None:
    one = replica()
    with connect(f"ws://127.0.0.1:{one.port}/_stcore/stream", max_size=None) as stream:
        one.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                stream.recv(timeout=30)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in {1001, 1012}
    assert one.process.wait(timeout=30) in {0, -signal.SIGTERM}
    assert "Traceback" not in one.log.read_text()
