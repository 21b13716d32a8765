"""Routes beside the pages: assets, the static edition, and whether the service is healthy."""

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from entente import __version__
from entente.dossier.live_dataset import state
from entente.dossier.store import HOME
from entente.server.packed import SHORT
from entente.server.page import PAGE_ROUTES
from entente.settings import Settings

ROBOTS = "User-agent: *\nDisallow: /_stcore/\nDisallow: /media/\n"


async def health(request: Request) -> Response:
    """Say that the process serves, which version it is, and how its dataset is."""
    facts = {"status": "ok", "version": __version__, "dataset": state()}
    return JSONResponse(facts, headers={"Cache-Control": "no-store"})


async def robots(request: Request) -> Response:
    """Crawlers may read pages, and have no business elsewhere."""
    return PlainTextResponse(ROBOTS)


async def icon(request: Request) -> Response:
    """For those who ask for one without having read the page."""
    return FileResponse(HOME / "assets" / "icon-32.png", headers={"Cache-Control": SHORT})


ROUTES: tuple[BaseRoute, ...] = (
    *PAGE_ROUTES,
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
