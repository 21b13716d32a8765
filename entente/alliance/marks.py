"""How a tie is drawn, on the map and in the matrix alike: symbol, weight, words, identity."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from entente.alliance.arcs import Arc, headings
from entente.content import LegendEntry
from entente.dates import BEFORE_THE_RECORD, in_words
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
CHANGE_WORDS = {"new": "New since the earlier day", "stronger": "With more evidence since"}
EVIDENCE_NOUNS = {
    "binding": "binding text",
    "deeds": "deed",
    "contacts": "contact",
    "words": "statement",
}


def list_legend(
    ties: pd.DataFrame, *, labels: Mapping[str, str], palette: Palette
) -> tuple[LegendEntry, ...]:
    """Themes of ties, rings of changes, and how ties look that are only asserted.

    Args:
        ties: The ties that are drawn, with what has become of each; without any the legend is
            empty.
        labels: Theme code to word, in order.
        palette: The appearance to draw in.
    """
    used, changes = set(ties["theme_code"]), set(ties["change_code"])
    if not used:
        return ()
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
        text="Hollow, dotted: the document alone says so",
        colour=palette.muted,
        dash=ASSERTED_DASH,
        width=1.2,
        symbol="circle",
        fill=palette.paper,
    )
    return (*themes, *rings, asserted)


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


def sort_by_role(actors: pd.DataFrame) -> pd.DataFrame:
    """Actors in order of role, then by name; roles that are not known come last."""
    rank = {code: place for place, code in enumerate(ROLE_ORDER)}
    places = actors["role_code"].map(rank).fillna(len(rank))
    return actors.assign(_place=places).sort_values(["_place", "label"]).drop(columns="_place")


ARROW_AT, BARS_AT = -3, (5, -6)
END_SIZE = 14


def draw_tie(
    tie: Any, arc: Arc, text: str, *, palette: Palette, opacity: float, middle: float
) -> go.Scattergeo:
    """The line of a tie. Its points are marks that are not seen, so that it can be chosen."""
    symbols, sizes, seen = _points_along(tie, len(arc.lon))
    return go.Scattergeo(
        lon=arc.lon,
        lat=arc.lat,
        mode="lines+markers",
        line=line(tie, palette),
        marker={
            "symbol": symbols,
            "size": sizes,
            "opacity": seen,
            "angle": headings(arc, middle=middle),
            "color": hue(tie, palette),
            "line": {"width": 1.6, "color": hue(tie, palette)},
        },
        opacity=opacity,
        unselected={"marker": {"opacity": 0}},
        hovertext=text,
        hoverinfo="text",
        customdata=[identity(tie)] * len(arc.lon),
        name=tie.tie_id,
    )


def _points_along(tie: Any, length: int) -> tuple[list[str], list[int], list[int]]:
    """Symbol, size and opacity of each point: an arrow for one way, bars for ill will."""
    symbols, sizes, seen = ["circle"] * length, [7] * length, [0] * length
    # Of marks upon one another the smaller is chosen: at its ends a tie gives way to the actor.
    sizes[0] = sizes[-1] = END_SIZE
    if tie.change_code == "ended":
        return symbols, sizes, seen
    bars = {"rivalry": BARS_AT, "ambivalent": BARS_AT[:1]}.get(tie.valence_code, ())
    for place in bars:
        symbols[place], sizes[place], seen[place] = "line-ew", 8, 1
    if tie.direction_code == "one-way":
        symbols[ARROW_AT], sizes[ARROW_AT], seen[ARROW_AT] = "arrow", 12, 1
    return symbols, sizes, seen


def draw_knots(
    ties: pd.DataFrame,
    arcs: Mapping[str, Arc],
    *,
    palette: Palette,
    seen: Mapping[str, float],
) -> go.Scattergeo:
    """The symbol in the middle of each line: filled when on record, hollow when not."""
    rows = list(ties.itertuples())
    hues = [hue(tie, palette) for tie in rows]
    hollow = [is_hollow(tie) for tie in rows]
    lon, lat = _middles(ties, arcs)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="markers",
        marker={
            "symbol": [symbol(tie) for tie in rows],
            "size": [14 if tie.change_code == "ended" else 8 for tie in rows],
            "color": [
                palette.paper if is_hollow and tie.change_code != "ended" else colour
                for tie, is_hollow, colour in zip(rows, hollow, hues, strict=True)
            ],
            "opacity": [seen[tie.tie_id] for tie in rows],
            "line": {
                "width": 1.2,
                "color": [
                    colour if is_hollow else palette.paper
                    for is_hollow, colour in zip(hollow, hues, strict=True)
                ],
            },
        },
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        customdata=[identity(tie) for tie in rows],
        name="knots",
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
    lon, lat = _middles(changed, arcs)
    rings = [CHANGE_RINGS[code] for code in changed["change_code"]]
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="markers",
        marker={
            "symbol": [symbol.removesuffix("-open") for symbol, _ in rings],
            "size": [size for _, size in rings],
            "color": palette.paper,
            "opacity": [seen[tie_id] for tie_id in changed["tie_id"]],
            "line": {"width": 1.6, "color": palette.ink},
        },
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        customdata=[identity(tie) for tie in changed.itertuples()],
        name="changes",
    )


def _middles(ties: pd.DataFrame, arcs: Mapping[str, Arc]) -> tuple[list[float], list[float]]:
    own = [arcs[tie_id] for tie_id in ties["tie_id"]]
    return [arc.lon[arc.knot] for arc in own], [arc.lat[arc.knot] for arc in own]
