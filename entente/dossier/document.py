"""What a dataset says of the document under examination: who, when, and in which words.

All that the program has to know about one document stands in tables; no other module names a state,
a day, an id or a sentence of it.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from entente.dates import day_in_words, first_day, in_words
from entente.dossier.defaults import make_window, read_sentences
from entente.settings import HOME

MEASURED_HEIGHT_DEG = 37.5  # of the window in which lanes and bows of arcs were measured
METHOD = HOME / "assets" / "method.md"
TEXTS = ("method-borders", "method-tie-example", "method-veto-example")
LONGEST_TITLE, LONGEST_DESCRIPTION = 60, 200  # of previews, in characters
ALL = "all"  # id of the view and of the span that leave nothing out
HUES = ("principal-1", "principal-2", "principal-3")  # of the palette, for principals
RIVAL = "rival"  # the part that the document gives an actor, and the hue
_PLACE = re.compile(r"\{([a-z-]+)\}")
_SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class NamedView:
    """A named view of the alliance map.

    Attributes:
        map_view_id: Its id, as it stands in addresses.
        label: Its name in the control.
        alt: The beginning of the map's text alternative.
        scope: Where its ties are, such as "in the Alps"; may be empty.
        tie_noun: What one of its ties is called.
        theme_code: The only theme that it keeps; empty for all.
        actor_ids: Actors whose ties it keeps; empty for all.
        needs_both_ends: Whether both ends of a tie must be among them, or only one.
        takes_rivals: Whether one end is enough for a rivalry.
        lon_range: Western and eastern edge, in degrees.
        lat_range: Southern and northern edge, in degrees.
        name_places: Longitude and latitude of the middle of a name, by room (`wide` or `narrow`)
            and actor; others stand beside their points.
    """

    map_view_id: str
    label: str
    alt: str
    scope: str
    tie_noun: str
    theme_code: str
    actor_ids: tuple[str, ...]
    needs_both_ends: bool
    takes_rivals: bool
    lon_range: tuple[float, float]
    lat_range: tuple[float, float]
    name_places: Mapping[str, Mapping[str, tuple[float, float]]]

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        return sum(self.lon_range) / 2, sum(self.lat_range) / 2

    @property
    def scale(self) -> float:
        """Its height as a share of the window in which lanes and bows of arcs were measured."""
        return (self.lat_range[1] - self.lat_range[0]) / MEASURED_HEIGHT_DEG

    def holds(self, lon: float, lat: float) -> bool:
        """True for a point within it; False for one beyond it, or without a place."""
        (west, east), (south, north) = self.lon_range, self.lat_range
        return west <= lon <= east and south <= lat <= north


@dataclass(frozen=True, kw_only=True)
class LeveragePreset:
    """A set of actors whose joint veto is always priced; `role` is its part in the finding."""

    preset_id: str
    label: str
    role: str
    actor_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CorridorSign:
    """What a corridor is called and how it is drawn in every figure.

    Attributes:
        code: One or two letters.
        name: Its name where there is little room.
        map_label: Its name along the line on the map.
        hue: Its hue, a name in the palette.
        route_name: The route of which it is a branch, as within a sentence; empty where it is none.
    """

    code: str
    name: str
    map_label: str
    hue: str
    route_name: str


@dataclass(frozen=True, kw_only=True)
class TimelineSpan:
    """Days to which the timeline can be narrowed; None for an open end.

    `has_visits_only` is true where only the visits that the document is built on are drawn.
    """

    timeline_span_id: str
    label: str
    first: dt.date | None
    last: dt.date | None
    has_visits_only: bool = False


@dataclass(frozen=True, kw_only=True)
class PageText:
    """What a page says of itself in search results, in previews of links, and on their picture."""

    title: str
    description: str
    picture: str
    card_title: str
    card_line: str


@dataclass(frozen=True, eq=False)
class Document:
    """The document under examination, read from the tables of a dataset that passes the check.

    Making one costs nothing: each part is read when it is first asked for, and kept.
    """

    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def title(self) -> str:
        """Its title."""
        return self._cell("title")

    @cached_property
    def publisher(self) -> str:
        """Who published it."""
        return self._cell("publisher")

    @cached_property
    def short_name(self) -> str:
        """Short name of who published it, for headlines and labels."""
        return self._cell("short_name")

    @cached_property
    def place(self) -> str:
        """Where the publisher works; empty where the dataset does not say."""
        return self._cell("place")

    @cached_property
    def noun(self) -> str:
        """What kind of text it is, in a word; it follows *the* and *one* in sentences."""
        return self._cell("noun") or "document"

    @cached_property
    def day(self) -> dt.date:
        """The day on which it was published."""
        return first_day(self._cell("published_edtf"))

    @cached_property
    def default_origin(self) -> str:
        """Id of the node where a route starts unless a reader chooses another; empty for none."""
        return self._cell("default_from_node_id")

    @cached_property
    def default_destination(self) -> str:
        """Id of the node where a route ends unless a reader chooses another; empty for none."""
        return self._cell("default_to_node_id")

    def text(self, text_id: str, **words: str) -> str:
        """A sentence about the document, with the given words in place of those in braces.

        Raises:
            KeyError: The program has no such place for a sentence.
        """
        return fill(self._texts[text_id], words)

    @cached_property
    def unknowns(self) -> tuple[str, ...]:
        """What cannot be known about its subject, a sentence each, in order."""
        return tuple(row.text for row in self._ordered("document/unknowns"))

    @cached_property
    def pages(self) -> Mapping[str, PageText]:
        """Page code to what the page says of itself; where nothing is written, in general words."""
        own = self.tables["document/pages"].set_index("page_code").to_dict("index")
        codes = self.tables["codes/pages"].sort_values("sort_order")
        general = {
            row.code: PageText(
                title=_shorten(f"{row.label} · {self.short_name} · Entente", LONGEST_TITLE),
                description=_shorten(self.text("edition-description"), LONGEST_DESCRIPTION),
                picture="",  # none is drawn with these words
                card_title=row.label,
                card_line=self.title,
            )
            for row in codes.itertuples()
        }
        return general | {str(code): PageText(**row) for code, row in own.items()}

    @cached_property
    def colour_slots(self) -> Mapping[str, str]:
        """Actor to the hue that it has in the palette; others are grey.

        Where none is given, the first principals and the first rival have those of their part.
        """
        given = self._of_actors("colour_slot")
        if given:
            return given
        firsts = zip(self._with_roles("principal"), HUES, strict=False)
        return {**dict(firsts), **dict.fromkeys(self._with_roles(RIVAL)[:1], RIVAL)}

    @cached_property
    def label_sides(self) -> Mapping[str, str]:
        """Actor to where its name stands beside its point, as one of Plotly's text positions."""
        return self._of_actors("label_side")

    @cached_property
    def governments(self) -> Mapping[str, str]:
        """Actor to a short name for its government, such as its capital."""
        return self._of_actors("government")

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The states whose partnership the document describes, in the order of their hues."""
        slots, last = self.colour_slots, "~"
        return tuple(sorted(self._with_roles("principal"), key=lambda a: slots.get(a, last)))

    @cached_property
    def central_actors(self) -> tuple[str, ...]:
        """Principals, and the states that the document sets against them, in file order."""
        return self._with_roles("principal", RIVAL)

    @cached_property
    def arc_bows_km(self) -> Mapping[tuple[str, str], float]:
        """Two actors, in the order of the alphabet, to the km that their arcs bend to the right."""
        return self._list_bows(self.tables["document/arc_bows"]["bow_km"])

    @cached_property
    def ribbon_bows_km(self) -> Mapping[tuple[str, str], float]:
        """Two actors, in the order of the alphabet, to the km that their ribbon bends aside."""
        table = self.tables["document/arc_bows"]
        return self._list_bows(table["ribbon_bow_km"].fillna(table["bow_km"]))

    @cached_property
    def corridor_signs(self) -> Mapping[str, CorridorSign]:
        """Corridor to its sign, for those that have one of their own."""
        return {
            str(row.corridor_id): CorridorSign(
                code=row.code,
                name=row.short_name,
                map_label=_words(row.map_label) or row.short_name,
                hue=row.hue,
                route_name=_words(row.route_name),
            )
            for row in self.tables["document/corridor_signs"]
            .rename(columns={"name": "short_name"})
            .itertuples()
        }

    @cached_property
    def map_views(self) -> Mapping[str, NamedView]:
        """Id to each view of the map, in order; the first is the default.

        Where none is given, there are one of the states at the centre and one of all actors.
        """
        if self.tables["document/map_views"].empty:
            return self._make_map_views()
        names = self.tables["document/map_names"]
        actors = self.tables["document/map_view_actors"]
        return {
            row.map_view_id: NamedView(
                map_view_id=row.map_view_id,
                label=row.label,
                alt=row.alt,
                scope=_words(row.scope),
                tie_noun=_words(row.tie_noun) or "tie",
                theme_code=_words(row.theme_code),
                actor_ids=tuple(actors[actors["map_view_id"] == row.map_view_id]["actor_id"]),
                needs_both_ends=row.needs_both_ends,
                takes_rivals=row.takes_rivals,
                lon_range=(row.lon_min, row.lon_max),
                lat_range=(row.lat_min, row.lat_max),
                name_places={
                    str(room): dict(
                        zip(own["actor_id"], zip(own["lon"], own["lat"], strict=True), strict=True)
                    )
                    for room, own in names[names["map_view_id"] == row.map_view_id].groupby("room")
                },
            )
            for row in self._ordered("document/map_views")
        }

    def _make_map_views(self) -> Mapping[str, NamedView]:
        """A view of the states at the centre with their ties, and one of all actors."""
        placed = self.tables["actors"].dropna(subset=["lat", "lon"])
        central = placed[placed["actor_id"].isin(self.central_actors)]
        made = {}
        if 0 < len(central) < len(placed):
            actor_ids = tuple(central["actor_id"])
            made["centre"] = _make_view("centre", "The states at the centre", central, actor_ids)
        return {**made, ALL: _make_view(ALL, "All", placed, ())}

    @cached_property
    def visits(self) -> Mapping[str, str]:
        """Event to a short name, for those that the document is built on, in order."""
        return self._pinned("visit")

    @cached_property
    def landmarks(self) -> Mapping[str, str]:
        """Event to a short name, for those that a reader finds others by, in order."""
        return self._pinned("landmark")

    @cached_property
    def forecast_names(self) -> Mapping[str, str]:
        """Claim to the short name of a forecast; may lack some."""
        table = self.tables["document/forecast_names"]
        return dict(zip(table["claim_id"], table["name"], strict=True))

    @cached_property
    def leverage_presets(self) -> tuple[LeveragePreset, ...]:
        """Sets of actors whose joint veto is always priced, in order."""
        actors = self.tables["document/leverage_preset_actors"]
        return tuple(
            LeveragePreset(
                preset_id=row.preset_id,
                label=row.label,
                role=_words(row.role),
                actor_ids=tuple(sorted(actors[actors["preset_id"] == row.preset_id]["actor_id"])),
            )
            for row in self._ordered("document/leverage_presets")
        )

    def presets_as(self, role: str) -> tuple[LeveragePreset, ...]:
        """The sets that play a part in the finding: `alone`, `asked`, `wider` or `beside`."""
        return tuple(preset for preset in self.leverage_presets if preset.role == role)

    @cached_property
    def timeline_spans(self) -> Mapping[str, TimelineSpan]:
        """Id to each span of the timeline, in order; the first is the default and has no ends."""
        if self.tables["document/timeline_spans"].empty:
            return {
                ALL: TimelineSpan(
                    timeline_span_id=ALL, label=ALL.capitalize(), first=None, last=None
                )
            }
        return {
            row.timeline_span_id: TimelineSpan(
                timeline_span_id=row.timeline_span_id,
                label=row.label,
                first=_day(row.from_edtf),
                last=_day(row.to_edtf),
                has_visits_only=row.shows == "visits",
            )
            for row in self._ordered("document/timeline_spans")
        }

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        table = self.tables["document/texts"]
        words = {
            "title": self.title,
            "publisher": self.publisher,
            "short-name": self.short_name,
            "day": day_in_words(self.day),
        }
        general = {place: fill(text, words) for place, text in read_sentences().items()}
        return general | dict(zip(table["text_id"], table["text"], strict=True))

    def _list_bows(self, bows_km: pd.Series) -> Mapping[tuple[str, str], float]:
        table, bows = self.tables["document/arc_bows"], {}
        ends = zip(table["from_actor_id"], table["to_actor_id"], strict=True)
        for pair, bow in zip(ends, bows_km, strict=True):
            bows[min(pair), max(pair)] = bow if pair[0] < pair[1] else -bow
        return bows

    def _cell(self, column: str) -> str:
        return _words(self.tables["document/document"].at[0, column])

    def _ordered(self, name: str) -> list[Any]:
        return list(self.tables[name].sort_values("sequence", kind="stable").itertuples())

    def _of_actors(self, column: str) -> Mapping[str, str]:
        table = self.tables["document/actors"].dropna(subset=[column])
        return dict(zip(table["actor_id"], table[column], strict=True))

    def _with_roles(self, *roles: str) -> tuple[str, ...]:
        actors = self.tables["actors"]
        return tuple(actors[actors["role_code"].isin(roles)]["actor_id"])

    def _pinned(self, kind: str) -> Mapping[str, str]:
        rows = self._ordered("document/pinned_events")
        return {row.event_id: row.name for row in rows if row.kind == kind}


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence with words in place of the braces that name them; others stay."""
    return _PLACE.sub(lambda place: words.get(place[1], place[0]), sentence)


def _make_view(
    map_view_id: str, label: str, actors: pd.DataFrame, actor_ids: tuple[str, ...]
) -> NamedView:
    """A view of the map around some actors, with the ties of those that are named, or of all."""
    lons, lats = make_window(zip(actors["lon"], actors["lat"], strict=True))
    return NamedView(
        map_view_id=map_view_id,
        label=label,
        alt=f"Map of {label[0].lower()}{label[1:]}" if actor_ids else "Map of all actors",
        scope="",
        tie_noun="tie",
        theme_code="",
        actor_ids=actor_ids,
        needs_both_ends=bool(actor_ids),
        takes_rivals=False,
        lon_range=lons,
        lat_range=lats,
        name_places={},
    )


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _words(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _day(cell: object) -> dt.date | None:
    return first_day(cell) if isinstance(cell, str) else None


def say_reviews(reviews: pd.DataFrame) -> str:
    """How often rows were drawn and checked, by how many readers, and how many were found wrong.

    Args:
        reviews: The table of that name; may be empty.
    """
    if reviews.empty:
        return "This has not been done yet."
    order = reviews["checked_edtf"].map(first_day).sort_values(kind="stable").index
    last, number = reviews.loc[order[-1]], len(reviews)
    readers = "1 reader" if last["checker_count"] == 1 else f"{last['checker_count']} readers"
    note = f" {last['note']}" if isinstance(last["note"], str) else ""
    said = (
        f"The data were last checked in this way on {in_words(last['checked_edtf'])}: rows of "
        f"version {last['version']}, drawn with seed {last['seed']}, by {readers}; "
        f"{_say_findings(reviews.loc[order[-1:]])}.{note}"
    )
    if number == 1:
        return f"{said} That was the first check."
    return f"{said} In all there were {number} checks; {_say_findings(reviews)}."


def _say_findings(reviews: pd.DataFrame) -> str:
    """How many of the rows were wrong or doubtful, and which share that is."""
    total = int(reviews["row_count"].sum())
    counts = [int(reviews[name].sum()) for name in ("wrong_count", "doubtful_count")]
    wrong, doubtful = (f"{count} ({count / total * 100:.0f} percent)" for count in counts)
    return f"of {total} rows, {wrong} proved wrong and {doubtful} doubtful"


def read_method(
    document: Document, *, literal: Callable[[str], str] = str
) -> tuple[tuple[str, str], ...]:
    """Title and Markdown of each section of the method, in order.

    Args:
        document: Gives the day, the examples and what cannot be known about its subject.
        literal: Escapes words of the dataset, for a reader of Markdown.
    """
    words = {
        "published": literal(day_in_words(document.day)),
        "published-year": str(document.day.year),
        "unknowns": "\n".join(f"- {literal(text)}" for text in document.unknowns),
        "reviews": literal(say_reviews(document.tables["reviews"])),
        **{text_id: literal(document.text(text_id)) for text_id in TEXTS},
    }
    parts = _SECTION.split(METHOD.read_text(encoding="utf-8"))[1:]
    return tuple(
        (title.strip(), fill(body, words).strip())
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    )
