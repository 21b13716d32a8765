"""Which requests are let in, and the headers that keep harm out.

Streamlit answers more addresses than Entente needs: metrics, an interface for programs, uploads,
sign-in. What is not named here is closed whatever its configuration says.

What the policy for pages has to allow, and why:

- `style-src 'unsafe-inline'`: Streamlit styles its elements at run time (emotion) and offers no
  nonce; our style sheet comes in a message; Plotly writes style attributes.
- `img-src data: blob:`: icons in Streamlit's and Plotly's styles; a chart saved as a picture.
- `font-src data:`: a few of Plotly's symbols.
- `connect-src 'self'`: the WebSocket; browsers count it as of the same origin.
- `worker-src blob:`: Plotly starts one for large pictures.

There is no `unsafe-eval` and no inline script but one of ours, by its hash.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entente.address.pages import HOME_PAGE
from entente.element import SERVED
from entente.server.page import BY_PATH, answer, script_hash
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
        *SERVED,
    }
)
OPEN_BELOW = ("/static/", "/assets/", "/media/", "/edition/", "/first/")
INNER = (*OPEN_BELOW, "/_stcore", "/component", "/auth", "/oauth2callback")

# What every answer carries. Few, for a first visit asks for a hundred files.
FILE_HEADERS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
NOT_MODIFIED = 304
FILES_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=()" for name in DENIED), "fullscreen=(self)"])


class Access:
    """ASGI middleware: lets in what is meant to come in."""

    def __init__(self, app: ASGIApp, found: Settings) -> None:
        self.app = app
        self.found = found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in the place of the app."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin, host = headers.get("origin"), headers.get("host", "")
            if scope["path"] != STREAM or not is_own_origin(origin, host, self.found):
                await send({"type": "websocket.close", "code": 1008, "reason": ""})
                return
        refusal = refuse(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)


def refuse(request: Request) -> Response | None:
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
    return answer(request, HOME_PAGE, missing=True)


def _is_plain(path: str) -> bool:
    """Whether a path has nothing in it that a file system could take for a way out."""
    parts = path.split("/")[1:]
    is_relative = any(part.startswith(".") for part in parts) or "" in parts[:-1]
    return path.isprintable() and "\\" not in path and not is_relative


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


def page_headers(found: Settings) -> dict[str, str]:
    """What pages carry on top of what every answer carries."""
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {script_hash()}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": found.frame_ancestors,
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {own}" for name, own in policy.items()),
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if found.hsts:
        headers["Strict-Transport-Security"] = f"max-age={found.hsts}"
    if found.frame_ancestors == "'none'":
        headers["X-Frame-Options"] = "DENY"
    return headers


class SafeHeaders:
    """ASGI middleware: adds the headers, and weakens the tag of what was compressed on its way."""

    def __init__(self, app: ASGIApp, found: Settings) -> None:
        self.app = app
        self.pages = {**FILE_HEADERS, **page_headers(found)}
        # The pages of the static edition carry a stricter policy of their own.
        framing = {"Content-Security-Policy": f"frame-ancestors {found.frame_ancestors}"}
        self.edition = {**self.pages, **framing}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if message["status"] != NOT_MODIFIED:  # a browser keeps those of the first answer
                    headers.update(self._choose(scope["path"], headers.get("content-type", "")))
                _weaken_tag(headers, scope)
            await send(message)

        await self.app(scope, receive, complete)

    def _choose(self, path: str, kind: str) -> Mapping[str, str]:
        if path.startswith("/edition/"):
            return self.edition
        if path.startswith("/assets/cards/"):  # shown by pages of others
            return {**FILE_HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"}
        if path.startswith(("/assets/", "/media/")):
            return {**FILE_HEADERS, "Content-Security-Policy": FILES_POLICY}
        return self.pages if kind.startswith("text/html") else FILE_HEADERS


def _weaken_tag(headers: MutableHeaders, scope: Scope) -> None:
    """A strong tag names the very bytes; ours are other bytes once they are compressed."""
    tag = headers.get("etag", "")
    if tag.startswith('"') and "content-encoding" in headers and not scope.get("entente.packed"):
        headers["etag"] = f"W/{tag}"
