"""The addresses of pages: of a view with every control, and of a mark on a page at a day."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode

from entente.address.codec import encode
from entente.address.pages import BY_CODE
from entente.address.views import View
from entente.dossier.store import Dossier

UNESCAPED = ".,-_"  # they stand in ids, codes and dates, and no browser escapes them
ROOT = "./"  # of the site, seen from any of its pages


def write_query(parameters: Mapping[str, object]) -> str:
    """Parameters as a query string, without the question mark; empty without any."""
    return urlencode(parameters, safe=UNESCAPED)


def encode_query(view: View, dossier: Dossier) -> str:
    """The query string of a view: every control, and the versions of format and dataset."""
    return write_query(encode(view, dossier))


def link_view(view: View, dossier: Dossier) -> str:
    """The address of a view, relative to any page."""
    return f"{BY_CODE[view.page_code].path or ROOT}?{encode_query(view, dossier)}"


def link_mark(
    page: str,
    mark_id: object,
    *,
    day: dt.date | None = None,
    lens: str = "",
    setting: str = "",
) -> str:
    """The address of a mark on a page, relative to any page.

    Args:
        page: Code of the page.
        mark_id: Id of what is picked; the page itself when it is no text.
        day: The as-of day; None for the newest source.
        lens: Code of the lens; empty for the page's own.
        setting: One more parameter with its value, such as `show=scoreboard`.
    """
    chosen = {"pick": mark_id} if isinstance(mark_id, str) else {}
    seen = {"lens": lens, "at": day.isoformat() if day else ""}
    later = write_query({name: value for name, value in seen.items() if value})
    parts = [part for part in (write_query(chosen), setting, later) if part]
    return f"{BY_CODE[page].path or ROOT}?{'&'.join(parts)}" if parts else page


def link_page(page: str, query: str, *, base_url: str) -> str:
    """The address of a page for those outside of the app.

    Args:
        page: Code of the page.
        query: Query string, without the question mark; may be empty.
        base_url: Address of the app; empty for an address without a host.
    """
    address = f"{base_url.rstrip('/')}/{BY_CODE[page].path}"
    return f"{address}?{query}" if query else address
