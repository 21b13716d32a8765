"""Streamlit’s configuration: what offline use and safety need, and the palette as theme."""

from pathlib import Path

from entente.style.palette import DARK, LIGHT, Palette

_SETTINGS = """\
# Built by `python -m entente build` from entente/palette.py; edit there.

[server]
headless = true
enableStaticServing = false
# Pages are read by many and edited by nobody: no watcher, no rerun on save.
fileWatcherType = "none"
runOnSave = false
# No door for programs, no uploads to speak of, small messages from clients, small ones to them.
maxUploadSize = 1
enableAgentApi = false
scriptHealthCheckEnabled = false
enableWebsocketCompression = true
enableXsrfProtection = true
enableCORS = true

[browser]
# No telemetry; and with an address set, Streamlit does not ask the network for one.
gatherUsageStats = false
serverAddress = "localhost"

[client]
toolbarMode = "viewer"
showErrorDetails = "none"
showErrorLinks = false

[runner]
# A bare expression is not a chart.
magicEnabled = false
# A full collection after each run walks the sessions of all readers: with 100 of them it is more
# than half of a rerun. The collector runs when it has to; `spare_collector` keeps that cheap.
postScriptGC = false

[theme]
font = "sans-serif"
headingFont = "'Entente Serif', Georgia, serif"
baseFontSize = 17
baseRadius = "small"
showWidgetBorder = true
"""


def build_streamlit_config(target: Path) -> Path:
    """Write `.streamlit/config.toml`; the same bytes every time."""
    text = _SETTINGS + "".join(_section(palette) for palette in (LIGHT, DARK))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def _section(palette: Palette) -> str:
    values = {
        "primaryColor": palette.accent,
        "backgroundColor": palette.paper,
        "secondaryBackgroundColor": palette.raised,
        "textColor": palette.ink,
        "linkColor": palette.accent,
        "borderColor": palette.rule,
    }
    lines = "".join(f'{name} = "{value}"\n' for name, value in values.items())
    return f"\n[theme.{palette.name}]\n{lines}"
