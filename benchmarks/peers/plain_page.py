"""A figure of ours, shown by Streamlit with nothing around it."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def shown() -> tuple[go.Figure, dict[str, object]]:
    """The figure and its settings, read once."""
    held = json.loads(Path(os.environ["FIGURE"]).read_text(encoding="utf-8"))
    return go.Figure(held["figure"]), held["config"]


figure, config = shown()
st.plotly_chart(figure, theme=None, config=config)
