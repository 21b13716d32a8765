"""Colours, dashes, symbols and type sizes: the one source that CSS, Streamlit and Plotly share.

Hues were chosen to stay apart under protanopia, deuteranopia and tritanopia (a test says so), and
none of them carries a meaning alone: a dash, a symbol or a word always goes with it.
"""

from dataclasses import dataclass, replace

from entente.dossier.document import Document
from entente.dossier.store import Dossier

SANS = "'Source Sans', 'Source Sans Pro', 'Segoe UI', Helvetica, Arial, sans-serif"
SERIF = "'Entente Serif', 'Source Serif', 'Source Serif 4', Georgia, serif"
# What our cut of the serif has; other letters come from Streamlit’s whole file.
LETTERS = (
    "U+0020-017F,U+018F,U+0218-021B,U+0259,U+02BB-02BC,U+1E00-1EFF,U+2010-2026,U+2030-2033,"
    "U+2039-203A,U+2044,U+20AC,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)


@dataclass(frozen=True, kw_only=True)
class Palette:
    """One appearance of the product; every value is a hex colour or a map of code to hex colour.

    `slots` holds the hues for actors that matter to a document; which actor has which is data, and
    `actors` says so in a palette that :func:`palette_for` returns.
    """

    name: str
    paper: str
    raised: str
    ink: str
    muted: str
    rule: str
    accent: str
    land: str
    sea: str
    border: str
    slots: dict[str, str]
    actors: dict[str, str]
    other_actor: str
    themes: dict[str, str]
    verdicts: dict[str, str]
    statuses: dict[str, str]
    modes: dict[str, str]

    def actor(self, actor_id: str) -> str:
        """Hue of an actor; grey for one without a slot."""
        return self.actors.get(actor_id, self.other_actor)


LIGHT = Palette(
    name="light",
    paper="#FDFCF9",
    raised="#F4F1EA",
    ink="#1C1E21",
    muted="#5A6068",
    rule="#DAD5CA",
    accent="#7A2E1D",
    land="#E3DFD6",
    sea="#F3F6F6",
    border="#B4AEA2",
    slots={
        "principal-1": "#A83304",
        "principal-2": "#057CC4",
        "principal-3": "#1C6F4C",
        "rival": "#7B4596",
    },
    # To be emptied once all figures take their palette from `palette_for`.
    actors={},
    other_actor="#6B7076",
    themes={
        "diplomacy": "#1668A8",
        "defence": "#B4231B",
        "finance": "#A66A00",
        "energy": "#5C6B00",
        "transport": "#08776B",
        "recognition": "#4A5A78",
        "rivalry": "#2B2D30",
        "nuclear": "#B83280",
        "great-power": "#5E6B3A",
        "domestic": "#7C7468",
    },
    verdicts={
        "supported": "#0B6E54",
        "partly-supported": "#4F9A86",
        "contested": "#A97400",
        "contradicted": "#B4231B",
        "overtaken": "#6A4C93",
        "unverifiable": "#6B7076",
        "open": "#8A8F96",
    },
    statuses={
        "open": "#0B6E54",
        "partial": "#A97400",
        "closed": "#B4231B",
        "suspended": "#B4231B",
        "under-construction": "#5A6068",
        "planned": "#8A8F96",
    },
    modes={
        "deep-sea": "#1668A8",
        "short-sea": "#3D8FC9",
        "ferry": "#6F4BA0",
        "inland-water": "#6F4BA0",
        "rail": "#2B2D30",
        "road": "#A66A00",
    },
)

DARK = Palette(
    name="dark",
    paper="#14161A",
    raised="#1E2126",
    ink="#ECE9E2",
    muted="#A5A9AF",
    rule="#383C43",
    accent="#E8A48F",
    land="#31353B",
    sea="#1A1E23",
    border="#565B63",
    slots={
        "principal-1": "#E37D51",
        "principal-2": "#62AAE4",
        "principal-3": "#63DBAD",
        "rival": "#E7B8E7",
    },
    # To be emptied once all figures take their palette from `palette_for`.
    actors={},
    other_actor="#A5A9AF",
    themes={
        "diplomacy": "#63AEE6",
        "defence": "#F27A70",
        "finance": "#E0A940",
        "energy": "#B9C24A",
        "transport": "#47C2B1",
        "recognition": "#9DB0D3",
        "rivalry": "#E6E3DC",
        "nuclear": "#EE86BC",
        "great-power": "#B5C47E",
        "domestic": "#BDB4A6",
    },
    verdicts={
        "supported": "#4CC39B",
        "partly-supported": "#93D4BF",
        "contested": "#E0A940",
        "contradicted": "#F27A70",
        "overtaken": "#B398E6",
        "unverifiable": "#A5A9AF",
        "open": "#8A9098",
    },
    statuses={
        "open": "#4CC39B",
        "partial": "#E0A940",
        "closed": "#F27A70",
        "suspended": "#F27A70",
        "under-construction": "#A5A9AF",
        "planned": "#8A9098",
    },
    modes={
        "deep-sea": "#63AEE6",
        "short-sea": "#8FC6EE",
        "ferry": "#B398E6",
        "inland-water": "#B398E6",
        "rail": "#E6E3DC",
        "road": "#E0A940",
    },
)

PALETTES = {"light": LIGHT, "dark": DARK}


def palette_for(document: Document, appearance: str) -> Palette:
    """The palette of an appearance with the hues of a document's actors.

    Args:
        document: Says which actor has which hue.
        appearance: `light` or `dark`; anything else is light.
    """
    base = PALETTES.get(appearance, LIGHT)
    hues = {actor: base.slots[slot] for actor, slot in document.colour_slots.items()}
    return replace(base, actors=hues)


# Plotly's dash names; with the hue they tell the themes of ties apart twice over.
THEME_DASHES = {
    "diplomacy": "solid",
    "defence": "solid",
    "finance": "dash",
    "energy": "dot",
    "transport": "longdash",
    "recognition": "dashdot",
    "rivalry": "longdashdot",
    "nuclear": "dot",
}

# Plotly's symbol names, and the same shapes as characters for text and tables.
VERDICT_SYMBOLS = {
    "supported": ("circle", "●"),
    "partly-supported": ("diamond-wide", "◐"),
    "contested": ("diamond", "◆"),
    "contradicted": ("x", "✕"),
    "overtaken": ("triangle-right", "▶"),
    "unverifiable": ("circle-open", "○"),
    "open": ("circle-open-dot", "◌"),
}

STATUS_SYMBOLS = {
    "open": "●",
    "partial": "◐",
    "closed": "✕",
    "suspended": "✕",
    "under-construction": "△",
    "planned": "○",
}


NO_VERDICT = {"code": "unjudged", "label": "No verdict yet", "symbol": "–"}


def verdict_record(dossier: Dossier, code: object) -> dict[str, str]:
    """A verdict's code, word and symbol; the record of "none yet" where there is none."""
    if not isinstance(code, str):
        return NO_VERDICT
    label = dossier.labels("assessment_verdicts")[code]
    return {"code": code, "label": label, "symbol": VERDICT_SYMBOLS[code][1]}
