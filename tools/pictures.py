"""`python -m tools.pictures`: fonts, pictures of previews, and icons, for when the look changes.

Pictures are drawn from the data as SVG and turned into PNG by Chromium. One a page, 1200 × 630,
light, with the page’s motif on the right; nothing on them goes stale but by a change of data.
"""

import base64
import html
import json
import math
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyproj import Transformer

from entente.address.pages import PAGES, Page
from entente.build.basemap import read_layer
from entente.dossier.store import Dossier, data_folder, read_dossier
from entente.record.evidence import find_verdicts
from entente.settings import HOME, STREAMLIT_FILES
from entente.style.palette import LIGHT, SANS, SERIF, palette_for
from tools.fonts import build_fonts

WIDTH, HEIGHT = 1200, 630
LEFT = 560  # where the motif begins
CENTRE = (56.0, 36.0)
METRES_A_PIXEL = 7600
Draw = Callable[[Dossier, Path], str]
Point = tuple[float, float]
Place = Callable[[float, float], Point]

PAGE = (Path(__file__).parent / "card.html").read_text(encoding="utf-8")
ICON_PAGE = "<!DOCTYPE html><style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{icon}"


def build_cards(dossier: Dossier, assets: Path) -> Iterator[Path]:
    """Draw all cards and icons below the folder of assets; gives their paths."""
    (assets / "cards").mkdir(exist_ok=True)
    for page in PAGES:
        target = assets / "cards" / f"{page.code}.png"
        _photograph(_card(page, dossier, assets), target, width=WIDTH, height=HEIGHT)
        yield target
    icon = (assets / "icon.svg").read_text(encoding="utf-8")
    for size in (32, 180, 192, 512):
        target = assets / f"icon-{size}.png"
        _photograph(ICON_PAGE.format(size=size, icon=icon), target, width=size, height=size)
        yield target


def _card(page: Page, dossier: Dossier, assets: Path) -> str:
    (sans,) = (STREAMLIT_FILES / "static" / "media").glob("SourceSansVF-Upright.*.woff2")
    words = dossier.document.pages[page.code]
    return PAGE.format(
        serif=_encoded(assets / "fonts" / "entente-serif.woff2"),
        sans_data=_encoded(sans),
        width=WIDTH,
        height=HEIGHT,
        paper=LIGHT.paper,
        ink=LIGHT.ink,
        muted=LIGHT.muted,
        sans=SANS,
        serif_family=SERIF,
        art=_art(ART[page.code](dossier, assets)),
        icon=(assets / "icon.svg").read_text(encoding="utf-8"),
        title=html.escape(words.card_title),
        line=html.escape(words.card_line),
    )


def _encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _art(inner: str) -> str:
    return (
        f'<svg class="art" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<defs><linearGradient id="g"><stop offset="0" stop-color="{LIGHT.paper}"/>'
        f'<stop offset="1" stop-color="{LIGHT.paper}" stop-opacity="0"/></linearGradient></defs>'
        f"{inner}</svg>"
    )


# Maps -----------------------------------------------------------------------------------------


def _parts(shape: Any) -> list[Any]:
    return list(getattr(shape, "geoms", [shape]))


def _projection() -> Place:
    """Degrees to pixels: equal areas around the middle of the story."""
    name = f"+proj=laea +lon_0={CENTRE[0]} +lat_0={CENTRE[1]}"
    turn = Transformer.from_crs("EPSG:4326", name, always_xy=True).transform

    def placed(lon: float, lat: float) -> Point:
        east, north = turn(lon, lat)
        return 840 + east / METRES_A_PIXEL, 330 - north / METRES_A_PIXEL

    return placed


def _land(dossier: Dossier, assets: Path) -> str:
    """Countries in grey, the principals in their hues, tinted."""
    hues = palette_for(dossier.document, LIGHT.name).actors
    principals = {actor: hues[actor] for actor in dossier.document.principals if actor in hues}
    topology = json.loads((assets / "topojson" / "world_50m.json").read_text(encoding="utf-8"))
    placed, shapes = _projection(), []
    for country, outline in read_layer(topology, name="countries"):
        rings = (ring for part in _parts(outline) for ring in (part.exterior, *part.interiors))
        path = " ".join(f"M{_pairs([placed(*point) for point in ring.coords])}Z" for ring in rings)
        hue = principals.get(country.get("id", ""), LIGHT.land)
        tint = ' fill-opacity="0.38"' if country.get("id") in principals else ""
        shapes.append(f'<path d="{path}" fill="{hue}"{tint}/>')
    edge = f'stroke="{LIGHT.paper}" stroke-width="1" fill-rule="evenodd"'
    fade = f'<rect x="0" width="{LEFT - 60}" height="{HEIGHT}" fill="{LIGHT.paper}"/>'
    soft = f'<rect x="{LEFT - 61}" width="220" height="{HEIGHT}" fill="url(#g)"/>'
    sea = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LIGHT.sea}"/>'
    return f"{sea}<g {edge}>{''.join(shapes)}</g>{fade}{soft}"


def _pairs(points: list[Point]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in points if math.isfinite(x + y))


def _ties(dossier: Dossier, assets: Path) -> str:
    """Ties as arcs by theme, with a point in its hue for each actor that has one."""
    placed = _projection()
    seats = {row.actor_id: placed(row.lon, row.lat) for row in dossier["actors"].itertuples()}
    arcs = [
        _arc(seats[row.from_actor_id], seats[row.to_actor_id], LIGHT.themes[row.theme_code])
        for row in dossier["ties"].itertuples()
        if row.from_actor_id in seats and row.to_actor_id in seats
    ]
    others = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LIGHT.other_actor}"/>'
        for actor, (x, y) in seats.items()
        if x > LEFT
    )
    dots = others + "".join(
        f'<circle cx="{seats[actor][0]:.1f}" cy="{seats[actor][1]:.1f}" r="9" fill="{hue}" '
        f'stroke="{LIGHT.paper}" stroke-width="3"/>'
        for actor, hue in palette_for(dossier.document, LIGHT.name).actors.items()
    )
    return f'{_land(dossier, assets)}<g fill="none" stroke-width="2.6">{"".join(arcs)}</g>{dots}'


def _arc(start: Point, end: Point, hue: str) -> str:
    (x, y), (u, v) = start, end
    lift = 0.22 * math.hypot(u - x, v - y)
    middle = f"{(x + u) / 2:.1f},{(y + v) / 2 - lift:.1f}"
    if min(x, u) < LEFT or max(x, u) > WIDTH:
        return ""
    return f'<path d="M{x:.1f},{y:.1f}Q{middle} {u:.1f},{v:.1f}" stroke="{hue}" opacity=".75"/>'


def _ways(dossier: Dossier, assets: Path) -> str:
    """Every leg on the map, by mode."""
    placed = _projection()
    modes = dict(zip(dossier["legs"]["leg_id"], dossier["legs"]["mode_code"], strict=True))
    drawn = []
    for row in dossier.leg_lines.itertuples():
        points = [placed(*point[:2]) for part in _parts(row.geometry) for point in part.coords]
        hue = LIGHT.modes.get(modes.get(row.leg_id, ""), LIGHT.muted)
        if min(x for x, _ in points) > LEFT + 10:
            drawn.append(f'<path d="M{_pairs(points)}" stroke="{hue}"/>')
    style = 'fill="none" stroke-width="2.8" stroke-linejoin="round"'
    return f"{_land(dossier, assets)}<g {style}>{''.join(drawn)}</g>"


# Charts ---------------------------------------------------------------------------------------


def _score(dossier: Dossier, assets: Path) -> str:
    """Every claim as one mark, by verdict."""
    counts = find_verdicts(dossier["assessments"], dossier.horizon)["verdict_code"].value_counts()
    rows = [(code, int(counts[code])) for code in LIGHT.verdicts if counts.get(code, 0)]
    step, top = 74, (HEIGHT - 74 * len(rows)) / 2 + 10
    return "".join(
        f'<rect x="{620 + 21.5 * n:.1f}" y="{top + step * line:.1f}" width="17" height="54" '
        f'fill="{LIGHT.verdicts[code]}"/>'
        for line, (code, count) in enumerate(rows)
        for n in range(count)
    )


def _ledger(dossier: Dossier, assets: Path) -> str:
    """Claims as lines of a ledger, as long as their words, each with its verdict."""
    verdicts = find_verdicts(dossier["assessments"], dossier.horizon)
    hue = dict(zip(verdicts["claim_id"], verdicts["verdict_code"], strict=True))
    rows = []
    for n, row in enumerate(dossier["claims"].head(36).itertuples()):
        x, y = 620 + 275 * (n // 18), 58 + 29.5 * (n % 18)
        width = min(210, 60 + len(row.claim))
        colour = LIGHT.verdicts.get(hue.get(row.claim_id, ""), LIGHT.muted)
        rows.append(
            f'<rect x="{x}" y="{y:.1f}" width="14" height="14" fill="{colour}"/>'
            f'<rect x="{x + 26}" y="{y + 2:.1f}" width="{width}" height="10" rx="2" '
            f'fill="{LIGHT.rule}"/>'
        )
    return "".join(rows)


def _lanes(dossier: Dossier, assets: Path) -> str:
    """Events of the last years in lanes by theme."""
    themes = [code for code in LIGHT.themes if (dossier["events"]["theme_code"] == code).any()]
    step = min(70, 520 / len(themes))
    top = (HEIGHT - step * (len(themes) - 1)) / 2
    lines = "".join(
        f'<path d="M620,{top + step * n:.1f}H1150" stroke="{LIGHT.rule}" stroke-width="2"/>'
        for n in range(len(themes))
    )
    marks = []
    for row in dossier["events"].itertuples():
        year = _year(str(row.date_edtf))
        if year is None or not 2017 <= year <= 2027:
            continue
        x = 620 + 530 * (year - 2017) / 10
        marks.append(
            f'<circle cx="{x:.1f}" cy="{top + step * themes.index(row.theme_code):.1f}" r="9" '
            f'fill="{LIGHT.themes[row.theme_code]}" fill-opacity=".82"/>'
        )
    return lines + "".join(marks)


def _year(date: str) -> float | None:
    """The beginning of a date as a year with its fraction."""
    parts = date.partition("/")[0].rstrip("?~%").split("-")
    if not parts[0].isdigit():
        return None
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() and int(parts[1]) <= 12 else 6
    return int(parts[0]) + (month - 0.5) / 12


def _tables(dossier: Dossier, assets: Path) -> str:
    """Tables as stacks, as tall as they have rows, the tallest left."""
    sizes = sorted((len(table) for table in dossier.tables.values()), reverse=True)[:14]
    return (
        "".join(
            f'<rect x="{622 + 39 * n}" y="{560 - 470 * math.sqrt(size / sizes[0]):.1f}" width="28" '
            f'height="{470 * math.sqrt(size / sizes[0]):.1f}" fill="{LIGHT.accent}" '
            f'fill-opacity="{0.95 - 0.05 * n:.2f}"/>'
            for n, size in enumerate(sizes)
        )
        + f'<path d="M612,560H1150" stroke="{LIGHT.ink}" stroke-width="2"/>'
    )


ART: dict[str, Draw] = {
    "briefing": _score,
    "alliance_map": _ties,
    "timeline": _lanes,
    "trade_routes": _ways,
    "claims": _ledger,
    "data": _tables,
}


def _photograph(page: str, target: Path, *, width: int, height: int) -> None:
    """Let Chromium draw a page and keep the picture.

    Raises:
        FileNotFoundError: there is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("the cards are drawn by Chromium: apt-get install chromium")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        flags = [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--default-background-color=00000000", "--force-device-scale-factor=1",
            f"--user-data-dir={folder}/profile", f"--screenshot={target}",
            f"--window-size={width},{height}", "--virtual-time-budget=3000",
        ]  # fmt: skip
        subprocess.run([chromium, *flags, source.as_uri()], check=True, capture_output=True)
    _quantise(target, flat=width > 600)


def _quantise(picture: Path, *, flat: bool) -> None:
    """Fewer colours, a third of the bytes."""
    from PIL import Image

    image = Image.open(picture).convert("RGB" if flat else "RGBA")
    fewer = image.quantize(192, dither=Image.Dither.NONE) if flat else image
    fewer.save(picture, optimize=True)


def main() -> None:
    """Build all of them, and say which."""
    assets = HOME / "assets"
    fonts = build_fonts(assets, (HOME / "entente", HOME / "pages"))
    for path in (*fonts, *build_cards(read_dossier(data_folder()), assets)):
        print(path.relative_to(HOME))


if __name__ == "__main__":
    main()
