"""Headers that keep harm out, on every answer that they mean something for.

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

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entente.server.page import script_hash
from entente.settings import Settings

FILES_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=()" for name in DENIED), "fullscreen=(self)"])


def page_policy(frame_ancestors: str) -> str:
    """The content security policy of pages."""
    directives = {
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
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def file_headers() -> dict[str, str]:
    """What every answer carries. Few, for a first visit asks for a hundred files."""
    return {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}


def page_headers(found: Settings) -> dict[str, str]:
    """What pages carry on top."""
    headers = {
        "Content-Security-Policy": page_policy(found.frame_ancestors),
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
        self.files = file_headers()
        self.pages = {**self.files, **page_headers(found)}
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
                headers.update(self._headers(scope["path"], headers.get("content-type", "")))
                _weaken_tag(headers, scope)
            await send(message)

        await self.app(scope, receive, complete)

    def _headers(self, path: str, kind: str) -> Mapping[str, str]:
        if path.startswith("/edition/"):
            return self.edition
        if path.startswith("/assets/cards/"):  # shown by pages of others
            return {**self.files, "Cross-Origin-Resource-Policy": "cross-origin"}
        if path.startswith(("/assets/", "/media/")):
            return {**self.files, "Content-Security-Policy": FILES_POLICY}
        return self.pages if kind.startswith("text/html") else self.files


def _weaken_tag(headers: MutableHeaders, scope: Scope) -> None:
    """A strong tag names the very bytes; ours are other bytes once they are compressed."""
    tag = headers.get("etag", "")
    if tag.startswith('"') and "content-encoding" in headers and not scope.get("entente.packed"):
        headers["etag"] = f"W/{tag}"
