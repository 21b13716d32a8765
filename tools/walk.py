"""Count the modules and functions of Entente that one step of a reader passes through.

    python -m tools.walk             the three walks that the structure is measured by
    python -m tools.walk --list      with the names of the modules

A walk is taken without a browser: the page is run from its address, and every function that is
entered meanwhile is noted. Imports and templates do not count.
"""

import argparse
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from streamlit.testing.v1 import AppTest

from entente.dossier.store import data_folder, read_dossier

ROOT = Path(__file__).resolve().parent.parent
OWN = (f"{ROOT}/entente/", f"{ROOT}/pages/")
PATIENCE = 300


class Trace:
    """Notes the functions of Entente that are entered while it is on."""

    def __init__(self) -> None:
        self.functions: set[tuple[str, str]] = set()

    def __enter__(self) -> "Trace":
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        threading.setprofile(None)
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        is_function = event == "call" and not code.co_name.startswith("<")
        is_function = is_function and code.co_filename.endswith(".py")  # templates are no modules
        if is_function and code.co_filename.startswith(OWN):
            self.functions.add((code.co_filename, code.co_qualname))

    @property
    def modules(self) -> list[str]:
        """Modules entered, by their path below the root."""
        return sorted({str(Path(file).relative_to(ROOT)) for file, _ in self.functions})


def page_at(name: str, **query: str) -> AppTest:
    """The app as a reader finds it at an address; nothing has run yet."""
    app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=PATIENCE)
    app.switch_page(f"{name}.py")
    for key, value in query.items():
        app.query_params[key] = value
    return app


def veto_switched_on() -> Trace:
    """The trade routes, opened with the veto of one actor."""
    actor = busiest_transit_actor()
    with Trace() as trace:
        page_at("trade_routes", veto=actor).run()
    return trace


def map_from_its_address() -> Trace:
    """The alliance map, opened from its address."""
    with Trace() as trace:
        page_at("alliance_map", show="map").run()
    return trace


def timeline_from_its_address() -> Trace:
    """The timeline, opened from its address."""
    with Trace() as trace:
        page_at("timeline").run()
    return trace


def busiest_transit_actor() -> str:
    """The actor that can deny most legs of corridors, by the dataset in use."""
    dossier = read_dossier(data_folder())
    legs = dossier["corridor_legs"].merge(dossier["leg_actors"], on="leg_id")
    return str(legs["actor_id"].value_counts().index[0])


WALKS: dict[str, Callable[[], Trace]] = {
    "a veto switched on": veto_switched_on,
    "the map from its address": map_from_its_address,
    "the timeline from its address": timeline_from_its_address,
}


def main() -> None:
    """Take every walk and print what it passed through."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name the modules")
    asked = parser.parse_args()
    page_at("briefing").run()  # the dataset is read and common parts are made before any walk
    for name, walk in WALKS.items():
        trace = walk()
        print(f"{name}: {len(trace.modules)} modules, {len(trace.functions)} functions")
        if asked.list:
            print("".join(f"  {module}\n" for module in trace.modules), end="")


main()
