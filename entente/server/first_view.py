"""The first view of a page as JSON, which its head asks for before the app is there.

It holds a fragment of HTML with the headline and the places of figures, and the figures by digest.
The app then names a figure by its digest, and the browser puts the one that it has in its place.
"""

import json
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from entente.briefing.first_view import FirstView, find_first_view
from entente.dossier.store import read_state
from entente.element import library_address
from entente.element.ahead import Address, digest_figure, freeze_address, note_given
from entente.server.page import BY_PATH, TEMPLATES, send_once
from entente.style.palette import DARK, LIGHT

APPEARANCES = frozenset({LIGHT.name, DARK.name})
NOTHING = 204


def serve_first_view(request: Request) -> Response:
    """The first view, 304 when the browser has it, or 204 where the page begins otherwise.

    Runs in a thread of its own, because figures are made.
    """
    page, found = BY_PATH.get(request.path_params["path"]), read_state()
    address = {name: request.query_params.getlist(name) for name in request.query_params}
    appearance, *_ = address.pop("appearance", [LIGHT.name])
    if page is None or found.dossier is None or found.faults or appearance not in APPEARANCES:
        return Response(status_code=NOTHING)
    view = find_first_view(found.dossier, page.code, address, appearance=appearance)
    if view is None:
        return Response(status_code=NOTHING)
    text = json.dumps(write_first_view(view, freeze_address(address)), ensure_ascii=False)
    return send_once(request, text, media_type="application/json")


def write_first_view(view: FirstView, address: Address) -> dict[str, Any]:
    """A first view as values of JSON; its figures are noted as given for the address."""
    digests = {panel.key: digest_figure(panel.figure_text) for panel in view.panels}
    for digest in digests.values():
        note_given(digest, address)
    figures = {
        digests[panel.key]: {
            "text": panel.figure_text,
            "alt": panel.alt,
            "camera": view.camera if panel is view.first[0] else None,
            "bundle": library_address(),
        }
        for panel in view.panels
    }
    rules = "".join(panel.height.rules(f".e-first-{panel.key}") for panel in view.first)
    html = TEMPLATES.get_template("first_view.html").render(
        view=view,
        style=Markup(f":root{{{view.variables}}}{rules}"),  # noqa: S704 - of palette and heights
        digests=digests,
    )
    return {"page": view.page, "html": html, "figures": figures}


ROUTE = Route("/first/{path:path}", serve_first_view, methods=["GET", "HEAD"])
