"""What is open and to whom, and the headers that go with it."""

import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from entente.address.pages import PAGES
from entente.app.messages import name_kind
from entente.server.page import script_hash
from entente.server.security import is_own_origin
from entente.server.stack import middleware
from entente.settings import Settings

SET = Settings(url="https://entente.example", hosts=("entente.example", "*.lan", "localhost"))


async def anything(request: Request) -> PlainTextResponse:
    kind = (
        "text/html"
        if request.url.path.strip("/") in {page.path for page in PAGES}
        else "text/plain"
    )
    if "if-none-match" in request.headers:
        return PlainTextResponse(status_code=304)
    return PlainTextResponse("inside " * 200, headers={"ETag": '"strong"'}, media_type=kind)


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


def client(found: Settings) -> TestClient:
    routes = [
        WebSocketRoute("/{path:path}", stream),
        Route(
            "/{path:path}", anything, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
        ),
    ]
    app = Starlette(routes=routes, middleware=middleware(found, name_kind))
    return TestClient(app, base_url="http://localhost")


OPEN = ["/", *(f"/{page.path}" for page in PAGES if page.path), "/health", "/_stcore/health",
        "/_stcore/host-config", "/media/abc.csv", "/assets/x.json", "/robots.txt"]  # fmt: skip
SHUT = ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp",
        "/_stcore/script-health-check", "/_stcore/upload_file/a/b", "/_stcore/bidi-components/x",
        "/_stcore/", "/_stcore", "/component/x/index.html", "/auth/login", "/oauth2callback",
        "/assets/.hidden", "/assets//etc/passwd", "/assets/a\\b", "/.git/config",
        "/assets/%2e%2e/app.py", "/assets/%2e%2e%2fapp.py", "/static/..%5capp.py",
        "/assets/x%00.json", "/assets/a%0d%0aX:1"]  # fmt: skip


@pytest.mark.parametrize("address", OPEN)
def test_what_a_reader_needs_is_open(address: str) -> None:
    answer = client(Settings()).get(address)
    assert answer.status_code == 200
    assert answer.text.startswith("inside")


@pytest.mark.parametrize("address", SHUT)
def test_everything_else_is_shut(address: str) -> None:
    answer = client(Settings()).get(address)
    assert answer.status_code == 404
    assert answer.text == "Not Found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_nobody_may_do_more_than_read(method: str) -> None:
    for address in ("/", "/_stcore/upload_file/a/b", "/assets/x.json", "/health"):
        assert client(Settings()).request(method, address).status_code == 405


def test_other_hosts_are_turned_away_where_hosts_are_set() -> None:
    reader = client(SET)
    for host in ("entente.example", "entente.example:443", "board.lan", "localhost:1"):
        assert reader.get("/health", headers={"Host": host}).status_code == 200
    for host in (
        "elsewhere.example",
        "entente.example.elsewhere.example",
        "lan",
        "",
        "a b",
        "127.0.0.1.evil",
    ):
        assert reader.get("/health", headers={"Host": host}).status_code == 400
    assert client(Settings()).get("/health", headers={"Host": "board"}).status_code == 200


OWN = ["http://localhost", "https://entente.example", "https://board.lan", None]
FOREIGN = [
    "http://elsewhere.example",
    "http://localhost.elsewhere.example",
    "http://localhost:8080",
    "https://entente.example.evil",
    "chrome-extension://x",
    "file://",
    "http://[::1",
    "null",
    "",
]


STREAM = "ws://localhost/_stcore/stream"


@pytest.mark.parametrize("origin", OWN)
def test_our_own_pages_may_open_the_stream(origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    with client(SET).websocket_connect(STREAM, headers=headers):
        pass


@pytest.mark.parametrize("origin", FOREIGN)
def test_pages_of_others_may_not(origin: str) -> None:
    with pytest.raises(WebSocketDisconnect) as refused:
        client(SET).websocket_connect(STREAM, headers={"Origin": origin}).__enter__()
    assert refused.value.code == 1008


def test_a_port_of_its_own_makes_another_site() -> None:
    assert is_own_origin("http://localhost:8501", "localhost:8501", Settings())
    assert not is_own_origin("http://localhost:8080", "localhost:8501", Settings())


@pytest.mark.parametrize("address", ["/", "/stream", "/_stcore/stream/", "/claims/_stcore/stream"])
def test_there_is_one_stream(address: str) -> None:
    with pytest.raises(WebSocketDisconnect) as refused:
        client(SET).websocket_connect(f"ws://localhost{address}").__enter__()
    assert refused.value.code == 1008


def test_pages_carry_every_header_that_means_something_for_them() -> None:
    headers = client(Settings(url="https://e.example", hsts=60)).get("/claims").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert f"script-src 'self' {script_hash()};" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.sub(r"style-src [^;]*", "", policy)
    assert policy.endswith("frame-ancestors 'none'")
    assert headers["strict-transport-security"] == "max-age=60"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_what_a_browser_has_is_not_told_its_headers_again() -> None:
    answer = client(Settings()).get("/claims", headers={"If-None-Match": '"strong"'})
    assert answer.status_code == 304
    assert not {"x-content-type-options", "content-security-policy"} & set(answer.headers)


def test_framing_is_a_setting() -> None:
    framed = client(Settings(frame_ancestors="'self' https://paper.example")).get("/").headers
    assert framed["content-security-policy"].endswith(
        "frame-ancestors 'self' https://paper.example"
    )
    assert "x-frame-options" not in framed
    assert "strict-transport-security" not in framed


def test_files_may_do_nothing_of_their_own() -> None:
    for address in ("/assets/icon.svg", "/media/abc.html"):
        policy = client(Settings()).get(address).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert policy.endswith("sandbox")


def test_the_pictures_of_previews_may_be_shown_by_others() -> None:
    reader = client(Settings())
    name = "cross-origin-resource-policy"
    assert reader.get("/assets/cards/data.png").headers[name] == "cross-origin"
    assert reader.get("/assets/icon.svg").headers[name] == "same-origin"


def test_the_static_edition_keeps_its_own_policy() -> None:
    policy = client(Settings()).get("/edition/index.html").headers["content-security-policy"]
    assert policy == "frame-ancestors 'none'"


def test_what_is_compressed_on_its_way_has_a_weak_tag() -> None:
    reader = client(Settings())
    for coding in ("gzip", "br", "zstd"):
        with reader.stream("GET", "/claims", headers={"Accept-Encoding": coding}) as answer:
            assert answer.headers["content-encoding"] == coding
            assert answer.headers["etag"] == 'W/"strong"'
            assert "Accept-Encoding" in answer.headers["vary"]
    assert reader.get("/claims", headers={"Accept-Encoding": ""}).headers["etag"] == '"strong"'
