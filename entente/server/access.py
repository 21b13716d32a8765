"""Which addresses are open, and to whom. What is not named here is closed.

Streamlit has more doors than Entente needs: metrics, an interface for programs, uploads, sign-in.
They stay shut whatever its configuration says.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from entente.server.heads import BY_PATH, HEADS
from entente.server.page import answer
from entente.settings import LOOPBACK, Settings

STREAM = "/_stcore/stream"
OPEN = frozenset(
    {
        "/health",
        "/robots.txt",
        "/favicon.ico",
        "/favicon.png",
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
OPEN_BELOW = ("/static/", "/assets/", "/media/", "/edition/")
INNER = (*OPEN_BELOW, "/_stcore", "/component", "/auth", "/oauth2callback")


class Doors:
    """ASGI middleware: lets in what is meant to come in."""

    def __init__(self, app: ASGIApp, found: Settings) -> None:
        self.app = app
        self.found = found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in the place of the app."""
        if scope["type"] == "websocket" and not self._may_stream(scope):
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        refusal = refused(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _may_stream(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        return scope["path"] == STREAM and is_own_origin(
            headers.get("origin"), headers.get("host", ""), self.found
        )


def refused(request: Request) -> Response | None:
    """The answer to a request that the app is not to see; None lets it in."""
    path = request.scope["path"]
    if request.method not in {"GET", "HEAD"}:
        return PlainTextResponse("Method Not Allowed", 405, headers={"Allow": "GET, HEAD"})
    if path in OPEN or path[1:] in BY_PATH:
        return None
    if path.startswith(OPEN_BELOW) and _is_plain(path):
        return None
    if path.startswith("/") and not path.startswith("//") and path.rstrip("/")[1:] in BY_PATH:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(path.rstrip("/") + query, 308)
    if path.startswith(INNER) or not _is_plain(path):
        return PlainTextResponse("Not Found", 404)
    return answer(request, HEADS[0], missing=True)


def _is_plain(path: str) -> bool:
    """Whether a path has nothing in it that a file system could take for a way out."""
    parts = path.split("/")[1:]
    return (
        path.isprintable()
        and "\\" not in path
        and not any(part in {".", ".."} or part.startswith(".") for part in parts)
        and "" not in parts[:-1]
    )


def is_own_origin(origin: str | None, host: str, found: Settings) -> bool:
    """Whether a WebSocket may be opened from there.

    Programs send no origin and may; a browser names the site whose script asks.
    """
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        name = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not name:
        return False
    return parts.netloc == host or origin == found.url or _is_among(name, found.hosts)


def _is_among(name: str, hosts: tuple[str, ...]) -> bool:
    if name in LOOPBACK:  # some other program on the reader’s own machine
        return False
    return any(name.endswith(host[1:]) if host.startswith("*.") else name == host for host in hosts)
