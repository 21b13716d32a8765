"""Text that nobody expects: what people, programs and attackers put where words should be.

Markup in the strings carries the id `hit`, so that a page on which it became an element is found.
"""

import dataclasses
from html.parser import HTMLParser
from types import MappingProxyType

import pandas as pd

from entente.check.contract import TABLES
from entente.dossier.store import Dossier

STRINGS = (
    # Markup, and ways out of an attribute, a script, a style, a comment, a template
    "<b id=hit>bold</b>",
    "<script id=hit>window.hit=1</script>",
    '"><img id=hit src=x onerror=window.hit=2>',
    "' id=hit onmouseover='window.hit=3",
    "</script><svg id=hit onload=window.hit=4>",
    "</style><p id=hit>",
    "--><p id=hit><!--",
    "<iframe id=hit srcdoc='<script>window.hit=5</script>'></iframe>",
    "<a id=hit href='javascript:window.hit=6'>go</a>",
    "<math id=hit><mtext></mtext></math>",
    "&lt;b id=hit&gt; &amp; &#60;b id=hit&#62;",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "%(name)s %s %d {0} {name} {}",
    "<<<<< a < b > c >>>>>",
    # Markdown, and what Streamlit makes of it
    "[go](javascript:window.hit=7) ![x](x) **bold** `code` # head",
    "$x^2$ $$y$$ :red[red] :material/home: :smile:",
    "| a | b |\n|---|---|",
    "~~gone~~ > quote\n\n- list\n\n1. first",
    # Plotly's own tags and templates
    "%{x} %{customdata[0]}<extra>hit</extra>",
    "<br><br><br><sub>low</sub><sup>high</sup>",
    # Spreadsheets, shells, paths, queries
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "-2+3",
    "\t=1+1",
    "'; DROP TABLE claims; --",
    "$(touch hit) `touch hit` ; touch hit",
    "../../../../etc/passwd",
    "C:\\con\\nul",
    "file:///etc/passwd http://[::1]/ //elsewhere.example",
    # Directions, marks, widths
    "\u202eright to left\u202c left",
    "שלום עולם \u200fمرحبا بالعالم",
    "\u2066isolated\u2069 \u200b\u200c\u200d\ufeff",
    "Z\u0351\u0343\u036a\u0302a\u0321\u034e\u0316l\u0348\u0353g\u0318\u0323o\u0325\u0332",
    "e\u0301 é ﬁ ǆ ſ K İ ı ß ẞ",
    "田中さんにあげて下さい 사회과학원 ไทย ஒரு አማርኛ",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 🇦🇿🇹🇷🇵🇰 🏳️\u200d🌈 \U0001f9d1\U0001f3ff",
    "𝕳𝖊𝖑𝖑𝖔 Ｈｅｌｌｏ ⓗⓔⓛⓛⓞ",
    # Length and emptiness
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "word " * 120 + "end",
    "x" * 2000,
    ".",
    "\u00a0",
    "\u3000wide space\u3000",
    # What no text should hold
    "null\x00byte",
    "\x01\x02\x07\x08\x0b\x0c\x1b[31mred\x1b[0m\x7f",
    "line\r\nbreak\rand\nmore",
    "\ufffe\uffff",
    "\u2028line\u2029paragraph",
    # Words that mean something to a program
    "nan",
    "None",
    "null",
    "undefined",
    "true",
    "-0",
    "1e309",
    "Infinity",
    "0x7f",
    "1,000",
    "2025-02-30",
    "9999-99-99",
    "__proto__",
    "constructor",
)

ADDRESSES = (
    "",
    "&&&",
    "=",
    "==&=&",
    "a",
    "lens",
    "lens=",
    "lens=both&lens=record&lens=document",
    "v=0",
    "v=1",
    "v=2&d=1.0.0",
    "%1Ed=1",  # seen by a reader, it would be the version
    "v=3",
    "v=-1&d=9.9.9",
    "v=2.0&d=latest",
    "v=%F0%9F%98%80",
    "at=2025-02-30",
    "at=0000-00-00",
    "at=99999-01-01",
    "at=2025-04-10T00:00:00Z",
    "at=now",
    "at=-1",
    "since=2026-07-01&at=2025-04-10",
    "since=2999-01-01",
    "since=all",
    "theme=all.none",
    "theme=",
    "theme=.",
    "theme=....",
    "theme=defence.defence.defence",
    "theme=" + ".".join(["defence"] * 500),
    "actor=TUR.AZE.PAK.XXX",
    "actor=none",
    "actor=tur",
    "pick=__proto__",
    "pick=c99999",
    "pick=../../etc/passwd",
    "pick=e036&pick=c01",
    "pick=" + "c" * 5000,
    "w=8.8.4.2",
    "w=0.0.0.0",
    "w=1",
    "w=1.2.3.4.5.6.7.8.9",
    "w=99.99.99.99",
    "w=-1.2.3.4",
    "w=1e3.1.1.1",
    "w=NaN.1.1.1",
    "w=٣.١.١.١",
    "frame=moon",
    "borders=mine",
    "show=nothing",
    "show=map.matrix",
    "zoom=9",
    "from=IN_NSA&to=IN_NSA",
    "from=&to=",
    "from=nowhere&to=elsewhere",
    "veto=all",
    "veto=IRN.IRN.RUS.AZE.TUR.USA.EGY.DNK",
    "with=all",
    "with=none.all",
    "by=magic",
    "q=" + "%25" * 200,
    "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "q=.*%5B%28%5C",
    "q=%00%01",
    "q=+++",
    "verdict=open&kind=none",
    "tier=nobody",
    "of=everyone",
    "table=../claims",
    "old=1.0.0&new=1.0.0",
    "old=9.9.9",
    "rows=geo/legs",
    "present=1&scene=said",
    "present=0",
    "present=",
    "present=1&scene=nowhere",
    "present=1&present=1&scene=ties&notes=maybe",
    "embed=true",
    "embed=true&embed=false",
    "embed_options=light_theme&embed_options=show_padding",
    "utm_source=chat&fbclid=x&gclid=y",
    "%",
    "%zz=%zz",
    "%FF%FE=%C0%80",
    "__streamlit=1&_stcore=1",
    "constructor=1&toString=2&hasOwnProperty=3",
    "&".join(f"k{number}=v" for number in range(300)),
)


class Elements(HTMLParser):
    """What became of the strings: elements with their id, handlers, scripts, and links that run."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.hits: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            runs = name.startswith("on") or str(value).strip().lower().startswith("javascript:")
            if runs or (name == "id" and value == "hit"):
                self.hits.append(f"<{tag} {name}={value}>")


def nasty(dossier: Dossier) -> Dossier:
    """The dossier with every word for people replaced, unseen by the check that would refuse it.

    Ids, codes, dates and numbers stay, so that everything is still drawn.
    """
    tables = {name: _nasty_table(frame, name) for name, frame in dossier.tables.items()}
    return dataclasses.replace(dossier, tables=MappingProxyType(tables), digest="nasty" * 8)


def _nasty_table(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    made = frame.copy()
    for place, (column, about) in enumerate(TABLES[name].columns.items()):
        if about.kind == "text":
            words = [f"{STRINGS[(row + place) % len(STRINGS)]} {row}" for row in range(len(made))]
            made[column] = pd.Series(words, index=made.index).where(made[column].notna())
    return made
