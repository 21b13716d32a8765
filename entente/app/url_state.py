"""The reader's view, kept in three places that agree: the address, the widgets, the session.

The address wins when it is not the one that this session wrote last: a link was followed, or the
reader went back. Otherwise the widgets win. What a page does not draw this time keeps the value it
had. Each widget's key is `key_of(kind, field)`.
"""

from dataclasses import fields
from typing import Any, TypeVar

import streamlit as st

from entente.address import codec, views
from entente.datapage.older_addresses import explained
from entente.dossier.store import Dossier

V = TypeVar("V", bound=views.View)

_VIEWS, _ADDRESSES = "views by kind", "addresses by kind"


def key_of(kind: type[Any], name: str) -> str:
    """Session key of the widget for one field of a view."""
    return f"{kind.__name__}.{name}"


def read(kind: type[V], dossier: Dossier) -> tuple[V, tuple[codec.Notice, ...]]:
    """The view to show now, and notices about what the address held beyond it."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    known = st.session_state.setdefault(_VIEWS, {}).get(kind.__name__)
    written = st.session_state.setdefault(_ADDRESSES, {}).get(kind.__name__)
    if known is None or (address and address != written):
        view, notices = codec.decode(kind, address, dossier)
        _seed(view)
        return view, explained(notices, view, address, dossier)
    view = _from_widgets(known, dossier) if address == written else known
    _seed(view)
    return view, ()


def write(view: views.View, dossier: Dossier) -> None:
    """Put the view into the address and the session."""
    name = type(view).__name__
    encoded = codec.encode(view, dossier)
    if st.query_params.to_dict() != encoded:
        st.query_params.from_dict(encoded)
    st.session_state[_VIEWS][name] = view
    st.session_state[_ADDRESSES][name] = {key: [value] for key, value in encoded.items()}


def current(kind: type[V]) -> V | None:
    """The view that the page wrote last in this session; None when it has not been shown."""
    found: V | None = st.session_state.get(_VIEWS, {}).get(kind.__name__)
    return found


def put(kind: type[views.View], name: str, value: Any) -> None:
    """Set one field from a callback, as if the reader had used its widget."""
    st.session_state[key_of(kind, name)] = value


def _seed(view: views.View) -> None:
    """Give every widget of the page the value that the view says."""
    for item in fields(view):
        value = getattr(view, item.name)
        st.session_state[key_of(type(view), item.name)] = (
            list(value) if isinstance(value, tuple) else value
        )


def _from_widgets(known: V, dossier: Dossier) -> V:
    """The view that the widgets state, cleaned by the same rules as an address."""
    kind = type(known)
    parameters = {}
    for name, control in views.list_controls(kind).items():
        value = st.session_state.get(key_of(kind, name), getattr(known, name))
        if value is None and not control.kind.startswith("maybe"):
            value = getattr(known, name)
        parameters[control.parameter] = [codec.write_value(value, control, dossier)]
    return codec.decode(kind, parameters, dossier)[0]
