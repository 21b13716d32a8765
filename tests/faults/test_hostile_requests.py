"""Garbage on the wire: refused with a 4xx or a hang-up, never a 5xx, never a foreign file."""

import base64
import contextlib
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Replica, status

# ruff: noqa: E501 - what goes over the wire is easier to read in one line
SECRET = re.compile(rb"root:.*:0:0|import streamlit|settings_or_exit|\[server\]|requires-python")
HOST = b"Host: localhost\r\n"
TRICKS = [
    "/assets/../app.py", "/assets/..%2fapp.py", "/assets/%2e%2e/app.py", "/assets/%252e%252e/app.py",
    "/assets/..\\app.py", "/assets/..%5capp.py", "/assets/....//app.py", "/assets//etc/passwd",
    "/assets/%2fetc/passwd", "//etc/passwd", "/assets/topojson/../../.streamlit/config.toml",
    "/assets/%00/../../app.py", "/assets/entente.css%00.py", "/assets/" + "a" * 5000,
    "/assets/" + "../" * 500 + "etc/passwd", "/static/../../../../../../etc/passwd",
    "/static/js/../../index.html", "/media/../../../etc/passwd", "/media/%2e%2e/%2e%2e/app.py",
    "/edition/../app.py", "/.streamlit/config.toml", "/.git/HEAD", "/pyproject.toml", "/app.py",
    "/assets/.", "/assets/..", "/assets/.hidden", "/file:///etc/passwd", "/assets/C:/windows/x",
    "/assets/\u2025/app.py", "/assets/%c0%ae%c0%ae/app.py", "/assets/%ff%fe", "/_stcore/metrics",
    "/_stcore/agent/interact", "/_stcore/script-health-check", "/component/../app.py",
]  # fmt: skip
REQUESTS = {
    "nothing": b"\r\n\r\n",
    "noise": bytes(range(256)) * 4,
    "no version": b"GET /\r\n\r\n",
    "odd version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "no host": b"GET /claims HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /claims HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n",
    "a tab in the target": b"GET /a\tb HTTP/1.1\r\n" + HOST + b"\r\n",
    "a nul in a header": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n",
    "a bare newline": b"GET / HTTP/1.1\nHost: localhost\nX: y\n\n",
    "endless header": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
    "endless target": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 20_000 + b"\r\n",
    "negative length": b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "length and chunks": b"POST / HTTP/1.1\r\n" + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bad chunk": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "unknown coding": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: evil\r\n\r\n",
    "a proxy's request": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "connect": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a body on get": b"GET /health HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
    "ranges": b"GET /assets/icon.svg HTTP/1.1\r\n" + HOST + b"Range: bytes=" + b"0-1," * 500 + b"0-1\r\n\r\n",
    "odd range": b"GET /assets/icon.svg HTTP/1.1\r\n" + HOST + b"Range: bytes=5-1,-,x\r\n\r\n",
    "odd conditions": b"GET /assets/icon.svg HTTP/1.1\r\n" + HOST
    + b"If-None-Match: \xff\r\nIf-Modified-Since: never\r\nIf-Range: \xff\r\nRange: bytes=0-\r\n\r\n",
    "odd codings": b"GET /claims HTTP/1.1\r\n" + HOST + b"Accept-Encoding: ;q=,\xff;q=9,br;q=1e999\r\n\r\n",
    "odd cookie": b"GET /claims HTTP/1.1\r\n" + HOST + b"Cookie: _streamlit_session=\xff=;;=\r\n\r\n",
    "odd query": b"GET /claims?%ff=%00&a=%0d%0aX:1&=&&&[]= HTTP/1.1\r\n" + HOST + b"\r\n",
    "a slash and a line break": b"GET /claims/?%0d%0aSet-Cookie:a=1 HTTP/1.1\r\n" + HOST + b"\r\n",
    "http 2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "tls": bytes.fromhex("16030100a5010000a10303") + b"\0" * 160,
}  # fmt: skip
KEY = base64.b64encode(b"0123456789abcdef").decode()
SHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: {version}\r\n{more}\r\n"
)
SHAKES: dict[str, dict[str, str]] = {
    "elsewhere": {"path": "/"},
    "a page of another site": {"more": "Origin: https://evil.example\r\n"},
    "no site at all": {"more": "Origin: null\r\n"},
    "old version": {"version": "8"},
    "bad key": {"key": "short"},
    "another path": {"path": "/assets/../_stcore/stream"},
}
FRAMES = {
    "unmasked": b"\x82\x05hello",
    "reserved bits": b"\xf2\x80\0\0\0\0",
    "reserved opcode": b"\x83\x80\0\0\0\0",
    "a long ping": b"\x89\xfe\x01\x00" + b"\0" * 260,
    "a fragmented ping": b"\x09\x80\0\0\0\0",
    "a continuation of nothing": b"\x80\x80\0\0\0\0",
    "bad text": b"\x81\x82\0\0\0\0\xff\xfe",
    "text": b"\x81\x85\0\0\0\0hello",
    "not a message of ours": b"\x82\x88\0\0\0\0" + b"\xff" * 8,
    "a huge one": b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0" + b"x" * 1000,
    "two megabytes": b"\x82\xff" + (2_000_000).to_bytes(8, "big") + b"\0\0\0\0" + b"x" * 2_000_000,
    "a bad goodbye": b"\x88\x81\0\0\0\0x",
    "noise": os.urandom(4096),
}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    folder = tmp_path_factory.mktemp("hostile")
    one = Replica(folder / "log", ENTENTE_HOSTS="localhost")
    yield one
    assert one.process.poll() is None, "the process is gone"
    assert one.is_healthy()
    one.end()
    said = (folder / "log").read_text()
    # h11 closes on a bad chunk while the answer is on its way: nobody is left to hear it.
    faults = set(re.findall(r"(?m)^([a-z][\w.]*(?:Error|Exception)\w*): ", said))
    assert faults <= {"h11._util.LocalProtocolError"}


def shake_hands(**changes: str) -> bytes:
    """What opens a WebSocket, but for some changes."""
    usual = {
        "path": "/_stcore/stream",
        "host": "localhost",
        "key": KEY,
        "version": "13",
        "more": "",
    }
    return SHAKE.format(**(usual | changes)).encode()


def say(port: int, data: bytes) -> bytes:
    """Send raw bytes and read until the other side hangs up or has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
        heard = b""
        with contextlib.suppress(OSError):
            wire.sendall(data)
        with contextlib.suppress(OSError):
            while piece := wire.recv(65536):
                heard += piece
                if len(heard) > 200_000:
                    break
    return heard


def codes(heard: bytes) -> list[int]:
    return [int(code) for code in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3})", heard)]


@pytest.mark.parametrize("path", TRICKS)
def test_no_trick_with_a_path_leads_out(target: Replica, path: str) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    heard = say(target.port, asked)
    assert codes(heard) and all(400 <= code < 500 for code in codes(heard))
    assert not SECRET.search(heard)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_garbled_request_is_no_fault_of_ours(target: Replica, name: str) -> None:
    heard = say(target.port, REQUESTS[name])
    assert all(code < 500 for code in codes(heard))
    assert not SECRET.search(heard)
    assert b"\r\nSet-Cookie:a=1" not in heard
    assert b"Traceback" not in heard


@pytest.mark.parametrize("name", SHAKES)
def test_a_wrong_handshake_is_refused(target: Replica, name: str) -> None:
    heard = say(target.port, shake_hands(**SHAKES[name]))
    assert codes(heard)[0] in range(400, 500)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil", "", "a b"]
)
def test_another_host_is_refused(target: Replica, host: str) -> None:
    assert codes(say(target.port, shake_hands(host=host)))[0] in range(400, 500)
    plain = f"GET /claims HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    assert codes(say(target.port, plain))[0] in range(400, 500)


@pytest.mark.parametrize("name", FRAMES)
def test_a_garbled_frame_ends_that_session_only(target: Replica, name: str) -> None:
    heard = say(target.port, shake_hands() + FRAMES[name])
    assert codes(heard)[0] in {101, *range(400, 500)}
    assert not re.search(rb"/entente/|Traceback|site-packages", heard)
    assert status(f"http://localhost:{target.port}/health") == 200


def test_a_file_that_is_there_is_found(target: Replica, tmp_path: Path) -> None:
    """The control: the same way of asking gets what may be had."""
    asked = b"GET /assets/icon.svg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    heard = say(target.port, asked)
    assert codes(heard) == [200]
    assert b"server:" not in heard.lower()
