"""`python -m benchmarks`: one table of figures, each with its floor and the bar it should keep."""

import argparse
import statistics
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from inspect import signature
from itertools import chain

from benchmarks import (
    crowd,
    exports,
    record,
    reruns,
    routes,
    sessions,
    sizes,
    starting,
    static,
    valuation,
)
from benchmarks.browser import clicks, edition, visits, wire
from benchmarks.table import Row, as_text

SECTIONS: dict[str, Callable[..., Sequence[Row]]] = {
    "starting": starting.rows,
    "reruns": reruns.rows,
    "sizes": sizes.rows,
    "exports": exports.rows,
    "routes": routes.rows,
    "valuation": valuation.rows,
    "first-map": visits.rows,
    "edition": edition.rows,
    "wire": wire.rows,
    **{f"click-{kind}": partial(clicks.rows, kind) for kind in clicks.KINDS},
    "messages": sessions.messages,
    "memory": sessions.memory,
    "crowd": crowd.rows,
    "static": static.rows,
}
# What belongs together can be asked for together.
GROUPS = {
    "clicks": [name for name in SECTIONS if name.startswith("click-")],
    "visits": ["first-map", "edition", "wire"],
}
ABOUT = (
    "Measure, and print one table. A run of everything is written to benchmarks/RESULTS.md; every "
    "run adds a line to benchmarks/history.jsonl. A bar that is missed is marked and is no failure."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write down; 1 when a section could not be measured."""
    asked = _parse(arguments)
    chosen = _choose(asked.names)
    about, busy = record.circumstances(), list[float]()
    found = {name: _measured(name, busy, rounds=asked.rounds) for name in chosen}
    about["busy"] = round(statistics.mean(busy), 2)
    rows = [row for part in found.values() for row in part or ()]
    if rows:
        record.add_line(rows, about, chosen)
    is_whole = None not in found.values()
    if is_whole and set(chosen) == set(SECTIONS) and not asked.rounds:
        record.write_page(rows, about)
    return 0 if is_whole else 1


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=ABOUT)
    groups = "; ".join(f"{name} for {', '.join(parts)}" for name, parts in GROUPS.items())
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"these sections, all when none is named: {', '.join(SECTIONS)}; {groups}",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        metavar="N",
        help="rounds in a browser and of exports, in place of five: fewer are quicker and noisier",
    )
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in {*SECTIONS, *GROUPS}]:
        parser.error(f"no such section: {', '.join(unknown)}")
    if asked.rounds is not None and asked.rounds < 1:
        parser.error("at least one round")
    return asked


def _choose(names: Sequence[str]) -> list[str]:
    """Sections by name or by the name of their group, each once; all when none is named."""
    parts = [GROUPS.get(name, [name]) for name in names] or [list(SECTIONS)]
    return list(dict.fromkeys(chain.from_iterable(parts)))


def _measured(name: str, busy: list[float], *, rounds: int | None) -> list[Row] | None:
    """The rows of a section, or None: one that breaks must not take the others with it.

    Args:
        name: Which section.
        busy: Gets how many cores other work kept busy before and after it.
        rounds: How often a section in rounds goes round; its own number when None.
    """
    section = SECTIONS[name]
    options = {"rounds": rounds} if rounds and "rounds" in signature(section).parameters else {}
    busy.append(record.busy_cores())
    started = time.perf_counter()
    try:
        rows = list(section(**options))
        print(as_text(rows), flush=True)
        return rows
    except Exception:
        traceback.print_exc()
        return None
    finally:
        took = time.perf_counter() - started
        busy.append(record.busy_cores())
        others = " and ".join(f"{cores:.1f}" for cores in busy[-2:])
        said = f"{took:.0f} s; others kept {others} cores busy before and after it"
        print(f"{name}: {said}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
