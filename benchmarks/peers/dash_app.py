"""A figure of ours, shown by Dash with nothing around it."""

import json
import os
from pathlib import Path

from dash import Dash, dcc

held = json.loads(Path(os.environ["FIGURE"]).read_text(encoding="utf-8"))
# Dash serves the folder, and would put every script and style sheet in it into the page.
app = Dash(
    assets_folder=os.environ["ASSETS"],
    assets_ignore=r".*\.(js|css)$",
    compress=bool(os.environ.get("COMPRESS")),
)
app.layout = dcc.Graph(figure=held["figure"], config=held["config"])
server = app.server
