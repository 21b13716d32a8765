"""Entente as an ASGI application.

Both of these serve it: `streamlit run app.py` and `uvicorn app:app`.
"""

import streamlit as st

from entente.server.lifespan import lifespan
from entente.server.routes import ROUTES
from entente.store import HOME

app = st.App(HOME / "pages" / "router.py", routes=ROUTES, lifespan=lifespan)
