"""Addresses read and written: a view from a query string, and every control of a view into one.

`decode` never fails: what it cannot use becomes a notice. Values are ids and codes. Several values
are joined by a full stop, which no id contains and no browser escapes; `all` and `none` stand for
themselves. Addresses of older formats are brought to the current one before they are read.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.address.views import Control, V, View, list_controls
from entente.check.faults import clip
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.vocabulary import HEAVIEST

FORMAT = "5"
ALL, NONE, SEPARATOR = "all", "none", "."
SEARCH_LIMIT = 60
# A camera, the part that a reader has moved to. Of a map: by how much it is enlarged, and longitude
# and latitude of its middle, `2.5_48.1_40.2`. Of a time axis: its days, `2024-11-01_2025-03-31`.
LARGEST = 16.0
NUMBER = r"-?\d{1,3}(?:\.\d{1,2})?"
MAP_CAMERA = re.compile(rf"({NUMBER})_({NUMBER})_({NUMBER})")
SHORTEST, AROUND = dt.timedelta(days=7), dt.timedelta(days=10 * 365)

BLOCKED = {
    "built": "none",
    "how": "blocks",
    "hours": "48",
    "charge": "200",
    "ration": "50",
    "teu": "2000",
    "months": "1",
}
# The map drew every tie as an arc of its own, on the widest frame.
ALL_ARCS = {"frame": "all", "side": "both", "draw": "arcs"}
# What pages showed in a format that did not have these controls yet, so that an old address keeps
# its meaning when a default changes.
SHOWN_IN: dict[str, dict[str, dict[str, str]]] = {
    "1": {
        "briefing": {"lens": "both", "count": "claims"},
        "alliance_map": {"since": "none", "borders": "un", "w": "8.8.4.2", **ALL_ARCS},
        "timeline": {"zoom": "all", "show": "lanes"},
        "trade_routes": {"lens": "both", **BLOCKED},
        "claims": {
            "lens": "both",
            "show": "ledger",
            "count": "claims",
            "tier": "all",
            "of": "all",
        },
        "data": {"lens": "both", "rows": "none"},
    },
    "2": {
        "briefing": {"count": "claims"},
        "alliance_map": ALL_ARCS,
        "trade_routes": BLOCKED,
        "claims": {"count": "claims"},
    },
    "3": {"alliance_map": ALL_ARCS, "trade_routes": BLOCKED},
    "4": {"alliance_map": ALL_ARCS},
}

# Settings that pages once had and no longer have, by page; what an old address says of them is left
# out without a word. The speaker's notes once stood on the projector.
DROPPED = {"": frozenset({"notes"})}

Parameters = Mapping[str, Sequence[str]]
# Values that have moved to other parameters, in whatever format: page and parameter with the value
# to what stands in its place.
MOVED: dict[tuple[str, str, str], dict[str, str]] = {
    ("trade_routes", "show", "ways"): {"show": "corridors", "built": "found"},
}
# What a text means for a control, and what of it could not be used, in a sentence or not at all.
Reading = tuple[Any, str]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something in an address that could not be used, said in a sentence."""

    parameter: str  # as it stands in the address, not to be shown
    text: str
    href: str = ""  # where more is said, and the words of the link
    link: str = ""


def encode(view: View, dossier: Dossier) -> dict[str, str]:
    """Every control of `view` by parameter, with the versions of this format and of the dataset."""
    written = {
        control.parameter: write_value(getattr(view, name), control, dossier)
        for name, control in list_controls(type(view)).items()
        if getattr(view, name) is not None or not control.kind.endswith("-camera")
    }
    return {**written, "d": dossier.version, "v": FORMAT}


def decode(kind: type[V], parameters: Parameters, dossier: Dossier) -> tuple[V, tuple[Notice, ...]]:
    """The view that `parameters` mean, and a notice for each part of them that means nothing.

    Args:
        kind: The page's view class.
        parameters: Parameter name to all values that the address gives for it.
        dossier: Says which ids and codes exist.
    """
    parameters = upgrade(kind.page_code, parameters)
    controls = list_controls(kind)
    said = _compare_versions(parameters, dossier)
    dropped = {"v", "d"} | DROPPED.get(kind.page_code, frozenset())
    for name in sorted(set(parameters) - {control.parameter for control in controls.values()}):
        if name not in dropped:
            said.append((name, f"“{quote(name)}” isn’t a setting of this page and was ignored."))
    values = {}
    for field, control in controls.items():
        name, given = control.parameter, parameters.get(control.parameter, ())
        if len(given) > 1:
            said.append((name, f"“{name}” is given twice; the first one was used."))
        if not given:
            values[field] = control.default(dossier)
            continue
        values[field], fault = _READERS[control.kind](given[0], control, dossier)
        if fault:
            said.append((name, fault))
    return kind(**values), tuple(Notice(parameter=name, text=text) for name, text in said)


def upgrade(page: str, parameters: Parameters) -> Parameters:
    """The parameters of an address in the current format.

    Args:
        page: Code of the page that the address belongs to.
        parameters: Parameter name to all values that the address gives for it. Without a format
            (`v`) they are taken for current; those of an unknown format are left as they are,
            but for values that have moved.
    """
    for (own, name, value), instead in MOVED.items():
        if own == page and tuple(parameters.get(name, ())[:1]) == (value,):
            parameters = {**parameters, **{key: (new,) for key, new in instead.items()}}
    version = (parameters.get("v") or (FORMAT,))[0]
    if version not in SHOWN_IN:
        return parameters
    shown = {name: (value,) for name, value in SHOWN_IN[version].get(page, {}).items()}
    return {**shown, **parameters, "v": (FORMAT,)}


def quote(text: str) -> str:
    """Text from outside, short and on one line, for a notice."""
    plain = re.sub(r"[^\w .,:;/=+~-]", "·", " ".join(text.split()))
    return clip(plain, most=40)


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


def _compare_versions(parameters: Parameters, dossier: Dossier) -> list[tuple[str, str]]:
    """What to say of an address in another format, or made with another dataset."""
    said = []
    given_format = (parameters.get("v") or (FORMAT,))[0]
    if given_format != FORMAT:
        text = f"This address has format {quote(given_format)}; this page writes {FORMAT}. "
        said.append(("v", f"{text}What could be read was kept."))
    given_version = (parameters.get("d") or (dossier.version,))[0]
    if given_version != dossier.version:
        text = f"This address was made with dataset {quote(given_version)}"
        said.append(("d", f"{text}; you are looking at {dossier.version}."))
    return said


def _read_one(text: str, control: Control, dossier: Dossier) -> Reading:
    if text in control.options(dossier):
        return text, ""
    return control.default(dossier), _call_unknown(text, control)


def _read_maybe(text: str, control: Control, dossier: Dossier) -> Reading:
    if text == NONE:
        return None, ""
    value, fault = _read_one(text, control, dossier)
    retired = dossier["retired"]
    for row in retired[retired["retired_id"] == text].head(1).itertuples() if fault else ():
        fault = f"“{quote(text)}” was retired on {in_words(row.retired_edtf)}: {row.reason}"
    return value, fault


def _read_many(text: str, control: Control, dossier: Dossier) -> Reading:
    options = control.options(dossier)
    if text == ALL or (text == NONE and control.means_all(dossier)):
        return options, ""
    if text == NONE:
        return (), ""
    asked = dict.fromkeys(text.split(SEPARATOR))
    chosen = tuple(value for value in options if value in asked)
    unknown = SEPARATOR.join(value for value in asked if value not in options)
    fault = _call_unknown(unknown, control) if len(chosen) < len(asked) else ""
    return chosen or control.default(dossier), fault


def _read_day(text: str, control: Control, dossier: Dossier) -> Reading:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        default = control.default(dossier)
        what = f"“{quote(text)}” is not a date" if text.strip() else "the date is missing"
        instead = f"showing {day_in_words(default)}, the newest source" if default else "left out"
        return default, f"In “{control.parameter}”, {what}; {instead}."
    nearest = min(max(day, dossier.earliest), dossier.horizon)
    if day == nearest:
        return day, ""
    if day > nearest:
        why = f"{day} is later than the newest source"
    else:
        why = f"{day} is earlier than the first event on record"
    return nearest, f"{why}; showing {day_in_words(nearest)} instead."


def _read_maybe_day(text: str, control: Control, dossier: Dossier) -> Reading:
    return (None, "") if text == NONE else _read_day(text, control, dossier)


def read_map_camera(text: str) -> str | None:
    """The camera as it is written; None when it is nonsense or not on the earth.

    >>> read_map_camera("2.50_48.1_40.2")
    '2.5_48.1_40.2'
    """
    found = MAP_CAMERA.fullmatch(text)
    if not found:
        return None
    scale, lon, lat = (float(part) for part in found.groups())
    if not (1 <= scale <= LARGEST and -180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return "_".join(f"{part:g}" for part in (scale, lon, lat))


def read_time_camera(text: str, *, earliest: dt.date, latest: dt.date) -> str | None:
    """The camera as it is written; None when it is nonsense, too short, or far from the record.

    Args:
        text: What an address has.
        earliest: The first day on record.
        latest: The last one.
    """
    try:
        first, last = (dt.date.fromisoformat(part) for part in text.split("_"))
        is_sound = last - first >= SHORTEST and first < latest and last > earliest
        is_near = earliest - first <= AROUND and last - latest <= AROUND
    except (ValueError, OverflowError):
        return None
    return f"{first}_{last}" if is_sound and is_near else None


def _read_map_camera(text: str, control: Control, dossier: Dossier) -> Reading:
    found = None if text == NONE else read_map_camera(text)
    fault = f"“{quote(text)}” shows no part of the map; the named view is shown."
    return found, "" if found or text == NONE else fault


def _read_time_camera(text: str, control: Control, dossier: Dossier) -> Reading:
    days = {"earliest": dossier.earliest, "latest": dossier.horizon}
    found = None if text == NONE else read_time_camera(text, **days)
    fault = f"“{quote(text)}” shows no part of the timeline; the named span is shown."
    return found, "" if found or text == NONE else fault


def _read_weights(text: str, control: Control, dossier: Dossier) -> Reading:
    parts = text.split(SEPARATOR)
    known = {str(weight): weight for weight in range(HEAVIEST + 1)}
    weights = tuple(known[part] for part in parts if part in known)
    if len(weights) == len(parts) == len(control.options(dossier)) and any(weights):
        return weights, ""
    return control.default(dossier), _call_unknown(text, control)


def _read_search(text: str, control: Control, dossier: Dossier) -> Reading:
    plain = " ".join(re.sub(r"[^\w\s'’.,%$–-]", " ", text).split())[:SEARCH_LIMIT].strip()
    return plain, "" if plain == text else f"The search was shortened to “{plain}”."


def _call_unknown(text: str, control: Control) -> str:
    return f"“{quote(text)}” is unknown for “{control.parameter}”; it was ignored."


_READERS: dict[str, Callable[[str, Control, Dossier], Reading]] = {
    "one": _read_one,
    "maybe": _read_maybe,
    "many": _read_many,
    "day": _read_day,
    "maybe-day": _read_maybe_day,
    "search": _read_search,
    "weights": _read_weights,
    "maybe-map-camera": _read_map_camera,
    "maybe-time-camera": _read_time_camera,
}
