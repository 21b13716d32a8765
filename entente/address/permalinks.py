"""Addresses of pages and of marks on them."""

import datetime as dt


def address_of(page: str, mark_id: object, *, day: dt.date | None, setting: str = "") -> str:
    """The address of a mark on a page, relative to this one, at `day` unless that is None."""
    settings = [f"pick={mark_id}"] if isinstance(mark_id, str) else []
    settings += [setting] if setting else []
    settings += [f"at={day}"] if day else []
    return f"{page}?{'&'.join(settings)}" if settings else page
