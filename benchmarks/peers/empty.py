"""The floor: a Streamlit script that says one word."""

import streamlit as st

st.write("empty")
