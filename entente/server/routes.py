"""Routes beside the pages: assets, and whether the service is healthy."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from entente import __version__
from entente.shelf import state
from entente.store import HOME


async def health(request: Request) -> Response:
    """Say that the process serves, which version it is, and how its dataset is."""
    return JSONResponse({"status": "ok", "version": __version__, "dataset": state()})


ROUTES: tuple[BaseRoute, ...] = (
    Route("/health", health, methods=["GET", "HEAD"]),
    Mount("/assets", StaticFiles(directory=HOME / "assets"), name="assets"),
)
