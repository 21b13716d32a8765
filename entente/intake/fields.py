"""What can be imported of claims, events and sources, and by which headings it is known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from entente.check.contract import TABLES, Column

_SUFFIXES = re.compile(r"_(?:code|edtf|id)\Z")
LEFT_OUT = ""  # what a column is mapped to that is not imported


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column that can be imported.

    Attributes:
        name: What it is called for users.
        table: The table into which it goes.
        column: The column of that table.
        is_list: Whether a cell holds several ids, each of which becomes a row of the table.
    """

    name: str
    table: str
    column: str
    is_list: bool = False

    @property
    def contract(self) -> Column:
        """What a cell of it may hold."""
        return TABLES[self.table].columns[self.column]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of the kinds of rows that can be imported.

    Attributes:
        table: Its own table.
        fields: What can be imported, by name.
        aliases: Other headings, as :func:`simplify` has them, to names of fields; the empty name
            for what is known and left out.
        prefix: Begins the ids of its rows while there are none to go by; empty for ids in words.
        width: Digits of such ids.
        natural: Fields that together tell a row from all others where no id is given.
        alike: Fields of which a row shares one group with another that may be the same, and the
            field whose words must then be alike.
        places: Fields that say nothing by themselves: a row with no others is left out.
    """

    table: str
    fields: Mapping[str, Field]
    aliases: Mapping[str, str]
    natural: tuple[str, ...]
    prefix: str = ""
    width: int = 0
    alike: tuple[tuple[tuple[str, ...], str], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The column with the ids of its rows."""
        return TABLES[self.table].key[0]


def simplify(heading: str) -> str:
    """A heading without case, blanks and punctuation, for comparing."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def _make_kind(
    table: str, more: Iterable[Field], aliases: Mapping[str, str], **others: object
) -> Kind:
    own = [Field(name=name, table=table, column=name) for name in TABLES[table].columns]
    fields = {one.name: one for one in (*own, *more)}
    known = {name: name for name in fields}
    for name, one in fields.items():
        known.setdefault(_SUFFIXES.sub("", name), name)
        if one.is_list:
            known.setdefault(name.removesuffix("s"), name)
    known = {"id": TABLES[table].key[0], **aliases, **known}
    return Kind(
        table=table,
        fields=MappingProxyType(fields),
        aliases=MappingProxyType(known),
        **others,  # type: ignore[arg-type]
    )


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "claims": _make_kind(
            "claims",
            [
                Field(name="actors", table="claim_actors", column="actor_id", is_list=True),
                Field(name="events", table="event_claims", column="event_id", is_list=True),
                Field(name="verdict_code", table="assessments", column="verdict_code"),
                Field(name="from_edtf", table="assessments", column="from_edtf"),
                Field(name="reasoning", table="assessments", column="note"),
                Field(name="sources", table="assessment_sources", column="source_id", is_list=True),
            ],
            {"text": LEFT_OUT, "trivial": "is_trivial", "note": "reasoning"},
            natural=("paragraph", "sentence", "claim"),
            alike=((("paragraph", "sentence"), "claim"),),
            places=("paragraph", "sentence"),
            prefix="c",
            width=2,
        ),
        "events": _make_kind(
            "events",
            [
                Field(name="actors", table="event_actors", column="actor_id", is_list=True),
                Field(name="sources", table="event_sources", column="source_id", is_list=True),
                Field(name="claims", table="event_claims", column="claim_id", is_list=True),
                Field(name="short_name", table="event_names", column="name"),
            ],
            {"latitude": "lat", "longitude": "lon", "in_document": "is_in_document"},
            natural=("date_edtf", "title"),
            alike=((("title",), "title"), (("date_edtf",), "title")),
            prefix="e",
            width=3,
        ),
        "sources": _make_kind(
            "sources",
            [],
            {"doi": "url", "date": "published_edtf", "party": "party_actor_id", "key": LEFT_OUT},
            natural=("url",),
        ),
    }
)
