"""What a run leaves behind: a page for people and a line for machines."""

import datetime as dt
import json
import os
import platform
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.table import Row, as_markdown

HERE = Path(__file__).resolve().parent
PAGE, HISTORY = HERE / "RESULTS.md", HERE / "history.jsonl"
LOOK_S = 1
OWN = tuple(f":!{path.relative_to(HERE.parent)}" for path in (PAGE, HISTORY))
ABOUT = """\
# What `make bench` measured last

Commit {commit}{dirty}, {date}, {cores} cores, Python {python}. Before and after each section other
work kept {busy} cores busy on average. Machines are noisy: look at ratios, whose floors were
measured in the same run.

"""


def circumstances() -> dict[str, Any]:
    """When and on what a run takes place, asked before it begins."""
    return {
        "date": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _git("rev-parse", "--short", "HEAD") or "unknown",
        # What a run itself writes makes no tree dirty.
        "dirty": bool(_git("status", "--porcelain", "--", ".", *OWN)),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def busy_cores() -> float:
    """How many cores other work keeps busy, while nothing of ours runs."""
    before = _busy_s()
    time.sleep(LOOK_S)  # the span that is looked at: what others do meanwhile is what is measured
    return (_busy_s() - before) / LOOK_S


def _busy_s() -> float:
    """Seconds that all cores have been busy, or were taken by other machines on this host."""
    first = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
    user, nice, system, _idle, _waiting, *others = map(int, first.split()[1:9])
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")


def write_page(rows: Sequence[Row], about: dict[str, Any]) -> None:
    """Overwrite the page with a run of all sections."""
    head = ABOUT.format(**{**about, "dirty": " with changes" if about["dirty"] else ""})
    PAGE.write_text(head + as_markdown(rows), encoding="utf-8")


def add_line(rows: Sequence[Row], about: dict[str, Any], sections: Sequence[str]) -> None:
    """Append a run of some sections to the history."""
    line = {**about, "sections": list(sections), "rows": [row.record() for row in rows]}
    with HISTORY.open("a", encoding="utf-8") as history:
        history.write(json.dumps(line, ensure_ascii=False) + "\n")


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git or no checkout."""
    try:
        found = subprocess.run(
            ["git", "--no-optional-locks", *arguments],
            cwd=HERE.parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()
