"""The WebSocket of a reader: what goes over it is compressed with the whole window that zlib has.

Uvicorn compresses with a window of 4 KiB, to spare memory where connections are many and idle. A
page of ours is 90 to 430 kB of messages that repeat one another over longer distances; with 32 KiB
they are a fifth smaller, for about 0.25 MB of memory a reader.
"""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

WINDOW_BITS, MEMORY_LEVEL = 15, 8


class CompressedSocket(WebSocketsSansIOProtocol):
    """Uvicorn's protocol with a wider window."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        if config.ws_per_message_deflate:
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(
                    server_max_window_bits=WINDOW_BITS,
                    compress_settings={"memLevel": MEMORY_LEVEL},
                )
            ]
