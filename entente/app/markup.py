"""HTML fragments from templates; the template engine escapes everything that comes from data."""

from functools import cache
from typing import Any

import streamlit as st
from jinja2 import Environment, PackageLoader, StrictUndefined

from entente.address.pages import link_mark, link_query, link_section
from entente.style.text import keep_compounds


@cache
def environment() -> Environment:
    """Templates of this package, with escaping always on and the builders of links."""
    made = Environment(
        loader=PackageLoader("entente.app"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(link_mark=link_mark, link_query=link_query, link_section=link_section)
    made.filters["headline"] = keep_compounds
    return made


def fragment(template: str, **values: Any) -> str:
    """The HTML of `templates/<template>.html`."""
    return environment().get_template(f"{template}.html").render(**values)


def show(template: str, **values: Any) -> None:
    """Write a fragment into the page."""
    st.html(fragment(template, **values))


def literal(text: str) -> str:
    """Text for a Markdown widget with every character of its syntax escaped."""
    return "".join(f"\\{mark}" if mark in _MARKDOWN else mark for mark in text)


def headline(text: str) -> str:
    """A headline for a Markdown widget: literal text whose compounds stay on one line."""
    return literal(keep_compounds(text))


_MARKDOWN = frozenset("\\`*_{}[]()#+-!|<>$~:")
