"""The product's look in the browser: the palette as CSS variables, and the style sheet."""

import streamlit as st

from entente.palette import PALETTES, SANS, SERIF, Palette
from entente.store import HOME

STYLE_SHEET = HOME / "assets" / "entente.css"


def palette() -> Palette:
    """The palette of the appearance that the reader's browser shows now."""
    return PALETTES.get(str(st.context.theme.type), PALETTES["light"])


def apply() -> None:
    """Write variables and rules into the page."""
    variables = css_variables(palette())
    st.html(f"<style>:root{{{variables}}}\n{STYLE_SHEET.read_text(encoding='utf-8')}</style>")


def css_variables(colours: Palette) -> str:
    """The palette as CSS custom properties."""
    plain = {
        name: getattr(colours, name)
        for name in ("paper", "raised", "ink", "muted", "rule", "accent", "land", "sea", "border")
    }
    coded = {
        f"{group}-{code}": value
        for group, values in (
            ("actor", colours.actors),
            ("theme", colours.themes),
            ("verdict", colours.verdicts),
            ("status", colours.statuses),
            ("mode", colours.modes),
        )
        for code, value in values.items()
    }
    fonts = {"sans": SANS, "serif": SERIF}
    return "".join(f"--{name}:{value};" for name, value in {**plain, **coded, **fonts}.items())
