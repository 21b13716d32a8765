"""`python -m entente serve`: serve the app as it is meant to be served to others.

The same application as `streamlit run app.py`, with what only the server can do: no banner, small
messages from clients, compressed messages to them, and an end within a set time.
"""

import argparse
from typing import Any

ABOUT = "serve the app to others; put a proxy with TLS in front of it"
LARGEST_MESSAGE = 1_000_000
SECONDS_TO_DRAIN = 10


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("serve", help=ABOUT, description=ABOUT)
    command.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    command.add_argument("--port", type=int, default=8501, help="the port to listen at")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    import uvicorn

    from entente.server.stack import CompressedSocket, settings_or_exit

    settings_or_exit()
    uvicorn.run(
        "app:app",
        host=options.host,
        port=options.port,
        server_header=False,
        access_log=False,
        ws=CompressedSocket,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=True,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        timeout_keep_alive=65,
        timeout_graceful_shutdown=SECONDS_TO_DRAIN,
        forwarded_allow_ips=None,
    )
    return 0
