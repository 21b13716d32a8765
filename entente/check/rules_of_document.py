"""Rules on the tables below `document/`: what the program needs in order to speak of a document."""

import re
from collections.abc import Iterator, Mapping

from entente.check.faults import Fault, Tables, fault_at, faults_where, needs

# Ids of the sentences that the program asks for, with the words that it fills in.
TEXTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("thesis", "site-lead", "edition-lead", "edition-description", "edition-preview"),
            *("borders-statement", "borders-summary", "centre-circle", "centre-button"),
            *("method-borders", "method-tie-example", "method-veto-example"),
            *("visits-not-held", "visits-awaited", "routes-said-title", "routes-said-note"),
        ),
        frozenset(),
    ),
    "home-headline": frozenset({"supported", "total", "contradicted"}),
    "visits-finding": frozenset({"early", "outcome"}),
    "forecasts-said-title": frozenset({"count"}),
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PRINCIPAL, RIVAL = "principal", "rival"
LONGEST_SHORT_NAME = 16
# The longest text of a column, in characters: what fits a preview, a headline, a glance.
LONGEST = {
    ("document/pages", "title"): 60,
    ("document/pages", "description"): 200,
    ("document/document", "short_name"): LONGEST_SHORT_NAME,
    ("scenes", "notes"): 600,
    ("positions", "text"): 200,
}


@needs("document/texts")
def check_texts(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Each sentence is one that the program asks for, without an unknown placeholder."""
    name = "document/texts"
    rows = tables[name]
    unknown = ~rows["text_id"].isin(list(TEXTS))
    yield from faults_where(tables, name, unknown, "unknown_text", "text_id")
    for line, row in rows.iterrows():
        used = set(PLACEHOLDER.findall(row["text"]))
        if row["text_id"] in TEXTS and used - TEXTS[row["text_id"]]:
            yield fault_at(tables, name, line, "unknown_placeholder", "text")


@needs()
def check_lengths(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Texts fit the place where they stand."""
    for (name, column), most in LONGEST.items():
        if name in tables:
            is_long = tables[name][column].str.len() > most
            yield from faults_where(tables, name, is_long, "too_long", column)


@needs("actors", "document/actors")
def check_hues(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """There is a principal; each hue belongs to one actor of the part that it was chosen for."""
    roles = texts["actors"].drop_duplicates("actor_id").set_index("actor_id")["role_code"]
    if PRINCIPAL not in set(roles):
        yield Fault(file="actors.csv", code="no_principal", column="role_code")
    name = "document/actors"
    rows = tables[name][tables[name]["colour_slot"].notna()]
    twice = rows["colour_slot"].duplicated()
    yield from faults_where(tables, name, twice, "colour_twice", "colour_slot")
    part = rows["colour_slot"].str.split("-").str[0]
    wrong = part != rows["actor_id"].map(roles)
    yield from faults_where(tables, name, wrong, "colour_mismatch", "colour_slot")


@needs("document/arc_bows")
def check_pairs(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A pair stands once, in either order, and is made of two actors."""
    seen: set[frozenset[str]] = set()
    for line, row in tables["document/arc_bows"].iterrows():
        pair = frozenset((row["from_actor_id"], row["to_actor_id"]))
        if len(pair) < 2 or pair in seen:
            yield fault_at(tables, "document/arc_bows", line, "pair_twice", "to_actor_id")
        seen.add(pair)


@needs("document/map_views", "document/map_view_actors")
def check_map_views(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Windows have an extent, and views that ask for actors have some."""
    name = "document/map_views"
    views = tables[name]
    for axis in ("lon", "lat"):
        narrow = views[f"{axis}_max"] - views[f"{axis}_min"] < 1
        yield from faults_where(tables, name, narrow, "bad_window", f"{axis}_max")
    peopled = set(texts["document/map_view_actors"]["map_view_id"])
    for column in ("needs_both_ends", "takes_rivals"):
        bare = views[column] & ~views["map_view_id"].isin(peopled)
        yield from faults_where(tables, name, bare, "no_actor_in_view", column)


@needs("document/map_views", "document/map_names")
def check_map_names(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A name stands within the window of its view."""
    name = "document/map_names"
    rows = tables[name]
    views = tables["document/map_views"].drop_duplicates("map_view_id").set_index("map_view_id")
    for axis in ("lon", "lat"):
        first, last = (rows["map_view_id"].map(views[f"{axis}_{end}"]) for end in ("min", "max"))
        place = rows[axis].astype("float64")
        outside = (place < first.astype("float64")) | (place > last.astype("float64"))
        yield from faults_where(tables, name, outside, "name_outside", axis)


@needs("document/document", "legs")
def check_default_ends(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Where there is a network, the page of trade routes starts and ends somewhere."""
    name = "document/document"
    for column in ("default_from_node_id", "default_to_node_id") if len(texts["legs"]) else ():
        bare = tables[name][column].isna()
        yield from faults_where(tables, name, bare, "no_default_end", column)


@needs("dataset", "document_sentences")
def check_salt(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Where there are hashes of sentences, there is the key with which they were made."""
    bare = tables["dataset"]["sentence_salt"].isna() & bool(len(texts["document_sentences"]))
    yield from faults_where(tables, "dataset", bare, "no_salt", "sentence_salt")


@needs("document/pinned_events", "events")
def check_visits(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """What the document is built on has a date in the document."""
    pinned, events = tables["document/pinned_events"], texts["events"]
    dated = set(events.loc[events["document_date_edtf"] != "", "event_id"])
    wrong = (pinned["kind"] == "visit") & ~pinned["event_id"].isin(dated)
    yield from faults_where(
        tables, "document/pinned_events", wrong, "visit_without_date", "event_id"
    )


@needs("document/leverage_presets", "document/leverage_preset_actors", "document/actors")
def check_leverage_presets(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """The finding on leverage has all its parts, and a name for each government in it."""
    name = "document/leverage_presets"
    if texts[name].empty and texts["document/leverage_preset_actors"].empty:
        return  # with a network, another rule asks for them
    members = texts["document/leverage_preset_actors"].groupby("preset_id")["actor_id"].agg(set)
    sets: dict[str, list[set[str]]] = {}
    for row in tables[name].itertuples():
        sets.setdefault(str(row.role), []).append(members.get(row.preset_id, set()))
    asked, wider, beside = (sets.get(role, []) for role in ("asked", "wider", "beside"))
    alone = sorted(map(sorted, sets.get("alone", [])))
    if not (
        len(asked) == len(wider) == len(beside) == 1
        and len(asked[0]) == 2
        and alone == sorted([actor] for actor in asked[0])
        and asked[0] < wider[0]
        and len(beside[0]) == 1
    ):
        yield Fault(file=f"{name}.csv", code="preset_roles", column="role")
    bare = ~tables[name]["preset_id"].isin(members.index)
    yield from faults_where(tables, name, bare, "no_actor", "preset_id")
    actors = texts["document/actors"]
    named = set(actors.loc[actors["government"] != "", "actor_id"])
    played = tables[name].loc[tables[name]["role"].notna(), "preset_id"]
    rows = tables["document/leverage_preset_actors"]
    wrong = rows["preset_id"].isin(played) & ~rows["actor_id"].isin(named)
    place = "document/leverage_preset_actors"
    yield from faults_where(tables, place, wrong, "no_government", "actor_id")


@needs("document/timeline_spans")
def check_timeline_spans(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Spans do not end before they begin; the first is open at both ends and has all events."""
    name = "document/timeline_spans"
    spans = tables[name].sort_values("sequence", kind="stable")
    ends = spans[["from_edtf", "to_edtf"]]
    closed = spans[ends.notna().all(axis=1)]
    backwards = closed["to_edtf"] < closed["from_edtf"]
    yield from faults_where(tables, name, backwards, "span_order", "to_edtf")
    if len(spans) and ends.iloc[0].notna().any():
        yield fault_at(tables, name, spans.index[0], "first_span_not_open", "from_edtf")
    if len(spans) and spans["shows"].iloc[0] != "events":
        yield fault_at(tables, name, spans.index[0], "first_span_not_open", "shows")
