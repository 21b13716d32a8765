"""Notes under a slide: what the speaker says, where the view is, what the figure shows, sources."""

from collections.abc import Sequence
from typing import Any

from entente.address.pages import link_page
from entente.content import PageContent, Scene
from entente.dates import in_words
from entente.dossier.store import Dossier
from entente.export.deck.text import plain, shorten
from entente.export.files.citation import citation

LINE_LENGTH = 118
LEAST_NAMED = 3


def scene_notes(scene: Scene, *, dossier: Dossier, base_url: str) -> str:
    """All that a speaker needs beside the slide, a paragraph a line."""
    content = scene.content
    told = [
        scene.title,
        scene.text,
        scene.notes,
        "",
        content.title,
        f"View: {link_page(content.page_code, content.query, base_url=base_url)}",
    ]
    for panel in content.panels:
        told += ["", f"Figure: {panel.alt}", panel.caption]
    if content.borders:
        told += ["", content.borders]
    lines = source_lines(content.source_ids, dossier)
    told += ["", f"Sources ({len(lines)}):", *lines, "", citation(dossier)]
    return plain("\n".join(_one_line(line) for line in told))


def source_lines(source_ids: Sequence[str], dossier: Dossier) -> list[str]:
    """Publisher, date and address of each source that is in the dataset."""
    known = _known(source_ids, dossier)
    return [f"{row['publisher']}, {_dated(row)}: {row['url']}" for row in known]


def source_line(content: PageContent, left_out: Sequence[str], dossier: Dossier) -> str:
    """The small line under a figure: whom it rests on, of which dataset, and what is not shown."""
    known = _known(content.source_ids, dossier)
    publishers = [str(row["publisher"]) for row in known]
    names = sorted(set(publishers), key=lambda name: (-publishers.count(name), name))
    shown = [part for part in left_out if part]
    tail = f"Entente dataset {dossier.version}, SHA-256 {dossier.digest[:8]}."
    extra = "".join(f" {part[0].upper()}{part[1:]}." for part in shown)
    if not names:
        return f"{tail}{extra}"
    named = names[:LEAST_NAMED]
    rest = len(names) - len(named)
    more = f" and {rest} more publishers (all {len(known)} sources in the notes)" if rest else ""
    listed = shorten(", ".join(named), LINE_LENGTH)
    return f"Sources: {listed}{more}. {tail}{extra}"


def _known(source_ids: Sequence[str], dossier: Dossier) -> list[dict[str, Any]]:
    table = dossier["sources"].set_index("source_id")
    known = [name for name in source_ids if name in table.index]
    rows: list[dict[str, Any]] = table.loc[known].to_dict("records")
    return rows


def _dated(row: dict[str, Any]) -> str:
    when = row["published_edtf"]
    return in_words(when) if isinstance(when, str) else "no date"


def _one_line(text: str) -> str:
    """Runs of white space as one blank; what only looks like it (a control character) stays."""
    return " ".join(plain(text).split())
