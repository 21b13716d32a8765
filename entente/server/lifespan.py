"""What happens once, when the process starts: the dataset is read, and its faults are printed."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import run_sync

from entente.shelf import holding

LOG = logging.getLogger("entente")


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Read the dossier before the first visit, so that no reader waits for it.

    A broken dataset does not stop the process: its pages then show the fault report.
    """
    found = await run_sync(holding)
    for fault in found.faults:
        LOG.error("%s", fault)
    if found.dossier:
        LOG.info("dataset %s, %s", found.dossier.version, found.dossier.digest[:12])
    yield
