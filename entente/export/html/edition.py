"""The whole briefing as pages that need no server: one file for a stick, or a folder for a host.

Figures are in the page as JSON, tables as rows.
"""

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.utils import PlotlyJSONEncoder

from entente.address.pages import link_mark, link_page
from entente.claims.ledger import list_judged, say_score, say_trivial
from entente.content import LegendEntry, Panel, Scene, arrange, has_map
from entente.dates import day_in_words, in_words
from entente.dossier.store import Dossier
from entente.element import read_script
from entente.export.files.citation import citation, picture_credit
from entente.export.files.writing import plain
from entente.progress import follow
from entente.record.evidence import find_verdicts
from entente.record.horizon import Unsettled, describe_horizon
from entente.record.sources import select_sources
from entente.settings import HOME
from entente.style.bundle import find_bundle
from entente.style.palette import (
    LETTERS,
    LIGHT,
    SANS,
    SANS_LETTERS,
    SERIF,
    VERDICT_SYMBOLS,
    Palette,
)
from entente.style.text import keep_compounds
from entente.style.theme import CONFIG
from entente.vocabulary import SCORE_COUNTS

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
# How Plotly's dashes look on a sample two pixels thick.
DASHES = {
    "solid": "",
    "dot": "2 3",
    "dash": "7 5",
    "longdash": "11 4",
    "dashdot": "7 3 2 3",
    "longdashdot": "11 3 2 3",
}
# What Plotly is told with every figure. The outlines are in the file: it asks no address for them.
OFFLINE = {name: value for name, value in CONFIG.items() if name != "topojsonURL"}
# A control character as JSON spells it, line ends and tabs apart, not after a lone backslash.
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u00[01][0-9a-f]|b|f)")


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


def json_block(value: Any) -> str:
    """JSON that can stand in a script element: it holds no character that HTML reads as markup."""
    text = json.dumps(value, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for mark in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def figure_block(figure: go.Figure) -> str:
    """Data, layout and configuration of a figure, ready for the browser."""
    drawn = figure.to_plotly_json()
    block = json_block({"data": drawn["data"], "layout": drawn["layout"], "config": OFFLINE})
    return _CONTROL.sub(r"\1", block)


def scene_parts(scene: Scene, dossier: Dossier, *, base_url: str) -> dict[str, Any]:
    """One scene for the template: words, panels, sources, and the address of its view."""
    content, room = scene.content, {panel.key: panel for panel in scene.room_panels}
    # What a room is shown of a figure is what the words of the scene are about.
    panels = [room.get(panel.key, panel) for panel in content.panels]
    return {
        "id": scene.scene_id,
        "number": scene.number,
        "title": scene.title,
        "text": scene.text,
        "notes": scene.notes,
        "finding": content.title,
        "borders": content.borders,
        "link": link_page(content.page_code, content.query, base_url=base_url),
        "groups": [
            _group_parts(scene, group, dossier, width="half" if len(row) > 1 else "whole")
            for row in arrange(panels)
            for group in row
        ],
        "sources": _source_rows(content.source_ids, dossier),
    }


def ledger_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Every claim with the verdict of the newest day, its reason and its sources."""
    verdicts = find_verdicts(dossier["assessments"], dossier.horizon)
    rows = dossier["claims"].merge(verdicts, on="claim_id")
    labels = dossier.labels("assessment_verdicts")
    kinds, hedges = dossier.labels("claim_kinds"), dossier.labels("hedges")
    cited = dossier["assessment_sources"].groupby("assessment_id")["source_id"].agg(tuple)
    return [
        {
            "id": row["claim_id"],
            "place": f"paragraph {row['paragraph']}, sentence {row['sentence']}",
            "claim": row["claim"],
            "kind": kinds[row["kind_code"]],
            "hedge": hedges[row["hedge_code"]],
            "is_trivial": row["is_trivial"],
            "verdict_code": row["verdict_code"],
            "verdict": labels[row["verdict_code"]],
            "symbol": VERDICT_SYMBOLS[row["verdict_code"]][1],
            "since": in_words(row["from_edtf"]),
            "note": row["note"],
            "sources": _source_rows(cited.get(row["assessment_id"], ()), dossier),
        }
        for row in rows.to_dict("records")
    ]


def score_parts(dossier: Dossier) -> dict[str, str]:
    """The score of the newest day in words: by claim, by sentence, and what it leaves out."""
    judged = {
        count: list_judged(dossier, as_of=dossier.horizon, count=count) for count in SCORE_COUNTS
    }
    said = {count: say_score(rows, count=count) for count, rows in judged.items()}
    noun = dossier.document.noun
    return {**said, "trivial": say_trivial(judged["claims"], count="claims", noun=noun)}


def key_parts(legend: Iterable[LegendEntry], *, palette: Palette = LIGHT) -> list[dict[str, Any]]:
    """Lines of a legend for a template."""
    return [
        {
            "text": entry.text,
            "colour": entry.colour,
            "has_line": entry.dash is not None,
            "dashes": DASHES.get(
                entry.dash or "solid", str(entry.dash).replace("px,", " ").removesuffix("px")
            ),
            "width": entry.width,
            "character": entry.number or entry.character(palette),
        }
        for entry in legend
    ]


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


def _group_parts(
    scene: Scene, group: tuple[Panel, ...], dossier: Dossier, *, width: str
) -> dict[str, Any]:
    """Panels under one caption; a table that several of them share stands there once."""
    panels, first = [_panel_parts(scene, panel, dossier) for panel in group], group[0]
    legend = first.legend if first.room_legend is None else first.room_legend
    tables = {json_block(part["rows"] + [part["headings"]]): part for part in reversed(panels)}
    return {
        "width": width,
        "caption": first.caption,
        "key": [] if first.is_legend_in_caption else key_parts(legend),
        "panels": panels,
        "tables": list(reversed(tables.values())),
    }


def _panel_parts(scene: Scene, panel: Panel, dossier: Dossier) -> dict[str, Any]:
    has_figure, traces = panel.figure is not None, panel.figure.data if panel.figure else ()
    return {
        "id": f"{scene.scene_id}-{panel.key}",
        "key": panel.key,
        "figure": figure_block(panel.figure) if has_figure else None,
        "has_marks": any(trace.customdata is not None for trace in traces),
        "alt": panel.alt,
        "credit": picture_credit(dossier, is_map=has_map(panel.figure)),
        "height": panel.height.rem if has_figure else None,
        "headings": list(panel.table.columns),
        "rows": panel.table.astype(object).where(panel.table.notna(), "").to_numpy().tolist(),
    }


def _source_rows(source_ids: tuple[str, ...], dossier: Dossier) -> list[dict[str, Any]]:
    """Sources by id, with publisher, date and address; unknown ids are left out."""
    rows = select_sources(dossier, source_ids)
    return rows.where(rows.notna(), "").to_dict("records")
