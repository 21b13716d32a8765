"""Faults in the data: what is wrong, where it stands, which rule it breaks, how to mend it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

RULES: dict[str, tuple[str, str]] = {
    # code: (rule, remedy)
    "missing_file": ("Every table is a file.", "Put the file back, or restore it from history."),
    "empty_file": ("A table has a header row.", "Restore the header row."),
    "no_rows": ("This table needs at least one row.", "Restore the rows."),
    "not_utf8": ("Files are UTF-8.", "Save the file as UTF-8."),
    "byte_order_mark": ("Files have no byte order mark.", "Save as UTF-8 without BOM."),
    "wrong_delimiter": ("Cells are separated by commas.", "Export the file with commas."),
    "broken_quotes": ("Quoted cells are closed.", "Close the quotation mark, or double it."),
    "ragged_row": ("Every row has as many cells as the header.", "Quote cells that hold commas."),
    "missing_column": ("All columns of the contract are there.", "Add the column."),
    "unknown_column": ("No column stands outside the contract.", "Remove or rename the column."),
    "repeated_column": ("A column stands once.", "Remove the second column."),
    "not_geojson": ("Geometry files are GeoJSON.", "Run `make data` to build it again."),
    "missing_geometry": ("Every leg has a line.", "Run `make data` to build it again."),
    "empty_cell": ("This column is required.", "Fill the cell."),
    "bad_key": ("Ids are letters, digits, hyphens, underscores.", "Rename the id."),
    "duplicate_key": ("A key names one row.", "Remove the row, or give it a new id."),
    "not_an_integer": ("The cell holds a whole number.", "Write digits only."),
    "not_a_number": ("The cell holds a plain decimal number.", "Write it as 1234.5."),
    "out_of_range": ("The number lies within its column's limits.", "Correct the number."),
    "bad_digest": (
        "Hashes and salts are 32 hexadecimal digits.",
        "Make them again with digest_sentences.",
    ),
    "not_a_flag": ("Flags are `true` or `false`.", "Write `true` or `false`."),
    "bad_date": ("Dates are EDTF and exist.", "Write 2025-04-10, 2025-04, 2025-04~ or a/b."),
    "far_date": ("Dates lie between the years 1700 and 2200.", "Correct the year."),
    "no_first_day": (
        "This date has a first day.",
        "Write from when: a day, a month or a year, or a/.. for what goes on.",
    ),
    "not_a_day": ("This date is one exact day.", "Write it as 2025-04-10."),
    "bad_url": ("Addresses are absolute http(s) URLs.", "Copy the address from the browser."),
    "markup": ("Text holds no tags and no entities.", "Remove the markup."),
    "control_character": ("Text holds no control characters.", "Remove the hidden character."),
    "formula": ("Text does not start with = + - or @.", "Put a word in front."),
    "padded": ("Cells have no space at either end.", "Remove the space."),
    "unknown_word": (
        "The cell holds one of the words that its column allows.",
        "Use one of the words that the dictionary on the page of data lists.",
    ),
    "unknown_code": ("Codes stand in their code table.", "Use a code of the table, or add it."),
    "dangling_id": ("Every id resolves.", "Correct the id, or add the row it names."),
    "retired_id": ("Retired ids stay retired.", "Give the row a new id."),
    "range_order": ("low ≤ typical ≤ high.", "Put the three in order."),
    "no_figure": ("A row of figures states at least one.", "Add the figure, or remove the row."),
    "tie_to_itself": ("A tie joins two different actors.", "Correct one of the two ends."),
    "actor_not_placed": ("An actor with a tie has a place on the map.", "Add lat and lon."),
    "ends_before_start": ("Nothing ends before it starts.", "Correct one of the two dates."),
    "asserted_mismatch": (
        "A tie is asserted only when no event documents it.",
        "Correct the flag, or the rows of tie_events.",
    ),
    "tie_without_ground": ("A tie has a claim or an event.", "Add the claim or event, or drop it."),
    "no_assessment": ("Every claim has a verdict.", "Add a row to assessments."),
    "no_source": ("Nothing stands without a source.", "Add the source to the join table."),
    "no_actor": ("Every event and claim has an actor.", "Add the actor to the join table."),
    "same_start": (
        "Two states of one thing do not begin on the same day.",
        "Make the dates exact enough to tell which comes first.",
    ),
    "not_drawn": (
        "A claim is drawn somewhere, or says why not; not both.",
        "Link it to a tie, event or corridor, or fill undrawn_reason; or empty that cell.",
    ),
    "no_sentence": (
        "A claim stands in a sentence of the document.",
        "Correct paragraph or sentence, or add the row to document_sentences.",
    ),
    "origin_in_circles": (
        "Going from a source to its origin ends at a source that is its own.",
        "Empty origin_id of the one that tells it first.",
    ),
    "origin_unexplained": (
        "A source with an origin says what the two have in common; another does not.",
        "Fill or empty origin_note.",
    ),
    "no_dispute": (
        "A disagreement has two positions or more, and is about an event or a claim.",
        "Add the other position or the subject, or drop the row.",
    ),
    "two_followed": (
        "Of one disagreement one position is followed at most.",
        "Correct is_followed, or word equal positions equally.",
    ),
    "judged_too_early": (
        "No verdict begins before the document was published.",
        "Correct the date: what was not yet written cannot be judged.",
    ),
    "reopened": (
        "What was decided does not become open again.",
        "Use contested or unverifiable, or correct the order of the verdicts.",
    ),
    "moment_outside": (
        "A moment is one day between the first event and the newest source.",
        "Write one day of the record.",
    ),
    "horizon_too_early": (
        "The newest source is no older than the document and the first event.",
        "Correct horizon_edtf.",
    ),
    "event_disagrees": (
        "What names an event has a date within the event’s.",
        "Correct the date or the event.",
    ),
    "no_step": ("Every pledge has a step.", "Add a row to pledge_steps, or drop the pledge."),
    "steps_out_of_order": (
        "A pledge reaches its stages in their order.",
        "Correct the date or the stage.",
    ),
    "amount_without_unit": (
        "An amount has a unit, and a unit an amount.",
        "Fill or empty both.",
    ),
    "not_a_forecast": ("Only a forecast has an expected time.", "Correct claim_id or drop it."),
    "no_outcome": (
        "What a decided forecast expected has an outcome, or says why there is none.",
        "Fill outcome_event_id or note.",
    ),
    "no_status": ("Every leg has a status.", "Add a row to leg_statuses."),
    "multiplier_mismatch": (
        "A usable leg has a multiplier, an unusable one has none.",
        "Fill or empty the multiplier.",
    ),
    "gap_in_sequence": ("Legs of a corridor count 1, 2, 3 …", "Number them without gaps."),
    "legs_do_not_join": ("Each leg starts where the last one ended.", "Correct the chain."),
    "wrong_corridor_end": ("The chain joins the corridor's two ends.", "Correct ends or legs."),
    "no_legs": (
        "Every corridor and every scenario has legs.",
        "Add rows to corridor_legs or scenario_legs.",
    ),
    "not_compared": (
        "A benchmark joins two nodes, or says why there is nothing to compare; not both.",
        "Fill both nodes, or not_comparable_reason; or empty the other.",
    ),
    "no_way": (
        "The two nodes of a benchmark lie on its corridor or at the ends of its own legs.",
        "Correct a node, or the rows of benchmark_legs.",
    ),
    "wrong_border": (
        "A land leg between two states crosses a border.",
        "Correct the flag, or the state of a node.",
    ),
    "border_view_gap": (
        "Every view of the borders says of every area whose it is.",
        "Add the row to border_views.",
    ),
    "nobody_undisputed": (
        "An area that a view gives to nobody is disputed in it.",
        "Name the actor, or set is_disputed.",
    ),
    "no_evidence_kind": (
        "Every kind of event counts as some kind of evidence.",
        "Add the row to event_kind_evidence.",
    ),
    "not_one_row": ("This table has exactly one row.", "Remove the other rows."),
    "no_principal": (
        "At least one actor is a principal.",
        "Give an actor the role principal.",
    ),
    "colour_twice": ("A hue belongs to one actor.", "Empty colour_slot of one of the two."),
    "colour_mismatch": (
        "A hue of a principal belongs to a principal, that of a rival to a rival.",
        "Correct colour_slot, or the role of the actor.",
    ),
    "missing_text": ("The program has a sentence for each place.", "Add the row to texts."),
    "unknown_text": ("Every sentence stands somewhere.", "Correct text_id, or drop the row."),
    "unknown_placeholder": (
        "Words in braces are those that the program fills in at this place.",
        "Correct or remove the word in braces.",
    ),
    "missing_page": ("Every page has its words.", "Add the row to document/pages."),
    "too_long": ("The text fits where it stands.", "Shorten it."),
    "pair_twice": ("A pair of actors stands once, and is two actors.", "Drop one of the rows."),
    "bad_window": (
        "A window of the map spans at least a degree each way, south to north and west to east.",
        "Correct the edges.",
    ),
    "slot_gap": (
        "A view with places for actors beyond it has some of each kind, in order from 1.",
        "Add the missing rows to document/map_view_slots.",
    ),
    "no_actor_in_view": (
        "A view whose ties need both ends among its actors has actors.",
        "Add rows to document/map_view_actors, or set needs_both_ends to false.",
    ),
    "visit_without_date": (
        "A visit that the document is built on has a date in the document.",
        "Fill document_date_edtf of the event, or make it a landmark.",
    ),
    "preset_roles": (
        "One set of two actors is asked, each of them alone; one wider set holds both and others; "
        "one actor stands beside.",
        "Correct role, or the rows of document/leverage_preset_actors.",
    ),
    "no_government": (
        "Every actor with a part in the finding on leverage has a name for its government.",
        "Fill government in document/actors.",
    ),
    "span_order": ("A span does not end before it starts.", "Correct one of the two days."),
    "first_span_not_open": (
        "The first span of the timeline has no first and no last day.",
        "Empty both, or put an open span first.",
    ),
    "rate_not_in_days": ("The rate of a border is in days.", "Name a rate whose unit is days."),
    "bad_version": ("Versions are three numbers: x.y.z.", "Write it as 1.0.0."),
    "not_in_change_log": (
        "The change log has a section for the version.",
        "Start a section `## x.y.z` in CHANGELOG.md, or correct the version.",
    ),
    "not_kept": (
        "Every older version of the change log is kept.",
        "Put versions/x.y.z.zip back from history.",
    ),
    "bad_kept_version": (
        "A kept version opens, is what its name says, and is no newer than the dataset.",
        "Put the file back from history.",
    ),
    "changed_after_release": (
        "A version that is kept does not change any more.",
        "Give the dataset a new version, or restore the tables.",
    ),
    "bad_pattern": (
        "A pattern is phrases joined by |; * ends a word of three letters or more.",
        "Correct the pattern.",
    ),
    "contested_term": (
        "A contested term stands only where it is marked as somebody’s.",
        "Write the neutral label of data/terms.csv, or “quote” the term and say whose it is.",
    ),
    "needed_code": (
        "The program asks for this code by name.",
        "Put the row back; its label and description are free.",
    ),
    "code_without_meaning": (
        "Here the program knows a rule, a colour or a symbol for each code, and none for this one.",
        "Use a code that it knows, or teach it the new one, from entente/check/across.py on.",
    ),
    "needed_rate": (
        "Dwell times, prices and emissions of routes are worked out with this rate.",
        "Put the row back; its numbers are free.",
    ),
    "rate_without_number": (
        "A rate that routes are worked out with states low, typical and high.",
        "Fill the number; where nothing else is known, repeat the usual one.",
    ),
    "metric_not_compared": (
        "A figure that joins two nodes is a length, a time or a price above nothing.",
        "Correct the metric or the figure, or empty both nodes and say why nothing is compared.",
    ),
    "dead_view": ("Findings and scenes link to a view that is.", "Correct page_code or view."),
}


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong in one place.

    `line` counts from 1 with the header as line 1; 0 means the file as a whole.
    """

    file: str
    line: int = 0
    code: str
    key: str = ""
    column: str = ""
    value: str = ""

    @property
    def rule(self) -> str:
        """The rule that is broken."""
        return RULES[self.code][0]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.code][1]

    def as_dict(self) -> dict[str, str | int]:
        """All parts by name, for JSON and tables."""
        return {**asdict(self), "rule": self.rule, "remedy": self.remedy}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join(part for part in (self.key, self.column) if part)
        shown = f" = {_short(self.value)!r}" if self.value else ""
        return f"{place}: {self.code}: {what}{shown}: {self.rule} {self.remedy}".replace(
            ": : ", ": "
        )


class BrokenDataset(Exception):
    """The dataset cannot be used; `faults` says why, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults sorted by file and line."""
        self.faults = tuple(sorted(faults))
        super().__init__(f"{len(self.faults)} faults in the dataset")


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
