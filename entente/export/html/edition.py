"""The whole briefing as pages that need no server: one file for a stick, or a folder for a host."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from entente.content import Scene
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.export.files.citation import citation
from entente.export.files.writing import plain
from entente.export.html.parts import json_block, ledger_rows, scene_parts
from entente.export.html.policy import policy
from entente.export.html.style import inside, style
from entente.settings import HOME
from entente.style.theme import CONFIG

OUTLINES = HOME / "assets" / "topojson" / "world_50m.json"
PICTURES = HOME / "assets" / "pictures.js"
SCRIPT = Path(__file__).parent / "templates" / "edition.js"
# What the browser is told about every figure: nothing is uploaded, nothing is asked for.
EDITION_CONFIG = {
    **{name: value for name, value in CONFIG.items() if name != "topojsonURL"},
    "displayModeBar": False,
}
INDEX, NOT_FOUND, ROBOTS = "index.html", "404.html", "robots.txt"
BESIDE, DIGEST_IN_NAME = "assets", 10
# Plotly adds a style sheet for a kind of map that we do not draw, unless an element with its id
# stands there already. The policy would refuse it, so an empty one stands there.
_UNWANTED_STYLE = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """What every page carries: scripts in the order in which they run, and what stands in the way.

    Attributes:
        scripts: Outlines, Plotly, and our own.
        placeholders: Ids of style sheets that Plotly must believe to be there.
    """

    scripts: tuple[str, ...]
    placeholders: tuple[str, ...]


def briefing_html(scenes: Sequence[Scene], *, dossier: Dossier, base_url: str = "") -> bytes:
    """The briefing as one file that works from a stick, with no network.

    Args:
        scenes: What to show, in order; at least one.
        dossier: Where sources, claims and versions are looked up.
        base_url: Address of the app for permalinks; empty for relative ones, which are left out.
    """
    scripts, sheet = _blocks().scripts, _style_inside()
    head: dict[str, Any] = {
        "policy": policy(scripts=scripts, styles=(sheet,)),
        "style": sheet,
        "scripts": scripts,
        "style_file": "",
        "script_files": (),
    }
    return _page(scenes, dossier=dossier, base_url=base_url, **head)


def site_files(
    scenes: Sequence[Scene], *, dossier: Dossier, base_url: str = "", site_url: str = ""
) -> dict[str, bytes]:
    """The briefing as a folder for any static host: file name to content.

    Style, scripts and fonts are files of their own whose names hold their digest, so that a host
    may let browsers keep them for good.

    Args:
        scenes: What to show, in order; at least one.
        dossier: Where sources, claims and versions are looked up.
        base_url: Address of the app for permalinks.
        site_url: Address at which the folder will stand, for the head of the page, and for the
            links of the page that says that nothing is there; the top of its host if empty.
    """
    files = _beside()
    sheet = next(name for name in files if name.endswith(".css"))
    own = policy(own=True)
    page = _page(
        scenes,
        dossier=dossier,
        base_url=base_url,
        site_url=site_url,
        policy=own,
        style="",
        scripts=(),
        style_file=sheet,
        script_files=tuple(name for name in files if name.endswith(".js")),
    )
    top = urlsplit(site_url).path.rstrip("/") + "/"
    lost = _environment().get_template("lost.html").render(policy=own, style=sheet, top=top)
    return {
        INDEX: page,
        NOT_FOUND: lost.encode("utf-8"),
        ROBOTS: b"User-agent: *\nAllow: /\n",
        **files,
    }


def _page(
    scenes: Sequence[Scene],
    *,
    dossier: Dossier,
    base_url: str,
    site_url: str = "",
    **head: Any,
) -> bytes:
    about = dossier["dataset"].iloc[0].to_dict()
    template = _environment().get_template("edition.html")
    html = template.render(
        **head,
        placeholders=_blocks().placeholders,
        site_url=site_url.rstrip("/"),
        has_links=bool(base_url),
        about=about,
        document=dossier.document,
        published=day_in_words(dossier.document.day),
        released=in_words(about["released_edtf"]),
        newest=day_in_words(dossier.horizon),
        digest=dossier.digest,
        citation=citation(dossier),
        borders=dossier.document.text("borders-statement"),
        scenes=[scene_parts(scene, dossier, base_url=base_url) for scene in scenes],
        claims=ledger_rows(dossier),
        verdicts=dossier.labels("assessment_verdicts"),
        kinds=dossier.labels("claim_kinds"),
    )
    return html.encode("utf-8")


@cache
def _blocks() -> Blocks:
    outlines = OUTLINES.read_text(encoding="utf-8").strip()
    geo = (
        f'window.PlotlyGeoAssets={{"topojson":{{"world_50m":{json_block(json.loads(outlines))}}}}};'
    )
    settings = f"window.ENTENTE_CONFIG={json_block(EDITION_CONFIG)};"
    # The vendor's address of its upload service is data that our settings switch off.
    plotly = get_plotlyjs().replace("</script", "<\\/script")
    own = PICTURES.read_text(encoding="utf-8") + SCRIPT.read_text(encoding="utf-8")
    return Blocks(
        scripts=(geo + settings, plotly, own),
        placeholders=tuple(dict.fromkeys(_UNWANTED_STYLE.findall(plotly))),
    )


@cache
def _style_inside() -> str:
    return style(address=inside)


@cache
def _beside() -> dict[str, bytes]:
    """The files beside the pages, in the order in which scripts run: name to content."""
    fonts: dict[str, bytes] = {}

    def address(family: str, file: bytes) -> str:
        name = _named(family.lower().replace(" ", "-"), "woff2", file)
        fonts[name] = file
        return name.removeprefix(f"{BESIDE}/")

    sheet = style(address=address).encode("utf-8")
    scripts = [text.encode("utf-8") for text in _blocks().scripts]
    stems = ("outlines", "plotly", "edition")
    named = {_named(*part): part[2] for part in zip(stems, ("js",) * 3, scripts, strict=True)}
    return {_named("edition", "css", sheet): sheet, **named, **fonts}


def _named(stem: str, ending: str, content: bytes) -> str:
    return f"{BESIDE}/{stem}.{hashlib.sha256(content).hexdigest()[:DIGEST_IN_NAME]}.{ending}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("entente.export.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: Any) -> Any:
    """Values as they go into the page: text without characters that no page can hold."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
