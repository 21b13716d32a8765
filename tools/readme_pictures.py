"""`python -m tools.readme_pictures`: the pictures of README.md, taken from the running app.

Three pages and the presenter, in the light appearance, as WebP below `docs/pictures`. Beside them
`shown.json` says what each shows: its address, its title, and a digest of its figures as they are
declared. Tests compare that with what the app would show now (`tests/docs`); when they differ, run
this again, or `make pictures`.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from entente.address.views import scenes
from entente.briefing.scenes import make_scene, make_scene_of_address
from entente.dossier.store import Dossier, read_dossier
from entente.settings import HOME
from tools.browsing import WAIT_MS, open_browser, settle, visit
from tools.serving import serve_app

FOLDER = HOME / "docs" / "pictures"
RECORD = "shown.json"
PAGES = {"map": "alliance_map", "timeline": "timeline", "routes": "trade_routes"}
PRESENTER = "presenter"
PAGE_SIZE, ROOM_SIZE = (1440, 900), (1280, 720)
SHRUNK = (800, 450)  # the moving picture
SCENE_MS = 2500
DIGITS = 16
Shown = dict[str, dict[str, str]]


def describe_pictures(dossier: Dossier) -> dict[str, Shown]:
    """What each picture shows of a dossier: address to its title and a digest of its figures."""
    pages = {
        name: {address: _describe(*_read_page(dossier, address))} for name, address in PAGES.items()
    }
    briefing = {
        f"?present=1&scene={name}": _describe(scene.title, [one.room_text for one in scene.room])
        for name in scenes(dossier)
        if (scene := make_scene(dossier, name))
    }
    return {**pages, PRESENTER: briefing}


def _read_page(dossier: Dossier, address: str) -> tuple[str, list[str]]:
    scene = make_scene_of_address(dossier, address)
    return scene.title, [panel.figure_text for panel in scene.content.panels]


def _describe(title: str, figures: Sequence[str]) -> dict[str, str]:
    digest = hashlib.sha256("\n".join(figures).encode()).hexdigest()[:DIGITS]
    return {"title": title, "figures": digest}


def draw_pictures(dossier: Dossier, folder: Path) -> Iterator[Path]:
    """Take all pictures and write what they show; gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = describe_pictures(dossier)
    with serve_app() as server, open_browser() as browser:
        for name, address in PAGES.items():
            yield _take_page(browser, f"{server}/{address}", folder / f"{name}.webp")
        addresses = [f"{server}/{address}" for address in shown[PRESENTER]]
        yield _take_briefing(browser, addresses, folder / f"{PRESENTER}.webp")
    record = folder / RECORD
    record.write_text(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    yield record


def _open(browser: Browser, size: tuple[int, int]) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light",
        reduced_motion="reduce",
    )
    page.set_default_timeout(WAIT_MS)
    return page


def _take(page: Page) -> Image.Image:
    """The window as a picture, with nothing pointed at and no focus."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _take_page(browser: Browser, address: str, target: Path) -> Path:
    page = _open(browser, PAGE_SIZE)
    visit(page, address)
    _take(page).save(target, quality=80, method=6)
    page.close()
    return target


def _take_briefing(browser: Browser, addresses: Sequence[str], target: Path) -> Path:
    """All scenes one after another, by the key of the presenter."""
    page = _open(browser, ROOM_SIZE)
    visit(page, addresses[0])
    frames = [_take(page)]
    for address in addresses[1:]:
        page.keyboard.press("ArrowRight")
        page.wait_for_url(f"{address}*")
        settle(page)
        frames.append(_take(page))
    page.close()
    small = [frame.resize(SHRUNK, Image.Resampling.LANCZOS) for frame in frames]
    small[0].save(
        target,
        save_all=True,
        append_images=small[1:],
        duration=SCENE_MS,
        loop=0,
        quality=80,
        method=6,
    )
    return target


def main() -> None:
    """Take them all, and say which and how large."""
    for path in draw_pictures(read_dossier(HOME / "data"), FOLDER):
        print(f"{path.relative_to(HOME)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
