"""The floor of clicks: two pages with a chart of ours each, a choice, a slider and marks."""

import json
import os
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

NAMES = ("First", "Second")


@st.cache_resource
def shown(page: str, *chosen: str) -> tuple[go.Figure, dict[str, Any]]:
    """The figure with what was chosen as its title, and its settings; made once."""
    held = json.loads(Path(os.environ["FIGURE"]).read_text(encoding="utf-8"))
    figure = go.Figure(held["figure"])
    return figure.update_layout(title_text=" ".join((page, *chosen))), held["config"]


def show(page: str) -> None:
    """A page."""
    st.title(page)
    choice = st.segmented_control("Choice", NAMES, default=NAMES[0], key="choice", required=True)
    day = st.select_slider("Day", ("Earlier", *NAMES, "Later"), key="day")
    figure, config = shown(page, choice, day)
    st.plotly_chart(figure, theme=None, config=config, on_select="rerun", key="chart")
    st.html("<p class='last'></p>")


def first() -> None:
    """The page that opens."""
    show(NAMES[0])


def second() -> None:
    """The other page."""
    show(NAMES[1])


pages = [
    st.Page(page, title=name, url_path=name.lower())
    for page, name in zip((first, second), NAMES, strict=True)
]
st.navigation(pages, position="top").run()
