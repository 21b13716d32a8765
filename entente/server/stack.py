"""What every request passes on its way to the app, from the outside in."""

import logging
import sys

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette_compress import CompressMiddleware

from entente.server.access import Doors
from entente.server.headers import SafeHeaders
from entente.server.packed import Kept, PackedFiles, packed_files, quick_files
from entente.settings import Settings, WrongSetting, settings

LOG = logging.getLogger("entente")
FILES: dict[str, Kept] = {}
MISCONFIGURED = 2


def settings_or_exit() -> Settings:
    """The settings of this process; ends it with one line when one cannot be used."""
    try:
        return settings()
    except WrongSetting as wrong:
        print(f"entente: {wrong}", file=sys.stderr)
        sys.exit(MISCONFIGURED)


def middleware(found: Settings) -> tuple[Middleware, ...]:
    """The stack. Answers that are made for a reader are compressed quickly, files never here."""
    hosts = list(found.hosts) or ["*"]
    return (
        Middleware(SafeHeaders, found=found),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(Doors, found=found),
        Middleware(PackedFiles, files=FILES),
        Middleware(CompressMiddleware, remove_accept_encoding=True),
    )


def prepare_files(found: Settings) -> None:
    """Take the packed tree, or compress in memory what it lacks."""
    FILES.update(packed_files(found.static))
    held = quick_files(without=FILES)
    if held:
        LOG.info("%s files compressed in memory; `entente pack` does it better", len(held))
        FILES.update(held)
