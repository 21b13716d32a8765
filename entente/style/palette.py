"""Colours, dashes, symbols and type sizes: the one source that CSS, Streamlit and Plotly share.

Hues were chosen to stay apart under protanopia, deuteranopia and tritanopia (a test says so), and
none of them carries a meaning alone: a dash, a symbol or a word always goes with it.
"""

from dataclasses import dataclass, field, replace

from entente.dossier.document import Document
from entente.dossier.store import Dossier

SANS = "'Source Sans', 'Source Sans Pro', 'Segoe UI', Helvetica, Arial, sans-serif"
SERIF = "'Entente Serif', 'Source Serif', 'Source Serif 4', Georgia, serif"
# What our cut of the serif has; other letters come from Streamlit’s whole file.
LETTERS = (
    "U+0020-017F,U+018F,U+0218-021B,U+0259,U+02BB-02BC,U+1E00-1EFF,U+2010-2026,U+2030-2033,"
    "U+2039-203A,U+2044,U+20AC,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)
# What our cut of the sans has: Cyrillic names of sources, and the marks of keys, too.
SANS_LETTERS = f"{LETTERS},U+0400-045F,U+2194,U+25A0-25FF"


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
    other_actor: str
    slots: dict[str, str]
    themes: dict[str, str]
    verdicts: dict[str, str]
    statuses: dict[str, str]
    modes: dict[str, str]
    corridors: dict[str, str]
    gate: str
    actors: dict[str, str] = field(default_factory=dict)

    def actor(self, actor_id: str) -> str:
        """Hue of an actor; grey for one without a slot."""
        return self.actors.get(actor_id, self.other_actor)

    def verdict(self, code: str) -> str:
        """Hue of a verdict; that of rules for the lack of one."""
        return self.verdicts.get(code, self.rule)


# Each colour in the light and in the dark appearance.
_COLOURS = {
    "paper": ("#FDFCF9", "#14161A"),
    "raised": ("#F4F1EA", "#1E2126"),
    "ink": ("#1C1E21", "#ECE9E2"),
    "muted": ("#5A6068", "#A5A9AF"),
    "rule": ("#DAD5CA", "#383C43"),
    "accent": ("#7A2E1D", "#E8A48F"),
    "land": ("#E3DFD6", "#31353B"),
    "sea": ("#F3F6F6", "#1A1E23"),
    "border": ("#B4AEA2", "#565B63"),
    "gate": ("#EFC9A6", "#5A4231"),
    "other_actor": ("#6B7076", "#A5A9AF"),
}
_HUES = {
    "slots": {
        "principal-1": ("#A83304", "#E37D51"),
        "principal-2": ("#057CC4", "#62AAE4"),
        "principal-3": ("#1C6F4C", "#63DBAD"),
        "rival": ("#7B4596", "#E7B8E7"),
    },
    "themes": {
        "diplomacy": ("#1668A8", "#63AEE6"),
        "defence": ("#B4231B", "#F27A70"),
        "finance": ("#A66A00", "#E0A940"),
        "energy": ("#5C6B00", "#B9C24A"),
        "transport": ("#08776B", "#47C2B1"),
        "recognition": ("#4A5A78", "#9DB0D3"),
        "rivalry": ("#2B2D30", "#E6E3DC"),
        "nuclear": ("#B83280", "#EE86BC"),
        "great-power": ("#5E6B3A", "#B5C47E"),
        "domestic": ("#7C7468", "#BDB4A6"),
    },
    "verdicts": {
        "supported": ("#0B6E54", "#4CC39B"),
        "partly-supported": ("#4F9A86", "#93D4BF"),
        "contested": ("#A97400", "#E0A940"),
        "contradicted": ("#B4231B", "#F27A70"),
        "overtaken": ("#6A4C93", "#B398E6"),
        "unverifiable": ("#6B7076", "#A5A9AF"),
        "open": ("#8A8F96", "#8A9098"),
    },
    "statuses": {
        "open": ("#0B6E54", "#4CC39B"),
        "partial": ("#A97400", "#E0A940"),
        "closed": ("#B4231B", "#F27A70"),
        "suspended": ("#B4231B", "#F27A70"),
        "under-construction": ("#5A6068", "#A5A9AF"),
        "planned": ("#8A8F96", "#8A9098"),
    },
    "modes": {
        "deep-sea": ("#1668A8", "#63AEE6"),
        "short-sea": ("#3D8FC9", "#8FC6EE"),
        "ferry": ("#6F4BA0", "#B398E6"),
        "inland-water": ("#6F4BA0", "#B398E6"),
        "rail": ("#2B2D30", "#E6E3DC"),
        "road": ("#A66A00", "#E0A940"),
    },
    # The last two are of routes by sea that stand beside those by land.
    "corridors": {
        "corridor-1": ("#A74D14", "#EF8D45"),
        "corridor-2": ("#1B6C99", "#5696EE"),
        "corridor-3": ("#1A4410", "#B8EC8C"),
        "corridor-4": ("#A83CCB", "#EAA6E9"),
        "corridor-5": ("#937422", "#F6ECCF"),
        "corridor-6": ("#5F6670", "#9AA0A8"),
        "corridor-7": ("#767C85", "#848A92"),
    },
}


def _choose(name: str, place: int) -> Palette:
    colours = {part: pair[place] for part, pair in _COLOURS.items()}
    hues = {
        group: {code: pair[place] for code, pair in pairs.items()} for group, pairs in _HUES.items()
    }
    return Palette(name=name, **colours, **hues)  # type: ignore[arg-type]


LIGHT, DARK = _choose("light", 0), _choose("dark", 1)
PALETTES = {"light": LIGHT, "dark": DARK}


def palette_for(document: Document | None, appearance: str) -> Palette:
    """The palette of an appearance with the hues of a document's actors.

    Args:
        document: Says which actor has which hue; without one, none has.
        appearance: `light` or `dark`; anything else is light.
    """
    base = PALETTES.get(appearance, LIGHT)
    slots = document.colour_slots if document else {}
    hues = {actor: base.slots[slot] for actor, slot in slots.items()}
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


def find_ink_on(hue: str, palette: Palette) -> str:
    """Paper or ink, whichever is easier to read on a hue.

    Args:
        hue: The ground, as hex.
        palette: The appearance.
    """
    ground = _luminance(hue)

    def contrast(colour: str) -> float:
        darker, lighter = sorted((ground, _luminance(colour)))
        return (lighter + 0.05) / (darker + 0.05)

    return max((palette.paper, palette.ink), key=contrast)


def _luminance(hue: str) -> float:
    """Relative luminance of a colour as hex, by WCAG 2.2."""
    parts = (int(hue[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


NO_VERDICT = {"code": "unjudged", "label": "No verdict yet", "symbol": "–"}


def verdict_record(dossier: Dossier, code: object) -> dict[str, str]:
    """A verdict's code, word and symbol; the record of "none yet" where there is none."""
    if not isinstance(code, str):
        return NO_VERDICT
    label = dossier.labels("assessment_verdicts")[code]
    return {"code": code, "label": label, "symbol": VERDICT_SYMBOLS[code][1]}


# What a figure passes on its way to paper: one drawn for a dark screen has its lights turned round,
# and its hues turned back.
ON_PAPER = {"light": "none", "dark": "invert(1) hue-rotate(180deg)"}


def css_variables(colours: Palette) -> str:
    """The palette as CSS custom properties."""
    plain = ("paper", "raised", "ink", "muted", "rule", "accent", "land", "sea", "border")
    values = {name: getattr(colours, name) for name in plain}
    for group, hues in (
        ("theme", colours.themes),
        ("verdict", colours.verdicts),
        ("status", colours.statuses),
        ("mode", colours.modes),
    ):
        values |= {f"{group}-{code}": hue for code, hue in hues.items()}
    values |= {"sans": SANS, "serif": SERIF, "on-paper": ON_PAPER[colours.name]}
    return "".join(f"--{name}:{value};" for name, value in values.items())
