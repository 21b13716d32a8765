"""Addresses read and written: a view from a query string, and every control of a view into one.

`decode` never fails: what it cannot use becomes a notice. Values are ids and codes. Several values
are joined by a full stop, which no id contains and no browser escapes; `all` and `none` stand for
themselves.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.address.migrations import FORMAT, migrated
from entente.address.options import earliest, horizon
from entente.address.views import Control, V, View, controls_of
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.vocabulary import HEAVIEST

ALL, NONE, SEPARATOR = "all", "none", "."
SEARCH_LIMIT = 60


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something in an address that could not be used, said in a sentence."""

    parameter: str
    text: str
    href: str = ""  # where more is said, and the words of the link
    link: str = ""


def encode(view: View, dossier: Dossier) -> dict[str, str]:
    """Every control of `view` by parameter, with the versions of this format and of the dataset."""
    written = {
        control.parameter: write_value(getattr(view, name), control, dossier)
        for name, control in controls_of(type(view)).items()
    }
    return {**written, "d": dossier.version, "v": FORMAT}


def decode(
    kind: type[V], parameters: Mapping[str, Sequence[str]], dossier: Dossier
) -> tuple[V, tuple[Notice, ...]]:
    """The view that `parameters` mean, and a notice for each part of them that means nothing.

    Args:
        kind: The page's view class.
        parameters: Parameter name to all values that the address gives for it.
        dossier: Says which ids and codes exist.
    """
    parameters = migrated(kind.page_code, parameters)
    notices = _notices_on_versions(parameters, dossier)
    known = {control.parameter for control in controls_of(kind).values()} | {"v", "d"}
    for name in sorted(set(parameters) - known):
        notices.append(_notice(name, f"“{quoted(name)}” is no setting of this page; left out."))
    values = {}
    for name, control in controls_of(kind).items():
        given = parameters.get(control.parameter, ())
        if len(given) > 1:
            notices.append(
                _notice(
                    control.parameter, f"“{control.parameter}” stands twice; the first one counts."
                )
            )
        values[name], found = _read(given[0] if given else None, control, dossier)
        notices.extend(found)
    return kind(**values), tuple(notices)


def quoted(text: str, limit: int = 40) -> str:
    """Text from outside, short and on one line, for a notice."""
    plain = re.sub(r"[^\w .,:;/=+~-]", "·", " ".join(text.split()))
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


def _notices_on_versions(parameters: Mapping[str, Sequence[str]], dossier: Dossier) -> list[Notice]:
    notices = []
    for name, current, text in (
        (
            "v",
            FORMAT,
            "This address has format {given}; this page writes {current}. "
            "What could be read was read.",
        ),
        (
            "d",
            dossier.version,
            "This address was made with dataset {given}; you are looking at {current}.",
        ),
    ):
        given = (parameters.get(name) or (current,))[0]
        if given != current:
            shown = text.format(given=quoted(given), current=current)
            notices.append(_notice(name, shown))
    return notices


def _notice(parameter: str, text: str) -> Notice:
    return Notice(parameter=quoted(parameter), text=text)


def write_value(value: Any, control: Control, dossier: Dossier) -> str:
    """A value as it stands in an address."""
    if control.kind == "many":
        if tuple(value) == control.options(dossier):
            return ALL
        return SEPARATOR.join(sorted(value)) or NONE
    if isinstance(value, dt.date):
        return value.isoformat()
    if control.kind == "weights":
        return SEPARATOR.join(str(weight) for weight in value)
    return NONE if value is None else str(value)


def _read(text: str | None, control: Control, dossier: Dossier) -> tuple[Any, list[Notice]]:
    """The value that `text` means for a control; its default, with a notice, when it means none."""
    default = control.default(dossier)
    if text is None:
        return default, []
    reader = _READERS.get(control.kind, _read_one)
    return reader(text, control, dossier, default)


def _read_one(
    text: str, control: Control, dossier: Dossier, default: Any
) -> tuple[Any, list[Notice]]:
    if control.kind == "maybe" and text == NONE:
        return None, []
    if text in control.options(dossier):
        return text, []
    gone = _retirement(control, text, dossier) if control.kind == "maybe" else None
    return default, [gone or _unknown(control, text)]


def _retirement(control: Control, text: str, dossier: Dossier) -> Notice | None:
    """When and why an id was retired; None for one that never was in use."""
    rows = dossier["retired"].to_dict("records")
    row = next((row for row in rows if row["retired_id"] == text), None)
    if row is None:
        return None
    said = f"“{quoted(text)}” was retired on {in_words(row['retired_edtf'])}: {row['reason']}"
    return _notice(control.parameter, said)


def _read_many(
    text: str, control: Control, dossier: Dossier, default: Any
) -> tuple[tuple[str, ...], list[Notice]]:
    options = control.options(dossier)
    if text in (ALL, NONE):
        return (options if text == ALL else ()), []
    asked = text.split(SEPARATOR)
    unknown = [value for value in dict.fromkeys(asked) if value not in options]
    chosen = tuple(value for value in options if value in asked)
    notices = [_unknown(control, SEPARATOR.join(unknown))] if unknown else []
    return (chosen or default), notices


def _read_day(
    text: str, control: Control, dossier: Dossier, default: dt.date | None
) -> tuple[dt.date | None, list[Notice]]:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return default, [_no_day(control, text, default)]
    first, last = earliest(dossier), horizon(dossier)
    if first <= day <= last:
        return day, []
    nearest = min(max(day, first), last)
    if day > last:
        why = f"{day} is later than the newest source, beyond which nothing is known"
    else:
        why = f"{day} is earlier than the first event on record"
    return nearest, [_notice(control.parameter, f"{why}; showing {day_in_words(nearest)} instead.")]


def _no_day(control: Control, text: str, default: dt.date | None) -> Notice:
    """That a text is no day, and which day is shown for it."""
    what = f"“{quoted(text)}” is no date" if text.strip() else "the date is missing"
    instead = f"showing {day_in_words(default)}, the newest source" if default else "left out"
    return _notice(control.parameter, f"In “{control.parameter}”, {what}; {instead}.")


def _read_maybe_day(
    text: str, control: Control, dossier: Dossier, default: None
) -> tuple[dt.date | None, list[Notice]]:
    return (None, []) if text == NONE else _read_day(text, control, dossier, default)


def _read_weights(
    text: str, control: Control, dossier: Dossier, default: tuple[int, ...]
) -> tuple[tuple[int, ...], list[Notice]]:
    parts = text.split(SEPARATOR)
    known = {str(weight): weight for weight in range(HEAVIEST + 1)}
    if len(parts) != len(default) or not all(part in known for part in parts):
        return default, [_unknown(control, text)]
    weights = tuple(known[part] for part in parts)
    return (weights, []) if any(weights) else (default, [_unknown(control, text)])


def _read_search(
    text: str, control: Control, dossier: Dossier, default: str
) -> tuple[str, list[Notice]]:
    plain = " ".join(re.sub(r"[^\w\s'’.,%$–-]", " ", text).split())[:SEARCH_LIMIT].strip()
    changed = plain != text
    notice = _notice(control.parameter, f"The search was shortened to “{plain}”.")
    return plain, [notice] if changed else []


def _unknown(control: Control, text: str) -> Notice:
    return _notice(
        control.parameter,
        f"“{quoted(text)}” is unknown for “{control.parameter}”; left out.",
    )


_READERS: dict[str, Callable[[str, Control, Dossier, Any], tuple[Any, list[Notice]]]] = {
    "many": _read_many,
    "day": _read_day,
    "maybe-day": _read_maybe_day,
    "search": _read_search,
    "weights": _read_weights,
}
