"""Addresses within Entente: of a view with every control, and of a mark on a page at a day."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode

from entente.address.views import View, code_of, encode
from entente.dossier.store import Dossier

UNESCAPED = ".,-_"  # they stand in ids, codes and dates, and no browser escapes them


def write_query(parameters: Mapping[str, object]) -> str:
    """Parameters as a query string, without the question mark."""
    return urlencode(parameters, safe=UNESCAPED)


def query_of_view(view: View, dossier: Dossier) -> str:
    """The query string of a view: every control, and the versions of format and dataset."""
    return write_query(encode(view, dossier))


def link_to_view(view: View, dossier: Dossier) -> str:
    """The address of a view with every control, relative to any page."""
    return f"{code_of(type(view))}?{query_of_view(view, dossier)}"


def address_of(page: str, mark_id: object, *, day: dt.date | None, setting: str = "") -> str:
    """The address of a mark on a page, relative to this one, at `day` unless that is None."""
    settings = [f"pick={mark_id}"] if isinstance(mark_id, str) else []
    settings += [setting] if setting else []
    settings += [f"at={day}"] if day else []
    return f"{page}?{'&'.join(settings)}" if settings else page
