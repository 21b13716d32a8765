"""Record what a reader sees and takes away, and compare two such records.

    python -m tools.snapshot record OUT      serve the app, visit every page and mode, save it all
    python -m tools.snapshot compare A B     list what differs between two records

A record holds, for each view: a picture at three window sizes, the text of the page, and the data
and layout of each chart; then the files that a reader can download and the exports of the command
line. Two records of one version are alike but for what this prints.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from tools.browsing import QUIET, WAIT_MS, draw_all, open_browser, visit
from tools.serving import serve_app

SIZES = {"1920x1080": (1920, 1080), "1280x720": (1280, 720), "390x844": (390, 844)}
VIEWS = {
    "home": "/",
    "home-document": "/?lens=document",
    "home-2025-04-10": "/?at=2025-04-10",
    "map": "/alliance_map",
    "map-since": "/alliance_map?since=2025-04-10&lens=record",
    "map-matrix": "/alliance_map?show=matrix",
    "map-table": "/alliance_map?show=table",
    "map-tie": "/alliance_map?pick=tur-pak-defence&borders=india",
    "map-corridors": "/alliance_map?frame=corridors&actor=all",
    "timeline": "/timeline",
    "timeline-visits": "/timeline?zoom=visits&pick=e036",
    "timeline-tempo": "/timeline?show=tempo",
    "timeline-list": "/timeline?show=list&lens=document",
    "routes": "/trade_routes",
    "routes-2025-04-10": "/trade_routes?at=2025-04-10",
    "routes-veto": "/trade_routes?veto=AZE.TUR",
    "routes-ways": "/trade_routes?show=ways",
    "routes-ways-veto": "/trade_routes?show=ways&veto=AZE&by=cost",
    "routes-leverage": "/trade_routes?show=leverage",
    "routes-weights": "/trade_routes?show=weights",
    "routes-benchmarks": "/trade_routes?show=benchmarks",
    "routes-document": "/trade_routes?lens=document",
    "claims": "/claims",
    "claims-one": "/claims?pick=c31",
    "claims-scoreboard": "/claims?show=scoreboard",
    "claims-sources": "/claims?show=sources",
    "data": "/data",
    "data-changes": "/data?old=1.0.0&rows=claims",
}
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(
  drawn => ({data: drawn.data, layout: drawn.layout}))"""
TALL = "() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight + 120"
TALLEST = 12_000
DOWNLOADS = {
    "/timeline": {
        "timeline.ics": ".st-key-timeline-ics button",
        "timeline.csv": ".st-key-timeline-csv button",
    },
    "/alliance_map": {
        "map.csv": ".st-key-csv-alliance-map button",
        "map.geojson": ".st-key-geojson-alliance-map button",
    },
    "/trade_routes": {
        "routes.csv": ".st-key-csv-corridor-map button",
        "routes.geojson": ".st-key-geojson-corridor-map button",
    },
}
EXPORTS = {
    "briefing.html": ("html",),
    "briefing.pptx": ("pptx",),
    "site": ("site",),
}


def record(out: Path) -> int:
    """Save everything under `out`; 0 when done."""
    out.mkdir(parents=True)
    export(out / "exports")
    with serve_app() as server:
        visit_all(server, out)
    return 0


def visit_all(server: str, out: Path) -> None:
    """Every view at every size, and the downloads."""
    with open_browser() as browser:
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(WAIT_MS)
            for name, path in {**VIEWS, **scenes(page, server)}.items():
                page.set_viewport_size({"width": width, "height": height})
                visit(page, f"{server}{path}")
                draw_all(page)
                folder = out / name
                folder.mkdir(exist_ok=True)
                page.screenshot(path=folder / f"{size}-first.png")
                page.set_viewport_size(
                    {"width": width, "height": min(max(page.evaluate(TALL), height), TALLEST)}
                )
                page.wait_for_function(QUIET)
                page.screenshot(path=folder / f"{size}.png")
                if size == "1280x720":
                    (folder / "text.txt").write_text(page.inner_text("body"), encoding="utf-8")
                    figures = json.dumps(page.evaluate(FIGURES), indent=1, sort_keys=True)
                    (folder / "figures.json").write_text(figures, encoding="utf-8")
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        for path, wanted in DOWNLOADS.items():
            visit(page, f"{server}{path}")
            draw_all(page)
            for key in {s.split("-", 3)[3].split(" ")[0] for s in wanted.values() if "csv-" in s}:
                page.click(f".st-key-download-{key} button")
            for name, selector in wanted.items():
                with page.expect_download() as saving:
                    page.click(selector)
                (out / "exports" / name).write_bytes(Path(saving.value.path()).read_bytes())


def scenes(page: Page, server: str) -> dict[str, str]:
    """Scenes of the presenter, by the order of the dataset in use."""
    lines = Path("data/scenes.csv").read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.split(",")[0] for line in lines if re.match(r"[a-z0-9-]+,\d+,", line)]
    return {f"scene-{name}": f"/?present=1&scene={name}" for name in ids}


def export(folder: Path) -> None:
    """What the command line writes."""
    folder.mkdir(parents=True)
    for name, words in EXPORTS.items():
        subprocess.run(
            [sys.executable, "-m", "entente", "export", *words, str(folder / name)], check=True
        )


def compare(before: Path, after: Path) -> int:
    """Print what differs; the number of differences."""
    files = [
        {str(path.relative_to(base)): path for path in base.rglob("*") if path.is_file()}
        for base in (before, after)
    ]
    names, count = sorted(files[0].keys() | files[1].keys()), 0
    for name in names:
        said = difference(*(found.get(name) for found in files))
        if said:
            count += 1
            print(f"{name}: {said}")
    print(f"{len(names)} files, {count} differ")
    return count


def difference(one: Path | None, two: Path | None) -> str:
    """How two files differ, in a few words; empty when it is of no account."""
    if one is None or two is None:
        return "only before" if one else "only after"
    contents = [path.read_bytes() for path in (one, two)]
    if contents[0] == contents[1]:
        return ""
    if one.suffix == ".png":
        return picture_difference(one, two)
    if one.suffix in (".zip", ".pptx"):
        return archive_difference(*contents)
    if one.suffix in (".txt", ".csv", ".ics", ".json", ".geojson"):
        old, new = (set(content.splitlines()) for content in contents)
        return f"{len(old - new)} lines gone, {len(new - old)} new"
    return f"{len(contents[0])} and {len(contents[1])} bytes"


def picture_difference(one: Path, two: Path) -> str:
    """Size or share of pixels that differ visibly."""
    with Image.open(one) as a, Image.open(two) as b:
        if a.size != b.size:
            return f"size {a.size} and {b.size}"
        changed = ImageChops.difference(a.convert("L"), b.convert("L")).point(
            lambda v: 255 * (v > 24)
        )
        share = sum(changed.histogram()[255:]) / (a.size[0] * a.size[1])
        box = changed.getbbox()
    return f"{share:.3%} of pixels, within {box}" if box else ""


def archive_difference(one: bytes, two: bytes) -> str:
    """Members that differ."""
    with zipfile.ZipFile(io.BytesIO(one)) as a, zipfile.ZipFile(io.BytesIO(two)) as b:
        names = {*a.namelist(), *b.namelist()}
        both = {*a.namelist()} & {*b.namelist()}
        differ = sorted(n for n in names if n not in both or a.read(n) != b.read(n))
    return f"{len(differ)} of {len(names)} members: {', '.join(differ[:6])}"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    recording = commands.add_parser("record")
    recording.add_argument("out", type=Path)
    recording.set_defaults(run=lambda asked: record(asked.out))
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.set_defaults(run=lambda asked: compare(asked.before, asked.after))
    asked = parser.parse_args()
    raise SystemExit(bool(asked.run(asked)))


main()
