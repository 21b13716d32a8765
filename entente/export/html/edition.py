"""The whole briefing as pages that need no server: one file for a stick, or a folder for a host."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from entente.address.pages import link_mark, link_page
from entente.content import Scene
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.element import read_script
from entente.export.files.citation import citation
from entente.export.files.writing import plain
from entente.export.html.parts import json_block, ledger_rows, scene_parts, score_parts
from entente.progress import follow
from entente.record.horizon import Unsettled, describe_horizon
from entente.settings import HOME
from entente.style.bundle import find_bundle
from entente.style.palette import LETTERS, LIGHT, SANS, SANS_LETTERS, SERIF
from entente.style.text import keep_compounds

ASSETS, TEMPLATES = HOME / "assets", Path(__file__).parent / "templates"
# How the rules begin that figures need, of those of the app; each has a line to itself.
OF_FIGURES = (".e-figure", ".e-reach", ".e-plot", ".e-rings", ".e-hand", ".e-told")
INDEX, NOT_FOUND, ROBOTS = "index.html", "404.html", "robots.txt"
BESIDE, DIGEST_IN_NAME = "assets", 10
COLOURS = ("paper", "raised", "ink", "muted", "rule", "accent")
_TEMPLATES = Environment(
    loader=PackageLoader("entente.export.html"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=lambda value: (
        plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
    ),
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["headline"] = keep_compounds


def briefing_html(
    scenes: Sequence[Scene], *, dossier: Dossier, base_url: str = "", made_on: dt.date | None = None
) -> bytes:
    """The briefing as one file that works from a stick, with no network.

    Args:
        scenes: What to show, in order; at least one.
        dossier: Where sources, claims and versions are looked up.
        base_url: Address of the app for permalinks; empty for none.
        made_on: The day of export, for the age of the record; None leaves the age out.
    """
    scripts, style = _read_scripts(), _write_style(_inline_font)
    return _render_page(
        scenes,
        dossier=dossier,
        base_url=base_url,
        made_on=made_on,
        policy=_write_policy(scripts=scripts, styles=(style,)),
        style=style,
        scripts=scripts,
    )


def site_files(
    scenes: Sequence[Scene],
    *,
    dossier: Dossier,
    base_url: str = "",
    site_url: str = "",
    made_on: dt.date | None = None,
) -> dict[str, bytes]:
    """The briefing as a folder for any static host: file name to content.

    Style, scripts and fonts are files of their own whose names hold their digest, so that a host
    may let browsers keep them for good.

    Args:
        scenes: What to show, in order; at least one.
        dossier: Where sources, claims and versions are looked up.
        base_url: Address of the app for permalinks; empty for none.
        site_url: Address at which the folder will stand, for the head of the page and the links
            of the page for addresses that are not there; empty for the top of its host.
        made_on: The day of export, for the age of the record; None leaves the age out.
    """
    scripts: dict[str, bytes] = {}
    for stem, text in zip(("outlines", "plotly", "edition"), _read_scripts(), strict=True):
        content = text.encode("utf-8")
        scripts[_name_by_digest(stem, "js", content)] = content
    fonts: dict[str, bytes] = {}

    def add_font(stem: str, content: bytes) -> str:
        name = _name_by_digest(stem, "woff2", content)
        fonts[name] = content
        return name.removeprefix(f"{BESIDE}/")

    style = _write_style(add_font).encode("utf-8")
    style_file, policy = _name_by_digest("edition", "css", style), _write_policy(is_site=True)
    page = _render_page(
        scenes,
        dossier=dossier,
        base_url=base_url,
        site_url=site_url,
        made_on=made_on,
        policy=policy,
        style_file=style_file,
        script_files=tuple(scripts),
        font_files=tuple(fonts),
    )
    top = urlsplit(site_url).path.rstrip("/") + "/"
    lost = _TEMPLATES.get_template("lost.html").render(policy=policy, style=style_file, top=top)
    return {
        INDEX: page,
        NOT_FOUND: lost.encode("utf-8"),
        ROBOTS: b"User-agent: *\nAllow: /\n",
        style_file: style,
        **scripts,
        **fonts,
    }


def fingerprint(block: str) -> str:
    """The source expression by which a policy allows one inline block: its SHA-256, base64."""
    digest = hashlib.sha256(block.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _render_page(
    scenes: Sequence[Scene],
    *,
    dossier: Dossier,
    base_url: str,
    made_on: dt.date | None,
    policy: str,
    site_url: str = "",
    style: str = "",
    scripts: Sequence[str] = (),
    style_file: str = "",
    script_files: Sequence[str] = (),
    font_files: Sequence[str] = (),
) -> bytes:
    about = dossier["dataset"].iloc[0].to_dict()
    html = _TEMPLATES.get_template("edition.html").render(
        policy=policy,
        style=style,
        scripts=scripts,
        style_file=style_file,
        script_files=script_files,
        font_files=font_files,
        site_url=site_url.rstrip("/"),
        has_links=bool(base_url),
        about=about,
        document=dossier.document,
        published=day_in_words(dossier.document.day),
        released=in_words(about["released_edtf"]),
        horizon=describe_horizon(dossier.tables, newest=dossier.horizon, read_on=made_on),
        made_on=day_in_words(made_on) if made_on else "",
        link_unsettled=partial(_link_unsettled, base_url=base_url),
        digest=dossier.digest,
        citation=citation(dossier),
        borders=dossier.document.text("borders-statement"),
        scenes=[
            scene_parts(scene, dossier, base_url=base_url)
            for scene in follow(scenes, "Scenes", len(scenes))
        ],
        claims=ledger_rows(dossier),
        score=score_parts(dossier),
        verdicts=dossier.labels("assessment_verdicts"),
        kinds=dossier.labels("claim_kinds"),
    )
    return html.encode("utf-8")


def _link_unsettled(entry: Unsettled, *, base_url: str) -> str:
    """The address in the app of what may have changed since the newest source."""
    _, _, query = link_mark(entry.page_code, entry.mark_id, setting=entry.setting).partition("?")
    return link_page(entry.page_code, query, base_url=base_url)


def _write_policy(
    *, scripts: Iterable[str] = (), styles: Iterable[str] = (), is_site: bool = False
) -> str:
    """The content security policy of a page that asks nobody for anything.

    It allows exactly the inline blocks that are given and, for a site, the files beside the page.
    Style attributes are allowed, since Plotly writes its text with them; they can load nothing, as
    images may come only from the page itself.
    """
    beside = ["'self'"] if is_site else []
    rules = {
        "default-src": ["'none'"],
        "script-src": [*beside, *map(fingerprint, scripts)],
        "style-src-elem": [*beside, *map(fingerprint, (*styles, ""))],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [*beside, "data:", "blob:"],
        "font-src": beside or ["data:"],
        "connect-src": beside or ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


@cache
def _read_scripts() -> tuple[str, str, str]:
    """The scripts of every page in the order in which they run: outlines, Plotly, and our own.

    The last is a module.
    """
    outlines = json.loads((ASSETS / "topojson" / "world_50m.json").read_text(encoding="utf-8"))
    geo = f'window.PlotlyGeoAssets={{"topojson":{{"world_50m":{json_block(outlines)}}}}};'
    plotly = find_bundle().read_text(encoding="utf-8").replace("</script", "<\\/script")
    own = [
        path.read_text(encoding="utf-8")
        for path in (ASSETS / "pictures.js", TEMPLATES / "edition.js")
    ]
    return geo, plotly, "".join([read_script(), *own])


def _write_style(address: Callable[[str, bytes], str]) -> str:
    """The style sheet: fonts and colours of the house before the rules of the template.

    `address` takes the name of a font and its file, and says where the sheet finds it.
    """
    faces = "".join(
        f"@font-face{{font-family:'{family}';src:url({address(name, _read_font(name))}) "
        f"format('woff2');font-weight:400 700;font-display:swap;unicode-range:{letters};}}\n"
        for family, name, letters in (
            ("Entente Serif", "entente-serif", LETTERS),
            ("Source Sans", "entente-sans", SANS_LETTERS),  # as figures ask for it
        )
    )
    values = {
        "sans": SANS,
        "serif": SERIF,
        **{name: getattr(LIGHT, name) for name in COLOURS},
        **{f"verdict-{code}": colour for code, colour in LIGHT.verdicts.items()},
    }
    variables = "".join(f"--{name}:{value};" for name, value in values.items())
    shared = (ASSETS / "entente.css").read_text(encoding="utf-8").splitlines(keepends=True)
    figures = "".join(rule for rule in shared if rule.startswith(OF_FIGURES))
    rules = (TEMPLATES / "edition.css").read_text(encoding="utf-8")
    return f"{faces}:root{{{variables}}}\n{figures}{rules}"


def _read_font(name: str) -> bytes:
    return (ASSETS / "fonts" / f"{name}.woff2").read_bytes()


def _inline_font(_: str, content: bytes) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(content).decode('ascii')}"


def _name_by_digest(stem: str, ending: str, content: bytes) -> str:
    return f"{BESIDE}/{stem}.{hashlib.sha256(content).hexdigest()[:DIGEST_IN_NAME]}.{ending}"
