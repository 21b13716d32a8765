"""A plain Streamlit app: one script, and the outlines beside it."""

import os
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = st.App(
    Path(__file__).parent / os.environ.get("SCRIPT", "plain_page.py"),
    routes=[Mount("/assets", StaticFiles(directory=os.environ["ASSETS"]))],
)
