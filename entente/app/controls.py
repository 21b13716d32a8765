"""Widgets for the fields of a view, each bound to its field by key; `url_state` does the rest."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from entente.address import views
from entente.address.codec import SEARCH_LIMIT
from entente.app.url_state import key_of
from entente.dates import day_in_words, in_words, known_from
from entente.dossier.cache import cached
from entente.dossier.store import Dossier
from entente.vocabulary import HEAVIEST, LENSES

Kind = type[views.View]
MANY = 12


@contextmanager
def bar() -> Iterator[None]:
    """One line of controls under the sentence; it wraps on a narrow screen."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        yield


@contextmanager
def drawer(label: str = "Filters") -> Iterator[None]:
    """Controls that are needed less often, behind one button."""
    with st.popover(label):
        yield


def lens(kind: Kind) -> None:
    """Document, record, or both."""
    choice(kind, "lens", label="Lens", options=LENSES)


def as_of(kind: Kind, dossier: Dossier) -> None:
    """The day whose knowledge is shown: any day of the record, or one that matters."""
    place = key_of(kind, "as_of")
    _moments(place, moments(dossier))
    st.date_input(
        "As of",
        key=place,
        min_value=dossier.earliest,
        max_value=dossier.horizon,
        format="YYYY-MM-DD",
        width=150,
    )


@cached
def moments(dossier: Dossier) -> dict[dt.date, str]:
    """The days that matter, oldest first, with their names; the last is the record's today."""
    table = dossier["moments"]
    named = {
        known_from(row.date_edtf): f"{row.label}, {in_words(row.date_edtf, is_short=True)}"
        for row in table.itertuples()
    }
    today = dossier.horizon
    named[today] = f"Today: newest source, {day_in_words(today, is_short=True)}"
    return dict(sorted(named.items()))


def _moments(place: str, named: Mapping[dt.date, str]) -> None:
    day = st.session_state[place]
    preset = f"{place} preset"
    st.session_state[preset] = day if day in named else None
    st.selectbox(
        "Key day",
        [*named, None],
        key=preset,
        format_func=lambda chosen: "Another day" if chosen is None else named[chosen],
        on_change=_put_day,
        args=(place, preset),
        placeholder="Another day",
        width=270,
    )


def _put_day(place: str, preset: str) -> None:
    if st.session_state[preset] is not None:
        st.session_state[place] = st.session_state[preset]


def choice(kind: Kind, name: str, *, label: str, options: Mapping[str, str]) -> None:
    """Exactly one of a few."""
    st.segmented_control(
        label,
        list(options),
        key=key_of(kind, name),
        format_func=options.__getitem__,
        required=True,
    )


def several(kind: Kind, name: str, *, label: str, options: Mapping[str, str]) -> None:
    """Any number of a list: as pills while they are few, as a searchable list beyond."""
    place = key_of(kind, name)
    if len(options) > MANY:
        st.multiselect(
            label, list(options), key=place, format_func=options.__getitem__, placeholder="None"
        )
    else:
        st.pills(
            label,
            list(options),
            key=place,
            format_func=options.__getitem__,
            selection_mode="multi",
        )


def one_of_many(
    kind: Kind, name: str, *, label: str, options: Mapping[str, str], optional: bool = False
) -> None:
    """One of a long list, searchable; with `optional`, none is an answer."""
    choices: list[str | None] = [None, *options] if optional else list(options)
    st.selectbox(
        label,
        choices,
        key=key_of(kind, name),
        format_func=lambda code: "None" if code is None else options[code],
    )


def search(kind: Kind, name: str, *, label: str) -> None:
    """Words to look for."""
    st.text_input(label, key=key_of(kind, name), max_chars=SEARCH_LIMIT)


def weights(kind: Kind, name: str, *, labels: Mapping[str, str]) -> None:
    """A slider for each criterion; together they are one field."""
    place = key_of(kind, name)
    for weight, (code, label) in zip(st.session_state[place], labels.items(), strict=True):
        st.session_state[f"{place}.{code}"] = weight
        st.slider(
            label,
            0,
            HEAVIEST,
            key=f"{place}.{code}",
            on_change=_gather,
            args=(place, tuple(labels)),
        )


def _gather(place: str, codes: tuple[str, ...]) -> None:
    chosen = [int(st.session_state[f"{place}.{code}"]) for code in codes]
    if any(chosen):
        st.session_state[place] = chosen
