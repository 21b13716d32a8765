"""Rules on time: verdicts after the document, moments within the record, pledges step by step."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from entente.check.faults import Fault
from entente.check.within import Tables, fault_at, faults_where, values_of
from entente.dates import edtf as dates

OPEN_VERDICT = "open"


def verdicts_after_the_document(tables: Tables, texts: Tables) -> Iterator[Fault]:
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


def moments_in_the_record(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """The record ends after it begins; a moment is one of its days, and one of its event's."""
    about, events, moments = tables["dataset"], tables["events"], tables["moments"]
    document = tables["document/document"]
    if about.empty or document.empty or events.empty:  # their rows are faulty in themselves
        return
    first = dates.new_year_before(events["date_edtf"])
    last = dates.first_day(str(about["horizon_edtf"].iloc[0]))
    begins = max(first, dates.first_day(str(document["published_edtf"].iloc[0])))
    if last < begins:
        yield fault_at(tables, "dataset", about.index[0], "horizon_too_early", "horizon_edtf")
        return
    days = moments["date_edtf"].map(dates.span)
    inside = days.map(lambda day: day.is_day and first <= day.first <= last).astype(bool)
    yield from faults_where(tables, "moments", ~inside, "moment_outside", "date_edtf")
    yield from _days_of_events(tables, "moments")


def pledges_step_by_step(tables: Tables, texts: Tables) -> Iterator[Fault]:
    """Pledges have steps in order, steps have sources, a day of their event, and whole amounts."""
    steps, pledges = tables["pledge_steps"], tables["pledges"]
    bare = ~pledges["pledge_id"].isin(values_of(texts, "pledge_steps", "pledge_id"))
    yield from faults_where(tables, "pledges", bare, "no_step", "pledge_id")
    cited = values_of(texts, "pledge_step_sources", "pledge_step_id")
    loose = ~steps["pledge_step_id"].isin(cited)
    yield from faults_where(tables, "pledge_steps", loose, "no_source", "pledge_step_id")
    halved = steps["amount"].isna() != steps["unit"].isna()
    yield from faults_where(tables, "pledge_steps", halved, "amount_without_unit", "unit")
    yield from _days_of_events(tables, "pledge_steps")
    yield from _stages_in_order(tables)


def _stages_in_order(tables: Tables) -> Iterator[Fault]:
    """The first step of a stage does not come before the first one of an earlier stage."""
    stages = tables["codes/pledge_stages"]
    rank = dict(zip(stages["code"], stages["sort_order"], strict=True))
    steps = tables["pledge_steps"]
    steps = steps[steps["stage_code"].isin(rank)]
    dated = steps.assign(
        rank=steps["stage_code"].map(rank), begun=steps["date_edtf"].map(dates.first_day)
    ).sort_values(["rank", "begun"], kind="stable")
    firsts = dated.drop_duplicates(["pledge_id", "stage_code"])
    for _, rows in firsts.groupby("pledge_id", sort=True):
        latest = dt.date.min
        for line, begun in rows["begun"].items():
            if begun < latest:
                yield fault_at(tables, "pledge_steps", line, "steps_out_of_order", "date_edtf")
            latest = max(latest, begun)


def _days_of_events(tables: Tables, name: str) -> Iterator[Fault]:
    """What names an event has a date that may be one of its days."""
    events = tables["events"].drop_duplicates("event_id").set_index("event_id")["date_edtf"]
    rows = tables[name]
    for line, event_id in rows["event_id"].dropna().items():
        if event_id in events.index and not _meet(rows.at[line, "date_edtf"], events[event_id]):
            yield fault_at(tables, name, line, "event_disagrees", "date_edtf")


def _meet(one: str, other: str) -> bool:
    ends = [dates.span(text) for text in (one, other)]
    starts = [end.first or dt.date.min for end in ends]
    stops = [end.last or dt.date.max for end in ends]
    return max(starts) <= min(stops)


RULES_IN_TIME = (
    (("assessments", "document/document"), verdicts_after_the_document),
    (("moments", "events", "dataset", "document/document"), moments_in_the_record),
    (
        ("pledges", "pledge_steps", "pledge_step_sources", "events", "codes/pledge_stages"),
        pledges_step_by_step,
    ),
)
