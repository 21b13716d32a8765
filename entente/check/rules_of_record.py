"""Rules across the tables of the record: ties, claims, verdicts, sources, pledges, borders.

Each takes the tables as :mod:`entente.check.faults` describes them, and yields faults.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from entente import dates
from entente.check.faults import Fault, Tables, fault_at, faults_where, list_values, needs, stand_in

FORECAST = "forecast"
DAYS_OF_GRACE = 7  # between a verdict and a source that came out after it
OPEN_VERDICT = "open"
OPPOSITES = ("cooperation", "rivalry")
# Where a row says what it rests on, and words that are no ground.
NOTES = {
    "assessments": "note",
    "events": "summary",
    "leg_statuses": "note",
    "standing_vetoes": "note",
    "ties": "note",
}
NO_GROUND = r"\b(?:general knowledge|from memory)\b"
# Tables that put a claim behind a mark of a figure.
DRAWN = ("tie_claims", "event_claims", "corridor_claims", "pledges")
SUBJECT = ["claim_id", "event_id"]


@needs("ties", "tie_claims", "tie_events", "actors")
def check_ties(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A tie joins two placed actors, ends after it starts, and says truly who asserts it."""
    ties = tables["ties"]
    documented = ties["tie_id"].isin(list_values(texts, "tie_events", "tie_id"))
    claimed = ties["tie_id"].isin(list_values(texts, "tie_claims", "tie_id"))
    same = ties["from_actor_id"] == ties["to_actor_id"]
    yield from faults_where(tables, "ties", same, "tie_to_itself", "to_actor_id")
    wrong = ties["is_asserted_only"] == documented
    yield from faults_where(tables, "ties", wrong, "asserted_mismatch", "is_asserted_only")
    yield from faults_where(tables, "ties", ~(documented | claimed), "tie_without_ground", "tie_id")
    for line, tie in ties[ties["end_edtf"].notna()].iterrows():
        start, end = dates.span(tie["start_edtf"]).first, dates.span(tie["end_edtf"]).last
        if start and end and end < start:
            yield fault_at(tables, "ties", line, "ends_before_start", "end_edtf")
    actors = tables["actors"]
    tied = actors["actor_id"].isin([*ties["from_actor_id"], *ties["to_actor_id"]])
    adrift = tied & actors[["lat", "lon"]].isna().any(axis=1)
    yield from faults_where(tables, "actors", adrift, "actor_not_placed", "lat")


@needs("claims", *DRAWN)
def check_claims_are_drawn(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A claim stands behind a mark of a figure, or says why no figure can show it; never both.

    Marks are ties, events, corridors, the rows of pledges, and those of forecasts. Where a dossier
    has none of the former, nobody asks why.
    """
    claims = tables["claims"]
    if all(texts[name].empty for name in DRAWN):
        return
    behind = {one for name in DRAWN for one in list_values(texts, name, "claim_id")}
    is_drawn = claims["claim_id"].isin(behind) | (claims["kind_code"] == FORECAST)
    wrong = is_drawn == claims["undrawn_reason"].notna()
    yield from faults_where(tables, "claims", wrong, "not_drawn", "undrawn_reason")


@needs("claims", "document_sentences")
def check_sentences_of_claims(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every claim stands in a sentence that the document has, where its sentences are known."""
    if texts["document_sentences"].empty:
        return
    adrift = ~stand_in(tables["claims"], texts["document_sentences"], ["paragraph", "sentence"])
    yield from faults_where(tables, "claims", adrift, "no_sentence", "sentence")


@needs("sources")
def check_origins(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """From origin to origin one comes to a source of its own; each step says what is shared."""
    sources = tables["sources"]
    repeated = sources["origin_id"].notna()
    step = dict(sources.loc[repeated, ["source_id", "origin_id"]].to_numpy())
    circles = sources["source_id"].map(lambda source: _runs_in_circles(source, step)).astype(bool)
    yield from faults_where(tables, "sources", circles, "origin_in_circles", "origin_id")
    wrong = repeated != sources["origin_note"].notna()
    yield from faults_where(tables, "sources", wrong, "origin_unexplained", "origin_note")


def _runs_in_circles(start: str, step: Mapping[str, str]) -> bool:
    """Whether going from a row to the row that it names, step by step, leads back to it."""
    at, seen = step.get(start), set()
    while at is not None and at not in seen and at != start:
        seen.add(at)
        at = step.get(at)
    return at == start


@needs("disagreements", "disagreement_sources", "events", "claims")
def check_disagreements(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A disagreement has a subject and several positions, of which one at most is followed."""
    rows, said = tables["disagreements"], tables["disagreement_sources"]
    count = said.groupby("disagreement_id")["position"].nunique()
    chosen = said[said["is_followed"]].groupby("disagreement_id")["position"].nunique()
    single = rows["disagreement_id"].map(count).fillna(0) < 2
    single |= rows[["event_id", "claim_id"]].isna().all(axis=1)
    yield from faults_where(tables, "disagreements", single, "no_dispute", "disagreement_id")
    both = rows["disagreement_id"].map(chosen).fillna(0) > 1
    yield from faults_where(tables, "disagreements", both, "two_followed", "disagreement_id")


@needs("positions", "document/document")
def check_positions(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A position is one party's only one, and about one claim or one event."""
    rows = tables["positions"]
    astray = rows[SUBJECT].notna().sum(axis=1) != 1
    yield from faults_where(tables, "positions", astray, "position_subject", "claim_id")
    twice = rows.duplicated([*SUBJECT, "actor_id"])
    yield from faults_where(tables, "positions", twice, "position_twice", "actor_id")
    publisher = list_values(texts, "document/document", "publisher")
    nobody = rows["actor_id"].isna() & ~rows["speaker"].isin(publisher)
    yield from faults_where(tables, "positions", nobody, "not_the_author", "actor_id")


@needs("positions", "sources", "dataset")
def check_days_of_positions(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """A position was taken by the day of the newest source, and its source is not older."""
    rows = tables["positions"]
    for horizon in tables["dataset"]["horizon_edtf"].map(dates.first_day):
        late = (rows["date_edtf"].map(dates.known_from) > horizon).astype(bool)
        yield from faults_where(tables, "positions", late, "after_horizon", "date_edtf")
    sources = tables["sources"].dropna(subset=["published_edtf"])
    published = dict(zip(sources["source_id"], sources["published_edtf"], strict=True))
    for line, row in rows[rows["source_id"].isin(list(published))].iterrows():
        last = dates.span(published[row["source_id"]]).last
        if last and last < dates.first_day(row["date_edtf"]):
            yield fault_at(tables, "positions", line, "source_too_early", "source_id")


@needs("positions")
def check_answers(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An answer is to an earlier position of another party on the same claim or event."""
    rows = tables["positions"]
    answers = rows[rows["answers_id"].isin(rows["position_id"])]
    asked = rows.drop_duplicates("position_id").set_index("position_id")
    asked = asked.loc[answers["answers_id"]].set_index(answers.index)
    own, other = (part[[*SUBJECT, "actor_id"]].fillna("") for part in (answers, asked))
    elsewhere = (own[SUBJECT] != other[SUBJECT]).any(axis=1)
    yield from faults_where(tables, "positions", elsewhere, "answer_elsewhere", "answers_id")
    same = own["actor_id"] == other["actor_id"]
    yield from faults_where(tables, "positions", same, "answer_to_own_side", "answers_id")
    said, allegation = (part["date_edtf"].map(dates.known_from) for part in (answers, asked))
    yield from faults_where(
        tables, "positions", (said < allegation).astype(bool), "answer_too_early", "date_edtf"
    )
    step = dict(zip(answers["position_id"], answers["answers_id"], strict=True))
    circles = answers["position_id"].map(lambda one: _runs_in_circles(one, step)).astype(bool)
    yield from faults_where(tables, "positions", circles, "answers_in_circles", "answers_id")


@needs("assessments", "document/document")
def check_days_of_verdicts(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Nothing is judged before it was written, and what was decided is not opened again."""
    assessments = tables["assessments"]
    if tables["document/document"].empty:  # its row is faulty in itself
        return
    published = dates.first_day(str(tables["document/document"]["published_edtf"].iloc[0]))
    begun = assessments["from_edtf"].map(dates.first_day)
    early = (begun < published).astype(bool)
    yield from faults_where(tables, "assessments", early, "judged_too_early", "from_edtf")
    for _, rows in assessments.assign(begun=begun).groupby("claim_id", sort=True):
        verdicts = rows.sort_values("begun", kind="stable")["verdict_code"]
        for (_, before), (line, after) in pairwise(verdicts.items()):
            if before != OPEN_VERDICT and after == OPEN_VERDICT:
                yield fault_at(tables, "assessments", line, "reopened", "verdict_code")


@needs("sources", "dataset")
def check_days_of_sources(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """No source begins after the day of the newest source, which is the last day that is shown."""
    dated = tables["sources"]["published_edtf"].dropna().map(dates.first_day)
    for horizon in tables["dataset"]["horizon_edtf"].map(dates.first_day):
        late = (dated > horizon).astype(bool)
        yield from faults_where(tables, "sources", late, "after_horizon", "published_edtf")


@needs("assessments", "assessment_sources", "sources")
def check_sources_of_verdicts(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """No verdict rests on a source that came out more than a week after it counts."""
    counted = tables["assessments"].drop_duplicates("assessment_id").set_index("assessment_id")
    given = counted["from_edtf"].map(dates.known_from)
    dated = tables["sources"].dropna(subset=["published_edtf"]).drop_duplicates("source_id")
    published = dated.set_index("source_id")["published_edtf"].map(dates.first_day)
    for line, row in tables["assessment_sources"].iterrows():
        day, out = given.get(row["assessment_id"]), published.get(row["source_id"])
        if day and out and (out - day).days > DAYS_OF_GRACE:
            yield fault_at(tables, "assessment_sources", line, "source_after_verdict", "source_id")


@needs()
def check_words_of_grounds(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """No note gives general knowledge or somebody's memory as the ground of what it says."""
    for name, column in NOTES.items():
        if name in tables:
            said = tables[name][column].str.contains(NO_GROUND, case=False, na=False)
            yield from faults_where(tables, name, said, "no_ground", column)


@needs("ties")
def check_opposite_ties(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Two actors do not work together and against each other on one theme at one time.

    Only what is certain counts: both ties must have begun, and neither can have ended, on some day.
    A tie may begin on the day on which another ends.
    """
    ties = tables["ties"][tables["ties"]["valence_code"].isin(OPPOSITES)]
    pairs = ties[["from_actor_id", "to_actor_id"]].apply(frozenset, axis=1)
    begun = ties["start_edtf"].map(dates.known_from)
    ended = ties["end_edtf"].map(_find_first_end)
    for line, other in combinations(ties.index, 2):
        one, two = ties.loc[line], ties.loc[other]
        is_opposite = one["valence_code"] != two["valence_code"]
        is_same = pairs[line] == pairs[other] and one["theme_code"] == two["theme_code"]
        lasts = max(begun[line], begun[other]) < min(ended[line], ended[other])
        if is_opposite and is_same and lasts:
            yield fault_at(tables, "ties", other, "opposite_ties", "valence_code")


def _find_first_end(text: object) -> dt.date:
    """The earliest day on which a tie can have ended; the last date there is while it goes on."""
    return (dates.span(text).first if isinstance(text, str) else None) or dt.date.max


@needs("reviews")
def check_reviews(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Of the rows that were drawn, no more are wrong or doubtful than there were."""
    rows = tables["reviews"]
    over = rows["wrong_count"] + rows["doubtful_count"] > rows["row_count"]
    yield from faults_where(tables, "reviews", over.astype(bool), "more_than_drawn", "row_count")


@needs("claims")
def check_forecasts(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Expectations and short names of forecasts belong to one."""
    claims = tables["claims"]
    others = claims.loc[claims["kind_code"] != FORECAST, "claim_id"]
    for name in ("expectations", "document/forecast_names"):
        if name in tables:
            wrong = tables[name]["claim_id"].isin(others)
            yield from faults_where(tables, name, wrong, "not_a_forecast", "claim_id")


@needs("expectations", "assessments")
def check_expectations(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """An expectation has an outcome once its forecast is decided."""
    rows, verdicts = tables["expectations"], tables["assessments"]
    decided = verdicts.loc[verdicts["verdict_code"] != OPEN_VERDICT, "claim_id"]
    bare = rows[["outcome_event_id", "note"]].isna().all(axis=1) & rows["claim_id"].isin(decided)
    yield from faults_where(tables, "expectations", bare, "no_outcome", "outcome_event_id")


@needs("moments", "events", "dataset", "document/document")
def check_moments(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """The record ends after it begins; a moment is one of its days, and one of its event's."""
    about, events, moments = tables["dataset"], tables["events"], tables["moments"]
    document = tables["document/document"]
    if about.empty or document.empty:  # their rows are faulty in themselves
        return
    published = str(document["published_edtf"].iloc[0])
    first = dates.new_year_before([*events["date_edtf"], published])
    last = dates.first_day(str(about["horizon_edtf"].iloc[0]))
    if last < dates.first_day(published):
        yield fault_at(tables, "dataset", about.index[0], "horizon_too_early", "horizon_edtf")
        return
    days = moments["date_edtf"].map(dates.span)
    inside = days.map(lambda day: day.is_day and first <= day.first <= last).astype(bool)
    yield from faults_where(tables, "moments", ~inside, "moment_outside", "date_edtf")
    yield from _check_days_of_events(tables, "moments")


@needs("pledge_steps", "events", "codes/pledge_stages")
def check_pledges(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Steps of a pledge stand in order, on a day of their event, with whole amounts."""
    steps = tables["pledge_steps"]
    halved = steps["amount"].isna() != steps["unit"].isna()
    yield from faults_where(tables, "pledge_steps", halved, "amount_without_unit", "unit")
    yield from _check_days_of_events(tables, "pledge_steps")
    yield from _check_order_of_stages(tables)


def _check_order_of_stages(tables: Tables) -> Iterator[Fault]:
    """The first step of a stage does not come before the first one of an earlier stage."""
    stages = tables["codes/pledge_stages"].set_index("code")["sort_order"]
    steps = tables["pledge_steps"]
    steps = steps[steps["stage_code"].isin(stages.index)]
    dated = steps.assign(
        rank=steps["stage_code"].map(stages), begun=steps["date_edtf"].map(dates.first_day)
    ).sort_values(["rank", "begun"], kind="stable")
    firsts = dated.drop_duplicates(["pledge_id", "stage_code"])
    for _, rows in firsts.groupby("pledge_id", sort=True):
        latest = dt.date.min
        for line, begun in rows["begun"].items():
            if begun < latest:
                yield fault_at(tables, "pledge_steps", line, "steps_out_of_order", "date_edtf")
            latest = max(latest, begun)


def _check_days_of_events(tables: Tables, name: str) -> Iterator[Fault]:
    """What names an event has a date that may be one of its days."""
    events = tables["events"].drop_duplicates("event_id").set_index("event_id")["date_edtf"]
    for line, row in tables[name].dropna(subset=["event_id"]).iterrows():
        if row["event_id"] in events.index:
            spans = [dates.span(row["date_edtf"]), dates.span(events[row["event_id"]])]
            first = max(span.first or dt.date.min for span in spans)
            last = min(span.last or dt.date.max for span in spans)
            if last < first:
                yield fault_at(tables, name, line, "event_disagrees", "date_edtf")


@needs("border_views", "border_view_sources", "areas", "codes/border_views")
def check_border_views(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Each view of the borders places each area, on a source; what nobody has is disputed."""
    views = tables["border_views"]
    nobody = views["shown_as_actor_id"].isna() & ~views["is_disputed"]
    yield from faults_where(tables, "border_views", nobody, "nobody_undisputed", "is_disputed")
    bare = ~stand_in(views, texts["border_view_sources"], ["border_view_code", "area_id"])
    yield from faults_where(tables, "border_views", bare, "no_source", "area_id")
    placed = texts["border_views"].groupby("border_view_code")["area_id"].agg(set)
    codes, areas = tables["codes/border_views"]["code"], set(tables["areas"]["area_id"])
    gaps = codes.map(lambda code: not areas <= placed.get(code, set())).astype(bool)
    gaps &= bool(len(texts["border_views"]))  # without any, the map has the outlines alone
    yield from faults_where(tables, "codes/border_views", gaps, "border_view_gap", "code")


@needs("event_kind_evidence", "codes/event_kinds")
def check_evidence_kinds(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Every kind of event counts as some kind of evidence."""
    known = list_values(texts, "event_kind_evidence", "event_kind_code")
    bare = ~tables["codes/event_kinds"]["code"].isin(known)
    yield from faults_where(tables, "codes/event_kinds", bare, "no_evidence_kind", "code")
