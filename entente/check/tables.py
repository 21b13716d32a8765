"""The tables of the dataset: one Pandera model a table, the one place that says what a column is.

The models validate the files as text; :mod:`entente.store` casts afterwards. The data dictionary on
the method page and `data/datapackage.json` are both read off these models.

`TABLES` maps a table's name (its path below `data/`, without `.csv`) to its model.
"""

import pandera.pandas as pa
from pandera.typing import Series

from entente.check.columns import (
    choice,
    code,
    digest,
    edtf,
    flag,
    integer,
    key,
    measure,
    reference,
    semantic_version,
    text,
    url,
)

CODE_TABLES = (
    "actor_kinds",
    "actor_roles",
    "assessment_verdicts",
    "bases",
    "benchmark_kinds",
    "border_views",
    "claim_kinds",
    "confidences",
    "corridor_families",
    "directions",
    "event_kinds",
    "event_statuses",
    "evidence_kinds",
    "gauges",
    "hedges",
    "languages",
    "leg_statuses",
    "metrics",
    "modes",
    "node_kinds",
    "pages",
    "pledge_stages",
    "rate_categories",
    "source_tiers",
    "themes",
    "timing_bases",
    "valences",
)


# Words that a column may hold because the program acts on them.
COLOUR_SLOTS = ("principal-1", "principal-2", "principal-3", "rival")
LABEL_SIDES = tuple(
    f"{height} {side}"
    for height in ("top", "middle", "bottom")
    for side in ("left", "center", "right")
)
SLOT_EDGES = ("north", "east", "adrift")
PINNED_KINDS = ("visit", "landmark")
PRESET_ROLES = ("alone", "asked", "wider", "beside")


class Table(pa.DataFrameModel):
    """What all tables have in common: no column is missing, none is unknown."""

    class Config:
        """Columns may stand in any order, but the set of them is fixed."""

        strict = True


class Codes(Table):
    """A code table: the words that a column may use."""

    code: Series[str] = key("The code, as it stands in data and addresses.")
    label: Series[str] = text("The word that readers see.")
    description: Series[str] = text("What the code means, in a sentence.")
    sort_order: Series[str] = integer("Place in lists.", least=1, most=999)


class Dataset(Table):
    """The dataset itself: one row."""

    dataset_id: Series[str] = key("Name of the dataset.")
    title: Series[str] = text("Title of the dataset.")
    version: Series[str] = semantic_version("Semantic version: three numbers.")
    released_edtf: Series[str] = edtf("Day of this version.", needs="day")
    horizon_edtf: Series[str] = edtf(
        "Date of the newest source found; later is unknown.", needs="day"
    )
    licence: Series[str] = text("Licence of the dataset, abbreviated.")
    licence_title: Series[str] = text("Full name of the licence.")
    licence_url: Series[str] = url("Where the licence can be read.")
    sentence_salt: Series[str] = digest("Key of the hashes in document_sentences.")


class AboutDocument(Table):
    """The document under examination: one row."""

    document_id: Series[str] = key("Name of the document.")
    title: Series[str] = text("Title of the document.")
    publisher: Series[str] = text("Who published it.")
    place: Series[str] = text("Where the publisher works.")
    published_edtf: Series[str] = edtf("The day on which it was published.", needs="day")
    default_from_node_id: Series[str] = reference(
        "nodes", "Where the page of trade routes starts unless a reader chooses another place."
    )
    default_to_node_id: Series[str] = reference(
        "nodes", "Where the page of trade routes ends unless a reader chooses another place."
    )


class Texts(Table):
    """Sentences of the site about this document and its region, by where they stand."""

    text_id: Series[str] = key("Where the sentence stands.")
    text: Series[str] = text("The sentence; words in braces are filled in by the program.")


class PageWords(Table):
    """What each page says of itself in search results, previews of links and on its picture."""

    page_code: Series[str] = code("pages", "The page.", primary=True)
    title: Series[str] = text("Title of the browser tab and of previews; at most 60 characters.")
    description: Series[str] = text("Description in previews; at most 200 characters.")
    picture: Series[str] = text("What the picture of a preview shows, for those who cannot see it.")
    card_title: Series[str] = text("Headline on the picture.")
    card_line: Series[str] = text("Line below that headline.")


class DocumentActors(Table):
    """How actors that matter to the document are named and drawn."""

    actor_id: Series[str] = reference("actors", "The actor.", primary=True)
    government: Series[str] = text(
        "Short name for its government, such as its capital.", optional=True
    )
    colour_slot: Series[str] = choice(
        COLOUR_SLOTS, "Which hue of the palette it has; empty for the common grey.", optional=True
    )
    label_side: Series[str] = choice(
        LABEL_SIDES,
        "Where its name stands beside its point on the map; empty for the usual place.",
        optional=True,
    )


class ArcBows(Table):
    """Pairs of actors whose arcs bend aside on the map, because they would hide those of others."""

    from_actor_id: Series[str] = reference("actors", "Where the arc starts.", primary=True)
    to_actor_id: Series[str] = reference("actors", "Where the arc ends.", primary=True)
    bow_km: Series[str] = measure(
        "How far the middle of the arc lies to the right of the straight line; negative to the "
        "left.",
        least=-2000,
        most=2000,
        unit="km",
    )


class MapViews(Table):
    """Named views of the alliance map: a window of the earth, and which ties it keeps."""

    map_view_id: Series[str] = key("Stable id; stands in addresses.")
    sequence: Series[str] = integer("Place in lists; the first is the default.", least=1, most=99)
    label: Series[str] = text("Name of the view in the control.")
    alt: Series[str] = text("What the map shows, as the beginning of its text alternative.")
    scope: Series[str] = text(
        "Where its ties are, as in “3 ties in the Alps”; empty when there is nothing to add.",
        optional=True,
    )
    tie_noun: Series[str] = text(
        "What a tie of this view is called; empty for just a tie.", optional=True
    )
    theme_code: Series[str] = code("themes", "The only theme it keeps, if any.", optional=True)
    needs_both_ends: Series[str] = flag(
        "Whether both ends of a tie must be among the actors of the view, or only one of them."
    )
    lon_min: Series[str] = measure("Western edge.", least=-180, most=180, unit="degrees")
    lon_max: Series[str] = measure("Eastern edge.", least=-180, most=180, unit="degrees")
    lat_min: Series[str] = measure("Southern edge.", least=-90, most=90, unit="degrees")
    lat_max: Series[str] = measure("Northern edge.", least=-90, most=90, unit="degrees")


class MapViewActors(Table):
    """Actors whose ties a view of the map keeps; a view without any keeps the ties of all."""

    map_view_id: Series[str] = reference("document/map_views", "The view.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor.", primary=True)


class MapViewSlots(Table):
    """Places inside a view of the map that stand in for actors beyond it."""

    map_view_id: Series[str] = reference("document/map_views", "The view.", primary=True)
    edge: Series[str] = choice(
        SLOT_EDGES,
        "For whom: `north` for those west of the view, `east` for those east of it, `adrift` for "
        "all others and for those without a point.",
        primary=True,
    )
    sequence: Series[str] = integer(
        "Order in which places are taken.", least=1, most=9, primary=True
    )
    lon: Series[str] = measure("Longitude.", least=-180, most=180, unit="degrees")
    lat: Series[str] = measure("Latitude.", least=-90, most=90, unit="degrees")


class PinnedEvents(Table):
    """Events that the timeline always names: visits that the document announces, and landmarks."""

    event_id: Series[str] = reference("events", "The event.", primary=True)
    kind: Series[str] = choice(
        PINNED_KINDS,
        "`visit` for what the document is built on, `landmark` for what readers find others by.",
    )
    sequence: Series[str] = integer("Order among those of its kind.", least=1, most=99)
    name: Series[str] = text("A few words that give away no later outcome.")


class ForecastNames(Table):
    """Short names of forecasts, for labels in figures; others go by their paraphrase."""

    claim_id: Series[str] = reference("claims", "The forecast.", primary=True)
    name: Series[str] = text("A few words.")


class LeveragePresets(Table):
    """Sets of actors whose joint veto the page of trade routes always prices."""

    preset_id: Series[str] = key("Stable id.")
    sequence: Series[str] = integer("Place in lists.", least=1, most=99)
    label: Series[str] = text("Who denies transit, in a few words.")
    role: Series[str] = choice(
        PRESET_ROLES,
        "Part in the finding: the two actors that the document names (`asked`), each of them "
        "`alone`, a `wider` set, and another actor `beside` them; empty for none.",
        optional=True,
    )


class LeveragePresetActors(Table):
    """Who belongs to such a set."""

    preset_id: Series[str] = reference("document/leverage_presets", "The set.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor.", primary=True)


class TimelineSpans(Table):
    """Spans of days to which the timeline can be narrowed."""

    timeline_span_id: Series[str] = key("Stable id; stands in addresses.")
    sequence: Series[str] = integer("Place in lists; the first is the default.", least=1, most=99)
    label: Series[str] = text("Name of the span in the control.")
    from_edtf: Series[str] = edtf(
        "First day; empty for the first on record.", optional=True, needs="day"
    )
    to_edtf: Series[str] = edtf(
        "Last day; empty for the last on record.", optional=True, needs="day"
    )


class Actors(Table):
    """States and organisations."""

    actor_id: Series[str] = key("ISO 3166-1 alpha-3 code for states; ORG-… for organisations.")
    label: Series[str] = text("Neutral short name.")
    kind_code: Series[str] = code("actor_kinds", "State, territory or organisation.")
    role_code: Series[str] = code("actor_roles", "Part played in the document.")
    lat: Series[str] = measure(
        "Latitude where ties meet.", least=-90, most=90, unit="degrees", optional=True
    )
    lon: Series[str] = measure(
        "Longitude where ties meet.", least=-180, most=180, unit="degrees", optional=True
    )
    note: Series[str] = text("What a reader should know about the name.", optional=True)


class Areas(Table):
    """Areas that the basemap leaves to nobody, because their status is disputed."""

    area_id: Series[str] = key("Code of the area in the UN outlines.")
    label: Series[str] = text("Neutral name.")
    note: Series[str] = text("Who claims and who administers, in a sentence.")


class BorderViews(Table):
    """Whose each disputed area is by one side's maps: a row for every side and every area."""

    border_view_code: Series[str] = code("border_views", "Whose view.", primary=True)
    area_id: Series[str] = reference("areas", "The area.", primary=True)
    shown_as_actor_id: Series[str] = reference(
        "actors", "To whom that view gives it; empty when to nobody.", optional=True
    )
    is_disputed: Series[str] = flag("Whether that view itself marks it as disputed.")
    note: Series[str] = text("How those maps show it, in a sentence.")


class BorderViewSources(Table):
    """What a row of the views of the borders rests on."""

    border_view_code: Series[str] = code("border_views", "Whose view.", primary=True)
    area_id: Series[str] = reference("areas", "The area.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class BorderNotes(Table):
    """Areas that every view draws as the United Nations have them, though others say otherwise."""

    border_note_id: Series[str] = key("Stable id.")
    label: Series[str] = text("Neutral name of the area.")
    note: Series[str] = text("How it is drawn, and why.")


class BorderNoteActors(Table):
    """In whose dossiers such a note stands."""

    border_note_id: Series[str] = reference("border_notes", "The note.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor.", primary=True)


class BorderNoteSources(Table):
    """What such a note rests on."""

    border_note_id: Series[str] = reference("border_notes", "The note.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Sources(Table):
    """Publications, each once."""

    source_id: Series[str] = key("Publisher and date, readable.")
    url: Series[str] = url("Where it was read.")
    publisher: Series[str] = text("Who published it; in brackets, whom it repeats.")
    published_edtf: Series[str] = edtf("When; empty where the page has no date.", optional=True)
    tier_code: Series[str] = code("source_tiers", "How near it is to what it tells of.")
    party_actor_id: Series[str] = reference(
        "actors", "State whose government owns it, pays for it or speaks in it.", optional=True
    )
    language_code: Series[str] = code("languages", "Language in which it was read.")
    origin_id: Series[str] = reference(
        "sources", "The source that tells the same text first; empty when its own.", optional=True
    )
    origin_note: Series[str] = text("What the two have in common.", optional=True)
    note: Series[str] = text("What to keep in mind when using it.", optional=True)


class DocumentSentences(Table):
    """Sentences of the document, as keyed hashes: the text itself stands nowhere."""

    paragraph: Series[str] = integer(
        "Body paragraph; 0 is the footnote.", least=0, most=5, primary=True
    )
    sentence: Series[str] = integer(
        "Sentence within the paragraph.", least=1, most=40, primary=True
    )
    digest: Series[str] = digest("BLAKE2b of the normalised sentence, keyed with the salt.")


class Claims(Table):
    """Checkable statements of the document, paraphrased."""

    claim_id: Series[str] = key("Stable id.")
    paragraph: Series[str] = integer("Body paragraph; 0 is the footnote.", least=0, most=5)
    sentence: Series[str] = integer("Sentence within the paragraph.", least=1, most=40)
    claim: Series[str] = text("Paraphrase.")
    kind_code: Series[str] = code("claim_kinds", "What kind of statement it is.")
    hedge_code: Series[str] = code("hedges", "How certain the author sounds.")
    hedge_words: Series[str] = text("The author's own marker, if any.", optional=True)
    theme_code: Series[str] = code("themes", "Subject.")
    undrawn_reason: Series[str] = text(
        "Why no figure shows the claim; empty when one does.", optional=True
    )


class ClaimActors(Table):
    """Whom a claim is about."""

    claim_id: Series[str] = reference("claims", "The claim.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor.", primary=True)


class Assessments(Table):
    """Verdicts on claims, each from a date on, until the next verdict on the same claim."""

    assessment_id: Series[str] = key("Claim id and a number.")
    claim_id: Series[str] = reference("claims", "The claim.")
    from_edtf: Series[str] = edtf("From when the verdict holds.")
    verdict_code: Series[str] = code("assessment_verdicts", "The verdict.")
    note: Series[str] = text("Why, in a few sentences.")


class AssessmentSources(Table):
    """What a verdict rests on."""

    assessment_id: Series[str] = reference("assessments", "The assessment.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Events(Table):
    """Things that happened, were announced, or were planned and did not happen."""

    event_id: Series[str] = key("Stable id.")
    date_edtf: Series[str] = edtf("When, by the record.")
    document_date_edtf: Series[str] = edtf(
        "When, by the document, where it differs.", optional=True
    )
    title: Series[str] = text("What, in a line.")
    summary: Series[str] = text("What is known, in a few sentences.")
    kind_code: Series[str] = code("event_kinds", "What kind of event.")
    theme_code: Series[str] = code("themes", "Lane on the timeline.")
    status_code: Series[str] = code("event_statuses", "Occurred, announced, disputed, not held.")
    place: Series[str] = text("Where.")
    lat: Series[str] = measure("Latitude.", least=-90, most=90, unit="degrees")
    lon: Series[str] = measure("Longitude.", least=-180, most=180, unit="degrees")
    is_in_document: Series[str] = flag("Whether the document itself refers to it.")
    document_says: Series[str] = text(
        "How the document has it, paraphrased, or where it departs.", optional=True
    )
    confidence_code: Series[str] = code("confidences", "How firm date and facts are.")


class EventKindEvidence(Table):
    """What an event of a kind is as evidence for a tie."""

    event_kind_code: Series[str] = code("event_kinds", "Kind of event.", primary=True)
    evidence_kind_code: Series[str] = code("evidence_kinds", "What it counts as.")


class EventActors(Table):
    """Who took part in an event."""

    event_id: Series[str] = reference("events", "The event.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor.", primary=True)


class EventSources(Table):
    """Where an event is on record."""

    event_id: Series[str] = reference("events", "The event.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class EventClaims(Table):
    """Which claims an event bears on."""

    event_id: Series[str] = reference("events", "The event.", primary=True)
    claim_id: Series[str] = reference("claims", "The claim.", primary=True)


class EventNames(Table):
    """Short names of events, for labels in figures; they give away no later outcome."""

    event_id: Series[str] = reference("events", "The event.", primary=True)
    name: Series[str] = text("A few words, at most about thirty characters.")


class Expectations(Table):
    """What the document expected at a time that it states or implies, and what came of it."""

    expectation_id: Series[str] = key("Stable id.")
    claim_id: Series[str] = reference("claims", "The forecast.")
    expected_edtf: Series[str] = edtf("When it was expected, no more exactly than the text says.")
    basis_code: Series[str] = code("timing_bases", "Whether the time is stated or implied.")
    label: Series[str] = text("What was expected, in a few words.")
    outcome_event_id: Series[str] = reference(
        "events", "What happened instead or in fulfilment; empty when nothing did.", optional=True
    )
    note: Series[str] = text("What came of it, or why nothing did.", optional=True)


class Disagreements(Table):
    """Questions on which sources say different things: all of it stands side by side."""

    disagreement_id: Series[str] = key("Stable id.")
    question: Series[str] = text("What they disagree on.")
    event_id: Series[str] = reference("events", "The event that it is about.", optional=True)
    claim_id: Series[str] = reference("claims", "The claim that it is about.", optional=True)
    resolution: Series[str] = text("What the dataset does, and by which rule.")


class DisagreementSources(Table):
    """What each source says on such a question; equal positions are worded equally."""

    disagreement_id: Series[str] = reference("disagreements", "The question.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)
    position: Series[str] = text("What it says, paraphrased.")
    is_followed: Series[str] = flag("Whether the dataset goes by it.")


class Ties(Table):
    """Relations between two actors: one theme, one valence."""

    tie_id: Series[str] = key("Actors and theme, readable.")
    from_actor_id: Series[str] = reference("actors", "Who acts, supplies or leads.")
    to_actor_id: Series[str] = reference("actors", "The other side.")
    theme_code: Series[str] = code("themes", "Subject.")
    direction_code: Series[str] = code("directions", "One way or mutual.")
    valence_code: Series[str] = code("valences", "Cooperation, rivalry, or neither.")
    label: Series[str] = text("What the tie is, in a line.")
    start_edtf: Series[str] = edtf("Since when; `..` when older than the record.", needs="nothing")
    end_edtf: Series[str] = edtf("Until when; empty while it lasts.", optional=True)
    is_asserted_only: Series[str] = flag("True when only the document says so.")
    note: Series[str] = text("Limits of what is known.", optional=True)
    note_from_edtf: Series[str] = edtf(
        "From when the note can be told; empty when always.", optional=True
    )


class TieClaims(Table):
    """Claims that assert a tie."""

    tie_id: Series[str] = reference("ties", "The tie.", primary=True)
    claim_id: Series[str] = reference("claims", "The claim.", primary=True)


class TieEvents(Table):
    """Events that document a tie."""

    tie_id: Series[str] = reference("ties", "The tie.", primary=True)
    event_id: Series[str] = reference("events", "The event.", primary=True)


class Nodes(Table):
    """Places of the transport network."""

    node_id: Series[str] = key("Country and place.")
    label: Series[str] = text("Name.")
    actor_id: Series[str] = reference("actors", "State in which it lies, or whose coast it is off.")
    lat: Series[str] = measure("Latitude.", least=-90, most=90, unit="degrees")
    lon: Series[str] = measure("Longitude.", least=-180, most=180, unit="degrees")
    kind_code: Series[str] = code("node_kinds", "What kind of place.")
    confidence_code: Series[str] = code("confidences", "How exact the point is.")
    note: Series[str] = text("Remarks.", optional=True)


class Legs(Table):
    """Edges of the transport network: two nodes, one mode, moving time and cost only."""

    leg_id: Series[str] = key("Stable id.")
    from_node_id: Series[str] = reference("nodes", "One end.")
    to_node_id: Series[str] = reference("nodes", "The other end.")
    mode_code: Series[str] = code("modes", "Mode of carriage.")
    distance_km: Series[str] = measure("Length.", least=0.1, most=20000, unit="km")
    distance_basis_code: Series[str] = code("bases", "Where the length comes from.")
    distance_note: Series[str] = text("How it was obtained.")
    transit_days_low: Series[str] = measure("Moving time, fast.", unit="days")
    transit_days_typical: Series[str] = measure("Moving time, usual.", unit="days")
    transit_days_high: Series[str] = measure("Moving time, slow.", unit="days")
    transit_days_basis: Series[str] = text("Where the times come from.")
    cost_usd_per_teu_low: Series[str] = measure("Carriage, cheap.", unit="USD per TEU")
    cost_usd_per_teu_typical: Series[str] = measure("Carriage, usual.", unit="USD per TEU")
    cost_usd_per_teu_high: Series[str] = measure("Carriage, dear.", unit="USD per TEU")
    cost_basis: Series[str] = text("Where the costs come from.")
    from_gauge_code: Series[str] = code("gauges", "Track gauge at the first end.", optional=True)
    to_gauge_code: Series[str] = code("gauges", "Track gauge at the other end.", optional=True)
    is_border_crossing: Series[str] = flag("Whether a land or port border is crossed.")
    geometry_note: Series[str] = text(
        "Decision where the computed length differs by more than a fifth.", optional=True
    )
    note: Series[str] = text("Remarks.", optional=True)


class LegActors(Table):
    """Who can deny the use of a leg."""

    leg_id: Series[str] = reference("legs", "The leg.", primary=True)
    actor_id: Series[str] = reference("actors", "The actor in control.", primary=True)


class LegSources(Table):
    """What is published about a leg."""

    leg_id: Series[str] = reference("legs", "The leg.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class LegStatuses(Table):
    """Whether a leg can be used, each row from a date until the next row of the same leg."""

    leg_status_id: Series[str] = key("Leg id and a number.")
    leg_id: Series[str] = reference("legs", "The leg.")
    from_edtf: Series[str] = edtf(
        "From when; `..` when already so before the record.", needs="nothing"
    )
    status_code: Series[str] = code("leg_statuses", "The status.")
    multiplier: Series[str] = measure(
        "Factor on moving time and cost while it holds; empty when not usable.",
        least=1,
        most=20,
        unit="times",
        optional=True,
    )
    as_of_edtf: Series[str] = edtf("Date of the newest source for it.")
    note: Series[str] = text("What happened, or what the factor rests on.")


class LegStatusSources(Table):
    """What a status rests on."""

    leg_status_id: Series[str] = reference("leg_statuses", "The status.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Scenarios(Table):
    """Switches that a reader may throw over the statuses of a day: what if …?"""

    scenario_id: Series[str] = key("Stable id.")
    label: Series[str] = text("What happens, in a line.")
    description: Series[str] = text("What is assumed, in a sentence.")
    sort_order: Series[str] = integer("Place in lists.", least=1, most=999)


class ScenarioLegs(Table):
    """What a scenario does to a leg; it takes the place of the leg's status on the day."""

    scenario_id: Series[str] = reference("scenarios", "The scenario.", primary=True)
    leg_id: Series[str] = reference("legs", "The leg.", primary=True)
    status_code: Series[str] = code("leg_statuses", "The status in the scenario.")
    multiplier: Series[str] = measure(
        "Factor on moving time and cost; empty when not usable.",
        least=1,
        most=20,
        unit="times",
        optional=True,
    )
    note: Series[str] = text("What is assumed about the leg.")


class StandingVetoes(Table):
    """States that deny transit to another's trade all the time, whatever the status of the legs."""

    standing_veto_id: Series[str] = key("Stable id.")
    actor_id: Series[str] = reference("actors", "Who denies transit.")
    trade_of_actor_id: Series[str] = reference("actors", "To whose trade, in either direction.")
    from_edtf: Series[str] = edtf("Since when; `..` when older than the record.", needs="nothing")
    to_edtf: Series[str] = edtf("Until when; empty while it lasts.", optional=True)
    lifted_by_scenario_id: Series[str] = reference(
        "scenarios", "The scenario that lifts it.", optional=True
    )
    note: Series[str] = text("What is denied, and what it rests on.")


class StandingVetoSources(Table):
    """What a standing veto rests on."""

    standing_veto_id: Series[str] = reference("standing_vetoes", "The veto.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Corridors(Table):
    """Ordered chains of legs that somebody promotes, with what is published about them."""

    corridor_id: Series[str] = key("Stable id.")
    label: Series[str] = text("Neutral name.")
    family_code: Series[str] = code("corridor_families", "Which corridors it is compared with.")
    operator: Series[str] = text("Who runs or promotes it.")
    from_node_id: Series[str] = reference("nodes", "Where it starts.")
    to_node_id: Series[str] = reference("nodes", "Where it ends.")
    published_km_low: Series[str] = measure("Published length, least.", unit="km", optional=True)
    published_km_high: Series[str] = measure("Published length, most.", unit="km", optional=True)
    published_days_low: Series[str] = measure("Published time, least.", unit="days", optional=True)
    published_days_typical: Series[str] = measure(
        "Published time, usual.", unit="days", optional=True
    )
    published_days_high: Series[str] = measure("Published time, most.", unit="days", optional=True)
    published_days_basis: Series[str] = text("Who says so: study, schedule, promotion.")
    published_days_note: Series[str] = text("End points and dates of those times.", optional=True)
    published_cost_low: Series[str] = measure(
        "Published price, least.", unit="see published_cost_unit", optional=True
    )
    published_cost_high: Series[str] = measure(
        "Published price, most.", unit="see published_cost_unit", optional=True
    )
    published_cost_unit: Series[str] = text("Unit of that price.", optional=True)
    published_cost_note: Series[str] = text("End points and years of that price.", optional=True)
    capacity_note: Series[str] = text("Published capacity.", optional=True)
    traffic_note: Series[str] = text("Published traffic.", optional=True)
    chokepoints: Series[str] = text("Where it is easiest to stop.")
    note: Series[str] = text("Remarks.", optional=True)


class CorridorLegs(Table):
    """The legs of a corridor, in order."""

    corridor_id: Series[str] = reference("corridors", "The corridor.", primary=True)
    sequence: Series[str] = integer("Place in the order, from 1.", least=1, most=99, primary=True)
    leg_id: Series[str] = reference("legs", "The leg.")


class CorridorSources(Table):
    """What is published about a corridor."""

    corridor_id: Series[str] = reference("corridors", "The corridor.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class CorridorClaims(Table):
    """Claims that are about a corridor."""

    corridor_id: Series[str] = reference("corridors", "The corridor.", primary=True)
    claim_id: Series[str] = reference("claims", "The claim.", primary=True)


class SlowBorders(Table):
    """Pairs of states whose road border takes longer than the usual one."""

    from_actor_id: Series[str] = reference("actors", "One state.", primary=True)
    to_actor_id: Series[str] = reference("actors", "The other state.", primary=True)
    rate_id: Series[str] = reference("rates", "The rate of the days at that border.")


class Rates(Table):
    """Speeds, waits, prices and emission factors."""

    rate_id: Series[str] = key("Stable id.")
    category_code: Series[str] = code("rate_categories", "What kind of rate.")
    scope: Series[str] = text("Mode or place it applies to.")
    label: Series[str] = text("What it is.")
    low: Series[str] = measure("Least.", unit="see unit", optional=True)
    typical: Series[str] = measure("Usual.", unit="see unit", optional=True)
    high: Series[str] = measure("Most.", unit="see unit", optional=True)
    unit: Series[str] = text("Unit.")
    basis_code: Series[str] = code("bases", "Published, derived, estimated.")
    year_note: Series[str] = text("Years it speaks of.", optional=True)
    is_in_model: Series[str] = flag("Whether the comparison uses it.")
    note: Series[str] = text("How it was obtained.", optional=True)


class RateSources(Table):
    """What a rate rests on."""

    rate_id: Series[str] = reference("rates", "The rate.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Benchmarks(Table):
    """Published figures that the comparison is held against, never fitted to."""

    benchmark_id: Series[str] = key("Stable id.")
    corridor_id: Series[str] = reference("corridors", "Which corridor.", optional=True)
    from_place: Series[str] = text("From, as published.")
    to_place: Series[str] = text("To, as published.", optional=True)
    from_node_id: Series[str] = reference(
        "nodes", "Where the comparison starts; empty when there is none.", optional=True
    )
    to_node_id: Series[str] = reference(
        "nodes", "Where the comparison ends; empty when there is none.", optional=True
    )
    metric_code: Series[str] = code("metrics", "What is measured.")
    value: Series[str] = measure("The figure.", least=-1000, unit="see unit", optional=True)
    low: Series[str] = measure("Least, where a range.", least=-1000, unit="see unit", optional=True)
    high: Series[str] = measure("Most, where a range.", least=-1000, unit="see unit", optional=True)
    unit: Series[str] = text("Unit.")
    kind_code: Series[str] = code("benchmark_kinds", "Actual run, schedule, study, promise.")
    event_edtf: Series[str] = edtf("When it was so.")
    source_id: Series[str] = reference("sources", "Where it is published.")
    is_calibration: Series[str] = flag("Whether it informed a rate.")
    not_comparable_reason: Series[str] = text(
        "Why there is nothing to compare it with.", optional=True
    )
    note: Series[str] = text("Remarks.", optional=True)
    verdict_note: Series[str] = text("Why the comparison is far from it.", optional=True)


class BenchmarkLegs(Table):
    """The way of a published figure, where it is not a part of its corridor."""

    benchmark_id: Series[str] = reference("benchmarks", "The figure.", primary=True)
    sequence: Series[str] = integer("Place in the way.", least=1, most=99, primary=True)
    leg_id: Series[str] = reference("legs", "The leg.")


class Findings(Table):
    """What the briefing says first: a sentence each, and the view that shows it."""

    finding_id: Series[str] = key("Stable id.")
    sequence: Series[str] = integer("Place in the order.", least=1, most=99)
    headline: Series[str] = text("The finding, in one sentence.")
    detail: Series[str] = text("What stands behind it, in a sentence or two.")
    from_edtf: Series[str] = edtf("From when it can be said: the last day that it speaks of.")
    page_code: Series[str] = code("pages", "Page that shows it.")
    view: Series[str] = text("Query string of the exact view.", optional=True)


class FindingClaims(Table):
    """Claims behind a finding."""

    finding_id: Series[str] = reference("findings", "The finding.", primary=True)
    claim_id: Series[str] = reference("claims", "The claim.", primary=True)


class Scenes(Table):
    """The steps of the briefing: a view with words, in order."""

    scene_id: Series[str] = key("Stable id.")
    sequence: Series[str] = integer("Place in the briefing.", least=1, most=99)
    title: Series[str] = text("Its headline: the finding, in one sentence.")
    narration: Series[str] = text("One or two sentences for the room.")
    notes: Series[str] = text("What the speaker should know beside them.")
    page_code: Series[str] = code("pages", "Page that shows it.")
    view: Series[str] = text("Query string of the exact view.", optional=True)


class Moments(Table):
    """Days that matter to the reading of the document: presets of the as-of date."""

    moment_id: Series[str] = key("Stable id.")
    label: Series[str] = text("What happened, in a word or two.")
    date_edtf: Series[str] = edtf("The day.")
    event_id: Series[str] = reference("events", "The event of that day, if any.", optional=True)
    note: Series[str] = text("Why the day matters, in a sentence.")


class Pledges(Table):
    """What one actor was to give another, by the document or in place of what it speaks of."""

    pledge_id: Series[str] = key("Stable id.")
    sequence: Series[str] = integer("Place in lists.", least=1, most=99)
    label: Series[str] = text("What is to be given, in a few words.")
    theme_code: Series[str] = code("themes", "Subject.")
    from_actor_id: Series[str] = reference("actors", "Who is to give.")
    to_actor_id: Series[str] = reference("actors", "Who is to receive.")
    claim_id: Series[str] = reference("claims", "The claim that it belongs to.")
    document_says: Series[str] = text(
        "How the document has it, paraphrased; empty where it does not speak of it.", optional=True
    )
    note: Series[str] = text("What to keep in mind.", optional=True)


class PledgeSteps(Table):
    """How far a pledge has come: each row a stage that it reached, or was said to reach."""

    pledge_step_id: Series[str] = key("Pledge id and a number.")
    pledge_id: Series[str] = reference("pledges", "The pledge.")
    stage_code: Series[str] = code("pledge_stages", "The stage.")
    date_edtf: Series[str] = edtf("When, or when it was first reported.")
    amount: Series[str] = measure("How much, where a source says.", unit="see unit", optional=True)
    unit: Series[str] = text("Unit of the amount.", optional=True)
    qualifier: Series[str] = text("How far it goes, in a word or two.", optional=True)
    is_unconfirmed: Series[str] = flag("True when only the press or one side says so.")
    event_id: Series[str] = reference("events", "The event, if it is one.", optional=True)
    note: Series[str] = text("What is known, in a sentence.")


class PledgeStepSources(Table):
    """What a step rests on."""

    pledge_step_id: Series[str] = reference("pledge_steps", "The step.", primary=True)
    source_id: Series[str] = reference("sources", "The source.", primary=True)


class Terms(Table):
    """Contested words: whose they are, what stands instead, and where they may stand themselves."""

    term_id: Series[str] = key("Stable id.")
    pattern: Series[str] = text(
        "The words: phrases joined by a bar; a small letter is either case; * is any ending."
    )
    whose: Series[str] = text("Whose words they are.")
    named_by: Series[str] = text(
        "Words that say whose a quoted term is, when they stand in the same text; as a pattern."
    )
    neutral_label: Series[str] = text("What to write instead.")
    note: Series[str] = text("Why the term is contested.")
    stands_in: Series[str] = text(
        "Columns in which the term may stand, as table.column, with blanks between.", optional=True
    )
    stands_as: Series[str] = text(
        "Phrases as a part of which it may stand, such as proper names; as a pattern.",
        optional=True,
    )
    basis: Series[str] = text("What the neutral label rests on.")


class Retired(Table):
    """Ids that were in use once and must not be used again."""

    table: Series[str] = text("Table of the id.")
    retired_id: Series[str] = key("The id.")
    retired_edtf: Series[str] = edtf("When.")
    reason: Series[str] = text("Why, and what replaces it.")


TABLES: dict[str, type[Table]] = {
    "dataset": Dataset,
    "document/document": AboutDocument,
    "document/texts": Texts,
    "document/pages": PageWords,
    "document/actors": DocumentActors,
    "document/arc_bows": ArcBows,
    "document/map_views": MapViews,
    "document/map_view_actors": MapViewActors,
    "document/map_view_slots": MapViewSlots,
    "document/pinned_events": PinnedEvents,
    "document/forecast_names": ForecastNames,
    "document/leverage_presets": LeveragePresets,
    "document/leverage_preset_actors": LeveragePresetActors,
    "document/timeline_spans": TimelineSpans,
    "actors": Actors,
    "areas": Areas,
    "border_views": BorderViews,
    "border_view_sources": BorderViewSources,
    "border_notes": BorderNotes,
    "border_note_actors": BorderNoteActors,
    "border_note_sources": BorderNoteSources,
    "sources": Sources,
    "document_sentences": DocumentSentences,
    "claims": Claims,
    "claim_actors": ClaimActors,
    "assessments": Assessments,
    "assessment_sources": AssessmentSources,
    "events": Events,
    "event_actors": EventActors,
    "event_sources": EventSources,
    "event_claims": EventClaims,
    "disagreements": Disagreements,
    "disagreement_sources": DisagreementSources,
    "event_names": EventNames,
    "expectations": Expectations,
    "event_kind_evidence": EventKindEvidence,
    "ties": Ties,
    "tie_claims": TieClaims,
    "tie_events": TieEvents,
    "nodes": Nodes,
    "legs": Legs,
    "leg_actors": LegActors,
    "leg_sources": LegSources,
    "leg_statuses": LegStatuses,
    "leg_status_sources": LegStatusSources,
    "scenarios": Scenarios,
    "scenario_legs": ScenarioLegs,
    "standing_vetoes": StandingVetoes,
    "standing_veto_sources": StandingVetoSources,
    "corridors": Corridors,
    "corridor_legs": CorridorLegs,
    "corridor_sources": CorridorSources,
    "corridor_claims": CorridorClaims,
    "rates": Rates,
    "rate_sources": RateSources,
    "slow_borders": SlowBorders,
    "benchmarks": Benchmarks,
    "benchmark_legs": BenchmarkLegs,
    "findings": Findings,
    "finding_claims": FindingClaims,
    "scenes": Scenes,
    "moments": Moments,
    "pledges": Pledges,
    "pledge_steps": PledgeSteps,
    "pledge_step_sources": PledgeStepSources,
    "terms": Terms,
    "retired": Retired,
    **{f"codes/{name}": Codes for name in CODE_TABLES},
}
