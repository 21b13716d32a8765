"""A tie as a mark: its symbol, hue and words, on the map and in the matrix; its line on the map."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.alliance.geometry import Arc, measure_headings
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
# Width of a line by the step of its strength, from nothing that counts to the strongest.
STEP_WIDTHS = (0.8, 1.4, 2.3, 3.4, 4.8)
ASSERTED_WIDTH, ASSERTED_DASH, ASSERTED_SHARE = 1.2, "2px,3px", 0.7
ENDED_WIDTH, ENDED_DASH, ENDED_SYMBOL = 1.7, "5px,6px", "circle-x-open"
# What stands around the symbol of a tie that changed: shapes, so that no colour is needed.
CHANGE_RINGS = {"new": ("circle-open", 18), "stronger": ("triangle-up-open", 19)}
CHANGE_WORDS = {"new": "New since the earlier day", "stronger": "With more evidence since"}
EVIDENCE_NOUNS = {
    "binding": "binding text",
    "deeds": "deed",
    "contacts": "contact",
    "words": "statement",
}
ARROW_AT, BARS_AT = -3, (5, -6)  # points of a line
END_SIZE = 14


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


def draw_tie(
    tie: Any,
    arc: Arc,
    text: str,
    *,
    palette: Palette,
    opacity: float,
    middle: float,
    thinness: float = 1,
) -> go.Scattergeo:
    """The line of a tie. Its points are marks that are not seen, so that it can be chosen.

    An arrow says that it goes one way, bars speak of ill will.
    """
    length, hue = len(arc.lon), pick_hue(tie, palette)
    symbols, sizes, seen = ["circle"] * length, [7] * length, [0] * length
    # Of marks upon one another the smaller is chosen: at its ends a tie gives way to the actor.
    sizes[0] = sizes[-1] = END_SIZE
    if tie.change_code != "ended":
        for place in {"rivalry": BARS_AT, "ambivalent": BARS_AT[:1]}.get(tie.valence_code, ()):
            symbols[place], sizes[place], seen[place] = "line-ew", 8, 1
        if tie.direction_code == "one-way":
            symbols[ARROW_AT], sizes[ARROW_AT], seen[ARROW_AT] = "arrow", 12, 1
    width, dash = STEP_WIDTHS[tie.step], THEME_DASHES[tie.theme_code]
    if tie.change_code == "ended":
        width, dash = ENDED_WIDTH, ENDED_DASH
    elif tie.is_asserted_only:
        width, dash = ASSERTED_WIDTH, ASSERTED_DASH
    return go.Scattergeo(
        lon=arc.lon,
        lat=arc.lat,
        mode="lines+markers",
        line={"width": round(width * thinness, 2), "dash": dash, "color": hue},
        marker={
            "symbol": symbols,
            "size": sizes,
            "opacity": seen,
            "angle": measure_headings(arc, middle=middle),
            "color": hue,
            "line": {"width": 1.6, "color": hue},
        },
        opacity=opacity,
        hovertext=text,
        hoverinfo="text",
        customdata=[identify_tie(tie)] * length,
        name=tie.tie_id,
    )


def draw_knots(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """The symbol in the middle of each line: filled when on record, hollow when not."""
    rows = list(ties.itertuples())
    hues = [pick_hue(tie, palette) for tie in rows]
    pairs = list(zip(rows, hues, strict=True))
    return _draw_middles(
        ties,
        arcs,
        name="knots",
        marker={
            "symbol": [pick_symbol(tie) for tie in rows],
            "size": [14 if tie.change_code == "ended" else 8 for tie in rows],
            "color": [
                palette.paper if tie.is_asserted_only and tie.change_code != "ended" else hue
                for tie, hue in pairs
            ],
            "opacity": [seen[tie.tie_id] for tie in rows],
            "line": {
                "width": 1.2,
                "color": [hue if is_hollow(tie) else palette.paper for tie, hue in pairs],
            },
        },
    )


def draw_change_rings(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """A shape around the symbol of each tie that is new or stronger, on a disc of paper."""
    changed = ties[ties["change_code"].isin(list(CHANGE_RINGS))]
    rings = [CHANGE_RINGS[code] for code in changed["change_code"]]
    return _draw_middles(
        changed,
        arcs,
        name="changes",
        marker={
            "symbol": [symbol.removesuffix("-open") for symbol, _ in rings],
            "size": [size for _, size in rings],
            "color": palette.paper,
            "opacity": [seen[tie_id] for tie_id in changed["tie_id"]],
            "line": {"width": 1.6, "color": palette.ink},
        },
    )


def _draw_middles(
    ties: pd.DataFrame, arcs: Mapping[str, Arc], *, name: str, marker: dict[str, Any]
) -> go.Scattergeo:
    own = [arcs[tie_id] for tie_id in ties["tie_id"]]
    return go.Scattergeo(
        lon=[arc.lon[arc.knot] for arc in own],
        lat=[arc.lat[arc.knot] for arc in own],
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        customdata=[identify_tie(tie) for tie in ties.itertuples()],
        name=name,
    )
