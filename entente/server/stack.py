"""The application around the pages: start, routes beside them, and what every request passes.

Middleware runs from the outside in. Once, when the process starts, the dataset is read and its
faults are printed. What goes over a reader's WebSocket is compressed with the whole window of zlib.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from entente import __version__
from entente.dossier.store import last_state, read_state
from entente.server import first_view
from entente.server.batching import Batches, NameKind
from entente.server.packed import SHORT, PackedFiles, ServedFile, compress_files, find_packed
from entente.server.page import PAGE_ROUTES
from entente.server.security import Access, SafeHeaders
from entente.settings import HOME, Settings, WrongSetting, settings

LOG = logging.getLogger("entente")
FILES: dict[str, ServedFile] = {}
MISCONFIGURED = 2


def settings_or_exit() -> Settings:
    """The settings of this process; ends it with one line when one cannot be used."""
    try:
        return settings()
    except WrongSetting as wrong:
        print(f"entente: {wrong}", file=sys.stderr)
        sys.exit(MISCONFIGURED)


def middleware(found: Settings, name_kind: NameKind) -> tuple[Middleware, ...]:
    """The stack. Answers that are made for a reader are compressed quickly, files never here.

    Args:
        found: Which hosts and frames are let in.
        name_kind: Which of Streamlit's messages some bytes are, for `Batches`.
    """
    hosts = list(found.hosts) or ["*"]
    return (
        Middleware(SafeHeaders, found=found),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(Access, found=found),
        Middleware(Batches, name_kind=name_kind),
        Middleware(PackedFiles, files=FILES),
        Middleware(CompressMiddleware, remove_accept_encoding=True),
    )


def prepare_files(found: Settings) -> None:
    """Take the packed tree, or compress in memory what it lacks."""
    FILES.update(find_packed(found.static))
    held = compress_files(without=FILES)
    if held:
        LOG.info("%s files compressed in memory; `entente pack` does it better", len(held))
        FILES.update(held)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Read the dossier, and draw the home page, while the first reader's browser fetches scripts.

    A broken dataset does not stop the process: its pages then show the fault report.
    """
    # Streamlit turns it on. What a reader looks at stands in the address, and is nobody’s business.
    logging.getLogger("uvicorn.access").disabled = True
    work = asyncio.gather(asyncio.to_thread(prepare_files, settings()), asyncio.to_thread(_read))
    yield
    await work


def _read() -> None:
    found = read_state()
    for fault in found.faults:
        LOG.error("%s", fault)
    if found.dossier:
        LOG.info("dataset %s, %s", found.dossier.version, found.dossier.digest[:12])
        # Imported here, since the process answers before all that draws has been loaded.
        from entente.address.views import BriefingView, default_view
        from entente.briefing.home import panels
        from entente.style.palette import LIGHT

        panels(found.dossier, default_view(BriefingView, found.dossier), LIGHT.name)


ROBOTS = "User-agent: *\nDisallow: /_stcore/\nDisallow: /media/\n"


async def health(request: Request) -> Response:
    """Say that the process serves, which version it is, and how its dataset is."""
    facts = {"status": "ok", "version": __version__, "dataset": last_state().condition}
    return JSONResponse(facts, headers={"Cache-Control": "no-store"})


async def robots(request: Request) -> Response:
    """Crawlers may read pages, and have no business elsewhere."""
    return PlainTextResponse(ROBOTS)


async def icon(request: Request) -> Response:
    """For those who ask for one without having read the page."""
    return FileResponse(HOME / "assets" / "icon-32.png", headers={"Cache-Control": SHORT})


ROUTES: tuple[BaseRoute, ...] = (
    *PAGE_ROUTES,
    first_view.ROUTE,
    Route("/health", health, methods=["GET", "HEAD"]),
    *(Route(f"/favicon.{kind}", icon, methods=["GET", "HEAD"]) for kind in ("ico", "png")),
    Route("/robots.txt", robots, methods=["GET", "HEAD"]),
    Mount("/assets", StaticFiles(directory=HOME / "assets"), name="assets"),
)


def routes(found: Settings) -> tuple[BaseRoute, ...]:
    """All routes; with those of the static edition where there is one."""
    if found.edition is None:
        return ROUTES
    edition = StaticFiles(directory=found.edition, html=True)
    return (*ROUTES, Mount("/edition", edition, name="edition"))


WINDOW_BITS, MEMORY_LEVEL = 15, 8


class CompressedSocket(WebSocketsSansIOProtocol):
    """Uvicorn's protocol with a wider window."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        if config.ws_per_message_deflate:
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(
                    server_max_window_bits=WINDOW_BITS,
                    compress_settings={"memLevel": MEMORY_LEVEL},
                )
            ]
