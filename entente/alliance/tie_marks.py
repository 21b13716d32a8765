"""How a tie is drawn, on the map and in the matrix alike: symbol, weight, words, identity."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.dates.words import BEFORE_THE_RECORD, in_words
from entente.style.basemap import blend
from entente.style.palette import THEME_DASHES, Palette
from entente.style.theme import literal, wrapped

# Plotly's symbol names, and the same shapes as characters for text.
THEME_SYMBOLS = {
    "diplomacy": ("circle", "●"),
    "defence": ("pentagon", "⬟"),
    "finance": ("square", "■"),
    "energy": ("diamond", "◆"),
    "transport": ("cross", "✚"),
    "recognition": ("star", "★"),
    "rivalry": ("x", "✖"),
    "nuclear": ("hexagon2", "⬢"),
}
ROLE_ORDER = ("principal", "rival", "power", "neighbour", "transit", "organisation", "other")
# Width of a line by the step of its strength, from nothing that counts to the strongest.
STEP_WIDTHS = (0.8, 1.4, 2.3, 3.4, 4.8)
ASSERTED_WIDTH, ASSERTED_DASH, ASSERTED_SHARE = 1.2, "2px,3px", 0.7
ENDED_WIDTH, ENDED_DASH, ENDED_SYMBOL = 1.7, "5px,6px", "circle-x-open"
# What stands around the symbol of a tie that changed: shapes, so that no colour is needed.
CHANGE_RINGS = {"new": ("circle-open", 18), "stronger": ("triangle-up-open", 19)}
EVIDENCE_NOUNS = {
    "binding": "binding text",
    "deeds": "deed",
    "contacts": "contact",
    "words": "statement",
}


def hue(tie: Any, palette: Palette) -> str:
    """Colour of a tie: of its theme, paler when only the document asserts it, grey when ended."""
    if tie.change_code == "ended":
        return palette.muted
    colour = palette.themes[tie.theme_code]
    return blend(colour, palette.land, share=ASSERTED_SHARE) if tie.is_asserted_only else colour


def line(tie: Any, palette: Palette) -> dict[str, Any]:
    """Line of a tie: hue and dash by theme, width by the step of its strength."""
    if tie.change_code == "ended":
        return {"width": ENDED_WIDTH, "dash": ENDED_DASH, "color": hue(tie, palette)}
    if tie.is_asserted_only:
        return {"width": ASSERTED_WIDTH, "dash": ASSERTED_DASH, "color": hue(tie, palette)}
    dash = THEME_DASHES[tie.theme_code]
    return {"width": STEP_WIDTHS[tie.step], "dash": dash, "color": hue(tie, palette)}


def symbol(tie: Any) -> str:
    """Plotly symbol of a tie's theme; one crossed out for a tie that has ended."""
    return ENDED_SYMBOL if tie.change_code == "ended" else THEME_SYMBOLS[tie.theme_code][0]


def is_hollow(tie: Any) -> bool:
    """Whether a tie's symbol is drawn hollow: nothing of it is on record, or no longer."""
    return bool(tie.is_asserted_only) or tie.change_code == "ended"


def identity(tie: Any) -> list[str]:
    """What a mark carries: kind, id, and the claims and events behind it."""
    return ["tie", tie.tie_id, f"{tie.claim_ids} {tie.event_ids}".strip()]


def hover(tie: Any, *, names: Mapping[str, str], words: Mapping[str, str], since: str = "") -> str:
    """Hover text of a tie: ends, label, theme, time, evidence, strength and change.

    Args:
        tie: A row of the tie table with evidence.
        names: Actor id to name.
        words: Code to word, for themes and valences.
        since: The earlier day in words, when two days are compared.
    """
    joint = "→" if tie.direction_code == "one-way" else "–"
    ends = f"{literal(names[tie.from_actor_id])} {joint} {literal(names[tie.to_actor_id])}"
    theme = literal(words[tie.theme_code])
    valence = literal(words[tie.valence_code].lower())
    parts = [
        f"<b>{ends}</b>",
        wrapped(tie.label),
        f"{theme} · {valence}" if theme.lower() != valence else theme,
        literal(lifetime(tie.start_edtf, tie.end_edtf)),
        f"<i>{evidence(tie)}</i>",
        "" if tie.is_asserted_only else wrapped(strength_in_words(tie)),
        f"<b>{literal(change_in_words(tie, since))}</b>" if since else "",
    ]
    return "<br>".join(part for part in parts if part)


def lifetime(start: str, end: object) -> str:
    """Since when and until when, in words."""
    begun = in_words(start)
    begun = begun[0].upper() + begun[1:] if begun == BEFORE_THE_RECORD else f"Since {begun}"
    return f"{begun}, until {in_words(end)}" if isinstance(end, str) else begun


def evidence(tie: Any) -> str:
    """How much stands behind a tie, in words."""
    if tie.is_asserted_only:
        return f"Only the document says so ({counted(tie.claim_count, 'claim')})"
    return f"{counted(tie.event_count, 'event')} on record, {counted(tie.claim_count, 'claim')}"


def strength_in_words(tie: Any) -> str:
    """Strength of a tie and what it is made of."""
    parts = made_of(tie)
    return f"Strength {tie.strength}: {parts}" if parts else f"Strength {tie.strength}"


def made_of(tie: Any) -> str:
    """What stands behind a strength, in words: "2 deeds, 1 statement"."""
    parts = [(getattr(tie, kind), noun) for kind, noun in EVIDENCE_NOUNS.items()]
    return ", ".join(counted(number, noun) for number, noun in parts if number)


def change_in_words(tie: Any, since: str) -> str:
    """What has become of a tie since a day; empty when nothing has."""
    if tie.change_code == "stronger":
        return f"Stronger since {since}: {tie.strength_then} → {tie.strength}"
    said = {"new": f"New since {since}", "ended": f"Ended since {since}"}
    return said.get(tie.change_code, "")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "no claim", "1 claim", "2 claims"."""
    if number == 0:
        return f"no {noun}"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_role(actors: pd.DataFrame) -> pd.DataFrame:
    """Actors in order of role, then by name; roles that are not known come last."""
    rank = {code: place for place, code in enumerate(ROLE_ORDER)}
    places = actors["role_code"].map(rank).fillna(len(rank))
    return actors.assign(_place=places).sort_values(["_place", "label"]).drop(columns="_place")
