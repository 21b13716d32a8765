"""A tie as a mark, on the map and in the matrix: its symbol, hue and words, and the legend."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from entente.content import LegendEntry
from entente.dates import BEFORE_THE_RECORD, in_words
from entente.style.basemap import blend
from entente.style.palette import THEME_DASHES, Palette
from entente.style.theme import capitalise, count_noun, escape, identity, wrap_text

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
NOTHING = "No tie matches these settings. Select another date or other filters."
ASSERTED_WIDTH, ASSERTED_DASH, ASSERTED_SHARE = 1.2, "2px,3px", 0.7
ENDED_SYMBOL = "circle-x-open"
# What stands around the symbol of a tie that changed: shapes, so that no colour is needed.
CHANGE_RINGS = {"new": ("circle-open", 18), "stronger": ("triangle-up-open", 19)}
CHANGE_WORDS = {"new": "New since the earlier day", "stronger": "With more evidence since"}
EVIDENCE_NOUNS = {
    "binding": "binding text",
    "deeds": "deed",
    "contacts": "contact",
    "words": "statement",
}


def list_legend(
    ties: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    palette: Palette,
    author: str,
    is_ribbons: bool = False,
) -> tuple[LegendEntry, ...]:
    """Themes of ties, rings of changes, and how ties look that are only asserted.

    Of ribbons: what their width means, how rivals look, and the bead of what is only claimed.

    Args:
        ties: The ties that are drawn, with what has become of each; without any the legend is
            empty.
        labels: Theme code to word, in order.
        palette: The appearance to draw in.
        author: Short name of the document's author.
        is_ribbons: Whether each pair is drawn as one ribbon.
    """
    if ties.empty:
        return ()
    if is_ribbons and (ties["change_code"] == "same").all():
        return _list_ribbon_legend(ties, palette=palette, author=author)
    used, changes = set(ties["theme_code"]), set(ties["change_code"])
    themes = [
        LegendEntry(
            text=label,
            colour=palette.themes[code],
            dash=THEME_DASHES[code],
            symbol=THEME_SYMBOLS[code][0],
            fill=palette.themes[code],
        )
        for code, label in labels.items()
        if code in used
    ]
    rings = [
        LegendEntry(text=text, colour=palette.ink, symbol=CHANGE_RINGS[code][0], fill=palette.paper)
        for code, text in CHANGE_WORDS.items()
        if changes & set(CHANGE_WORDS)
    ]
    asserted = LegendEntry(
        text=f"Hollow, dotted: claimed only by {author}",
        colour=palette.muted,
        dash=ASSERTED_DASH,
        width=ASSERTED_WIDTH,
        symbol="circle",
        fill=palette.paper,
    )
    return (*themes, *rings, asserted)


def _list_ribbon_legend(
    ties: pd.DataFrame, *, palette: Palette, author: str
) -> tuple[LegendEntry, ...]:
    is_rivalry = ties["valence_code"] == "rivalry"
    ink = blend(palette.ink, palette.land, share=0.74)
    entries = []
    if not is_rivalry.all():
        text = "Partners; width: number of themes"
        entries.append(LegendEntry(text=text, colour=ink, dash="solid", width=8.0))
    if is_rivalry.any():
        entries.append(LegendEntry(text="Rivals", colour=palette.ink, dash="11px,6px", width=5.0))
    if ties["is_asserted_only"].any():
        first = ties[ties["is_asserted_only"]]["theme_code"].iloc[0]
        entries.append(
            LegendEntry(
                text=f"Claimed only by {author}",
                colour=palette.themes[first],
                symbol="circle",
                fill=palette.paper,
            )
        )
    return tuple(entries)


def pick_hue(tie: Any, palette: Palette) -> str:
    """Colour of a tie: of its theme, paler when only the document asserts it, grey when ended."""
    if tie.change_code == "ended":
        return palette.muted
    colour = palette.themes[tie.theme_code]
    return blend(colour, palette.land, share=ASSERTED_SHARE) if tie.is_asserted_only else colour


def pick_symbol(tie: Any) -> str:
    """Plotly symbol of a tie's theme; one crossed out for a tie that has ended."""
    return ENDED_SYMBOL if tie.change_code == "ended" else THEME_SYMBOLS[tie.theme_code][0]


def is_hollow(tie: Any) -> bool:
    """Whether a tie's symbol is drawn hollow: nothing of it is on record, or no longer."""
    return bool(tie.is_asserted_only) or tie.change_code == "ended"


def identify_tie(tie: Any) -> list[str]:
    """What a mark carries: kind, id, and the claims and events behind it."""
    return identity("tie", tie.tie_id, tie.claim_ids, tie.event_ids)


def write_hover(
    tie: Any,
    *,
    names: Mapping[str, str],
    words: Mapping[str, str],
    since: str = "",
    verdicts: str = "",
) -> str:
    """Hover text of a tie: verdicts, ends, label, theme, time, evidence, strength and change.

    Args:
        tie: A row of the tie table with evidence, strength and change.
        names: Actor id to name.
        words: Code to word, for themes and valences.
        since: The earlier day in words, when two days are compared.
        verdicts: What became of the claims behind it, in words; empty where there is none.
    """
    joint = "→" if tie.direction_code == "one-way" else "–"
    theme, valence = words[tie.theme_code], words[tie.valence_code].lower()
    claims, parts = count_things(tie.claim_count, "claim"), say_evidence(tie)
    if tie.is_asserted_only:
        evidence, strength = f"Claimed only by the document ({claims})", ""
    else:
        evidence = f"{count_things(tie.event_count, 'event')} on record, {claims}"
        strength = f"Strength {tie.strength}: {parts}" if parts else f"Strength {tie.strength}"
    changes = {
        "new": f"New since {since}",
        "ended": f"Ended since {since}",
        "stronger": f"Stronger since {since}: {tie.strength_then} → {tie.strength}",
    }
    change = changes.get(tie.change_code, "") if since else ""
    lines = [
        f"<b>{escape(verdicts)}</b>" if verdicts else "",
        f"<b>{escape(names[tie.from_actor_id])} {joint} {escape(names[tie.to_actor_id])}</b>",
        wrap_text(tie.label),
        escape(f"{theme} · {valence}" if theme.lower() != valence else theme),
        escape(say_lifetime(tie.start_edtf, tie.end_edtf)),
        f"<i>{evidence}</i>",
        wrap_text(strength),
        f"<b>{escape(change)}</b>" if change else "",
    ]
    return "<br>".join(line for line in lines if line)


def say_lifetime(start: str, end: object) -> str:
    """Since when and until when, in words."""
    said = in_words(start)
    begun = capitalise(said) if said == BEFORE_THE_RECORD else f"Since {said}"
    return f"{begun}, until {in_words(end)}" if isinstance(end, str) else begun


def say_evidence(tie: Any) -> str:
    """What stands behind a strength, in words: "2 deeds, 1 statement"."""
    parts = [(getattr(tie, kind), noun) for kind, noun in EVIDENCE_NOUNS.items()]
    return ", ".join(count_things(number, noun) for number, noun in parts if number)


def count_things(number: int, noun: str) -> str:
    """A number with its noun: "no claim", "1 claim", "2 claims"."""
    return count_noun(number, noun) if number else f"no {noun}"


def sort_by_role(actors: pd.DataFrame) -> pd.DataFrame:
    """Actors in order of role, then by name; roles that are not known come last."""
    rank = {code: place for place, code in enumerate(ROLE_ORDER)}
    places = actors["role_code"].map(rank).fillna(len(rank))
    return actors.assign(_place=places).sort_values(["_place", "label"]).drop(columns="_place")
