"""The product's look in the browser: the palette as CSS variables, and the style sheet."""

import streamlit as st

from entente.dossier.live_dataset import read_state
from entente.style.palette import PALETTES, SANS, SERIF, Palette, palette_for
from entente.style.stylesheet import stylesheet_address

# What a figure passes on its way to paper: one drawn for a dark screen has its lights turned round,
# and its hues turned back.
ON_PAPER = {"light": "none", "dark": "invert(1) hue-rotate(180deg)"}


def palette() -> Palette:
    """The palette of the appearance that the reader's browser shows now."""
    appearance, dossier = str(st.context.theme.type), read_state().dossier
    if dossier is None:  # only the report of faults is shown
        return PALETTES.get(appearance, PALETTES["light"])
    return palette_for(dossier.document, appearance)


def apply() -> None:
    """Write variables into the page, and take the rules from their file.

    Imported here, the rules come after those that Streamlit adds while it runs, as they must; the
    head of the page has had the file fetched by then.
    """
    variables = css_variables(palette())
    st.html(f"<style>@import url({stylesheet_address()});:root{{{variables}}}</style>")


def css_variables(colours: Palette) -> str:
    """The palette as CSS custom properties."""
    plain = {
        name: getattr(colours, name)
        for name in ("paper", "raised", "ink", "muted", "rule", "accent", "land", "sea", "border")
    }
    coded = {
        f"{group}-{code}": value
        for group, values in (
            ("theme", colours.themes),
            ("verdict", colours.verdicts),
            ("status", colours.statuses),
            ("mode", colours.modes),
        )
        for code, value in values.items()
    }
    others = {"sans": SANS, "serif": SERIF, "on-paper": ON_PAPER[colours.name]}
    return "".join(f"--{name}:{value};" for name, value in {**plain, **coded, **others}.items())
