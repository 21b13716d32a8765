"""The first map, cold, in Chromium: ours, against an empty Streamlit app and the map in others.

All draw the same figure from the same outlines. Each is opened straight, and through a link as
narrow and as slow as a phone's.
"""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.browser.chromium import MAP, chromium, medians
from benchmarks.link import link
from benchmarks.peers import serve_dash, serve_streamlit, share_figure
from benchmarks.processes import Running, pack, replica
from benchmarks.table import Bar, Row, at_most

OURS, EMPTY, PLAIN = "ours", "an empty Streamlit app", "a plain Streamlit app"
WHOLE = "ours, with controls"  # the map is drawn ahead of the app
DASH, SMALL_DASH = "Dash", "Dash that compresses"
SIGN_OF_WHOLE = "[data-testid='stMain'] [data-state='drawn'] .geo path"
SIGN_OF_EMPTY = "[data-testid='stMarkdownContainer'] p"
MEGABITS, ONE_WAY_S = 10, 0.02
ROUNDS = 5
BARS: dict[bool, dict[str, tuple[Bar, ...]]] = {
    False: {DASH: (at_most(0.75),), EMPTY: (at_most(2),)},
    True: {SMALL_DASH: (at_most(0.6),), EMPTY: (at_most(2),)},
}


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    """One row for each other app and link."""
    pack()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = share_figure(Path(folder))
        apps = {OURS: stack.enter_context(replica())}
        for name, peer in (
            (EMPTY, serve_streamlit("empty.py", environment)),
            (PLAIN, serve_streamlit("plain_streamlit.py", environment)),
            (DASH, serve_dash(environment)),
            (SMALL_DASH, serve_dash({**environment, "COMPRESS": "1"})),
        ):
            apps[name] = stack.enter_context(peer)
        return [
            row
            for is_narrow in (False, True)
            for row in _compared(apps, is_narrow=is_narrow, rounds=rounds)
        ]


def _compared(apps: dict[str, Running], *, is_narrow: bool, rounds: int) -> list[Row]:
    with ExitStack() as stack:
        ports = {name: app.port for name, app in apps.items()}
        if is_narrow:
            ports = {
                name: stack.enter_context(link(port, megabits=MEGABITS, one_way_s=ONE_WAY_S)).port
                for name, port in ports.items()
            }
        browser = stack.enter_context(chromium())
        taken = medians(browser, _pages(ports), rounds=rounds)
    way = f"{MEGABITS} Mbit/s, {ONE_WAY_S * 2000:.0f} ms" if is_narrow else "no link"
    found = [
        Row(
            what=f"first map, {way} (floor: {name})",
            ours=taken[OURS],
            floor=taken[name],
            unit="s",
            bars=BARS[is_narrow].get(name, ()),
        )
        for name in apps
        if name != OURS
    ]
    floor = SMALL_DASH if is_narrow else DASH
    whole = Row(
        what=f"  its controls, too, {way} (floor: {floor})",
        ours=taken[WHOLE],
        floor=taken[floor],
        unit="s",
    )
    return [*found, whole]


def _pages(ports: dict[str, int]) -> dict[str, tuple[str, str]]:
    """Address and sign of each app."""
    found = {
        name: (
            f"http://127.0.0.1:{port}/{'alliance_map' if name == OURS else ''}",
            SIGN_OF_EMPTY if name == EMPTY else MAP,
        )
        for name, port in ports.items()
    }
    return {**found, WHOLE: (found[OURS][0], SIGN_OF_WHOLE)}
