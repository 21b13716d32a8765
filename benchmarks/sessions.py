"""What a session costs: memory of the process for each that is open, and bytes for each rerun."""

import time
from contextlib import ExitStack, closing

from benchmarks.link import Link, link
from benchmarks.processes import replica
from benchmarks.server import PAGES, Session
from benchmarks.table import Row, at_most

FEW, MANY = 20, 120
MOST_MB = 0.4
WARM, ROUNDS = 3, 5
SETTLING_S = 2


def memory() -> list[Row]:
    """Resident memory of one process by the sessions that it holds open, the map shown in each."""
    with replica() as app, ExitStack() as stack:

        def opened(count: int) -> float:
            for _ in range(count):
                session = stack.enter_context(closing(Session(app.port)))
                session.rerun(page="alliance_map")
            # Sent is not yet freed: memory is read when the server has had time to let go.
            time.sleep(SETTLING_S)
            return app.megabytes()

        few = opened(FEW)
        many = opened(MANY - FEW)
    return [
        Row(what=f"memory with {FEW} sessions", ours=few, unit="MB"),
        Row(
            what=f"memory of a further session, {FEW} to {MANY}",
            ours=(many - few) / (MANY - FEW),
            unit="MB",
            bars=(at_most(MOST_MB, is_of_ours=True),),
        ),
    ]


def messages() -> list[Row]:
    """What a warm rerun of each page sends over the wire, against its messages uncompressed."""
    with replica() as app, link(app.port) as wire:
        return [_sent(page, wire) for page in PAGES]


def _sent(page: str, wire: Link) -> Row:
    """Asked for as a browser does, which knows its address and keeps large messages."""
    with closing(Session(wire.port)) as session:
        for _ in range(WARM):
            session.rerun(page=page, query=session.address, remembers=True)
        before = session.bytes_received, wire.down
        for _ in range(ROUNDS):
            session.rerun(page=page, query=session.address, remembers=True)
        after = session.bytes_received, wire.down
    decoded, sent = ((new - old) / ROUNDS / 1000 for old, new in zip(before, after, strict=True))
    return Row(
        what=f"bytes of a rerun, {page or 'briefing'} (floor: messages)",
        ours=sent,
        floor=decoded,
        unit="kB",
    )
