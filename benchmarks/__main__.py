"""`python -m benchmarks`: one table of figures, each with its floor and the bar it should keep."""

import argparse
import statistics
import sys
import time
import traceback
from collections.abc import Callable, Sequence

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
    visits,
    wire,
)
from benchmarks.table import Row, as_text

SECTIONS: dict[str, Callable[[], Sequence[Row]]] = {
    "starting": starting.rows,
    "reruns": reruns.rows,
    "sizes": sizes.rows,
    "exports": exports.rows,
    "routes": routes.rows,
    "valuation": valuation.rows,
    "visits": visits.rows,
    "wire": wire.rows,
    "messages": sessions.messages,
    "memory": sessions.memory,
    "crowd": crowd.rows,
    "static": static.rows,
}
ABOUT = (
    "Measure, and print one table. A run of everything is written to benchmarks/RESULTS.md; every "
    "run adds a line to benchmarks/history.jsonl. A bar that is missed is marked and is no failure."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write down; 1 when a section could not be measured."""
    chosen = _chosen(arguments)
    about, busy = record.circumstances(), list[float]()
    found = {name: _measured(name, busy) for name in chosen}
    about["busy"] = round(statistics.mean(busy), 2)
    rows = [row for part in found.values() for row in part or ()]
    if rows:
        print(as_text(rows))
        record.add_line(rows, about, chosen)
    is_whole = None not in found.values()
    if is_whole and set(chosen) == set(SECTIONS):
        record.write_page(rows, about)
    return 0 if is_whole else 1


def _chosen(arguments: Sequence[str] | None) -> list[str]:
    """Names of the sections that were asked for, each once."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=ABOUT)
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="NAME",
        choices=SECTIONS,
        default=list(SECTIONS),
        help=f"these sections: {', '.join(SECTIONS)}",
    )
    return list(dict.fromkeys(parser.parse_args(arguments).only))


def _measured(name: str, busy: list[float]) -> list[Row] | None:
    """The rows of a section, or None: one that breaks must not take the others with it.

    Args:
        name: Which section.
        busy: Gets how many cores other work kept busy before and after it.
    """
    busy.append(record.busy_cores())
    started = time.perf_counter()
    try:
        return list(SECTIONS[name]())
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
