"""Entente as an ASGI application.

All of these serve it: `streamlit run app.py`, `uvicorn app:app` and `python -m entente serve`.
"""

import streamlit as st

from entente.app.messages import name_kind
from entente.server.stack import lifespan, middleware, routes, settings_or_exit
from entente.settings import HOME

_found = settings_or_exit()
app = st.App(
    HOME / "pages" / "router.py",
    routes=routes(_found),
    middleware=middleware(_found, name_kind),
    lifespan=lifespan,
)
