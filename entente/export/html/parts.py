"""The parts of the edition: figures as JSON, tables as rows, sources, and the ledger of claims."""

import json
import re
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

from entente.address.pages import link_page
from entente.claims.counting import list_judged, say_score, say_trivial
from entente.content import LegendEntry, Panel, Scene, arrange, has_map
from entente.dates import in_words
from entente.dossier.store import Dossier
from entente.export.files.citation import picture_credit
from entente.record.evidence import find_verdicts
from entente.record.sources import select_sources
from entente.style.palette import LIGHT, VERDICT_SYMBOLS, Palette
from entente.style.theme import CONFIG
from entente.vocabulary import SCORE_COUNTS

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
