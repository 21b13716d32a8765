"""What frames every page: its look, the fault report and notices above it, the imprint below it."""

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from entente.address.codec import Notice
from entente.address.pages import stylesheet_address
from entente.app import markup
from entente.check.faults import Fault
from entente.dates import day_in_words
from entente.dossier.store import Dossier, read_state
from entente.style.palette import PALETTES, SANS, SERIF, Palette, palette_for

MOST_FAULTS = 50


def opened() -> bool:
    """Show the fault report if there is one; True when there is a dossier to show below it."""
    found = read_state()
    if found.faults:
        _report(found.faults, is_running=found.dossier is not None)
    return found.dossier is not None


def dossier() -> Dossier:
    """The dossier of this run; pages run only when there is one."""
    found = read_state().dossier
    if found is None:
        raise RuntimeError("a page ran without a dossier")
    return found


def notices(found: Sequence[Notice], *, as_of: dt.date | None = None) -> None:
    """Say what in the address could not be used, and that the document is younger than the day."""
    if found:
        markup.show("notices", notices=found)
    published = dossier().document.day
    if as_of is not None and as_of < published:
        markup.show("before_document", day=day_in_words(as_of), published=day_in_words(published))


def close() -> None:
    """The imprint: version, evidence horizon, borders statement."""
    shown = dossier()
    markup.show(
        "imprint",
        document=shown.document,
        published=day_in_words(shown.document.day),
        version=shown.version,
        digest=shown.digest[:12],
        horizon=shown.horizon,
        borders=shown.document.text("borders-statement"),
    )


def _report(faults: Sequence[Fault], *, is_running: bool) -> None:
    headline = f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the dataset"
    detail = (
        "The files have changed and cannot be used. Below is the last sound version."
        if is_running
        else "The dataset cannot be shown until these are mended. The page then opens by itself on "
        "the next visit."
    )
    markup.show(
        "faults",
        kicker="Data check",
        headline=headline,
        detail=detail,
        faults=[fault.as_dict() for fault in faults[:MOST_FAULTS]],
        more=max(0, len(faults) - MOST_FAULTS),
    )


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
