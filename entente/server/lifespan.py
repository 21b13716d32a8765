"""What happens once, when the process starts: the dataset is read, and its faults are printed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from entente.dossier.live_dataset import read_state
from entente.server.stack import prepare_files
from entente.settings import settings

LOG = logging.getLogger("entente")


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Read the dossier while the first reader's browser is still fetching the page's scripts.

    A broken dataset does not stop the process: its pages then show the fault report.
    """
    # Streamlit turns it on. What a reader looks at stands in the address, and is nobody’s business.
    logging.getLogger("uvicorn.access").disabled = True
    work = asyncio.gather(asyncio.to_thread(prepare_files, settings()), asyncio.to_thread(_read))
    yield
    await work


def _read() -> None:
    found = read_state()
    for fault in found.faults:
        LOG.error("%s", fault)
    if found.dossier:
        LOG.info("dataset %s, %s", found.dossier.version, found.dossier.digest[:12])
