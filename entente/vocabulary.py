"""Words of the field that code depends on: codes, units and dates that carry meaning.

The full lists, with labels, are data (`data/codes/`). Here stand only those that a rule, an
analysis or a figure asks for by name.
"""

import datetime as dt

PRINCIPALS = ("TUR", "AZE", "PAK")
RIVAL = "IND"
# The five states that the document is about: the map opens on the ties among them.
CENTRE = (*PRINCIPALS, RIVAL, "ARM")

LENSES = {"both": "Both", "document": "Document", "record": "Record"}

VERDICTS = (
    "supported",
    "partly-supported",
    "contested",
    "contradicted",
    "overtaken",
    "unverifiable",
    "open",
)
TIE_THEMES = (
    "diplomacy",
    "defence",
    "finance",
    "energy",
    "transport",
    "recognition",
    "rivalry",
    "nuclear",
)
# What a reader may weigh corridors by, and how the trade-routes page can be read.
CRITERIA = {
    "time": "Time",
    "cost": "Cost",
    "emissions": "Emissions",
    "reliability": "Reliability",
    "exposure": "Exposure",
}
HEAVIEST = 10
ROUTE_MODES = {
    "corridors": "Corridors",
    "ways": "Best ways",
    "leverage": "Vetoes and leverage",
    "weights": "Your weights",
    "benchmarks": "Model check",
}
OBJECTIVE_LABELS = {"time": "Time", "cost": "Cost", "co2e": "CO2e"}
MIX = "mix"  # the best way by the reader's own weights of time, cost and emissions
SHOWN = {"off": "Hidden", "on": "Shown"}
CLAIM_MODES = {"ledger": "Ledger", "scoreboard": "Forecasts and pledges", "sources": "Sources"}
# Whose sources the reading of sources shows: those that a party to the matter owns or speaks in.
SOURCE_VOICES = {"all": "All", "party": "Of a party", "others": "Of others"}
TIMELINE_MODES = {"lanes": "Lanes", "tempo": "Tempo", "list": "List"}
# What an event behind a tie can be, from deeds to words, and what each weighs until a reader
# says otherwise. Which kinds of event belong to which is data (`data/event_kind_evidence.csv`).
EVIDENCE_KINDS = {
    "binding": "Treaties and contracts",
    "deeds": "Deliveries, money, works, force",
    "contacts": "Visits and meetings",
    "words": "Statements",
}
EVIDENCE_WEIGHTS = (8, 8, 4, 2)
# What can have become of a tie between two days.
CHANGES = {"new": "New", "ended": "Ended", "stronger": "Stronger", "same": "Unchanged"}
MAP_MODES = {"map": "Map", "matrix": "Matrix", "table": "Table"}

DOCUMENT_DAY = dt.date(2025, 4, 10)
PAYLOAD_TONNES = 14.0

BORDERS_STATEMENT = (
    "Outlines: United Nations Geospatial data. The boundaries and names shown and the designations "
    "used do not imply official endorsement or acceptance by the United Nations or by Entente. "
    "Hatched areas (Jammu and Kashmir, Aksai Chin, Arunachal Pradesh) are disputed and shown as "
    "belonging to nobody, unless a reader asks the alliance map for one side’s view. "
    "Nagorno-Karabakh is drawn as a part of Azerbaijan and Crimea as a part of Ukraine, as the "
    "General Assembly of the United Nations has them."
)
