"""Words of the field that code depends on: codes that carry meaning.

The full lists, with labels, are data (`data/codes/`). Here stand only those that a rule, an
analysis or a figure asks for by name.
"""

LENSES = {"both": "Claim and record", "document": "Claim", "record": "Record"}

VERDICTS = (
    "supported",
    "partly-supported",
    "contested",
    "contradicted",
    "overtaken",
    "unverifiable",
    "open",
)
# Which verdict a sentence takes from its claims: the first of these that one of them has.
LEAST_FAVOURABLE_FIRST = (
    "contradicted",
    "overtaken",
    "contested",
    "unverifiable",
    "open",
    "partly-supported",
    "supported",
)
SCORE_COUNTS = {"claims": "Claims", "sentences": "Sentences"}
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
    "corridors": "Compare",
    "leverage": "Who can block it",
    "weights": "Your priorities",
    "benchmarks": "How accurate is this?",
}
# What tells how a route is built, below the comparison.
BUILT = {
    "table": "All figures",
    "legs": "Leg by leg",
    "time": "Time along the route",
    "cost": "Cost along the route",
    "found": "Fastest and cheapest",
}
# What actors may do to others' trade on the page of routes, and how much of it, as in an address.
DEGREES = {"blocks": "blocks", "slows": "slows", "charges": "charges", "rations": "rations"}
DELAY_HOURS = ("12", "24", "48", "96", "168")
CHARGES_USD = ("50", "100", "200", "500", "1000", "2000")
RATION_PERCENTS = ("0", "25", "50", "75")
VOLUMES_TEU = ("100", "500", "1000", "2000", "5000", "10000")  # a month
MONTHS = ("1", "3", "6", "12")
OBJECTIVE_LABELS = {"time": "Time", "cost": "Cost", "co2e": "CO2e"}
MIX = "mix"  # the best way by the reader's own weights of time, cost and emissions
SHOWN = {"off": "Hidden", "on": "Shown"}
CLAIM_MODES = {"ledger": "Claims", "scoreboard": "Forecasts and pledges", "sources": "Sources"}
# Whose sources the reading of sources shows: those that a party to the matter owns or speaks in.
SOURCE_VOICES = {"all": "All", "party": "State-linked", "others": "Others"}
TIMELINE_MODES = {"lanes": "Timeline", "tempo": "Events per quarter", "list": "List"}
# What an event behind a tie can be, from deeds to words, and what each weighs until a reader
# says otherwise. Which kinds of event belong to which is data (`data/event_kind_evidence.csv`).
EVIDENCE_KINDS = {
    "binding": "Treaties and contracts",
    "deeds": "Deliveries, money, construction, force",
    "contacts": "Visits and meetings",
    "words": "Statements",
}
EVIDENCE_WEIGHTS = (8, 8, 4, 2)
# What can have become of a tie between two days.
CHANGES = {"new": "New", "ended": "Ended", "stronger": "Stronger", "same": "Unchanged"}
MAP_MODES = {"map": "Map", "matrix": "Matrix", "table": "Table"}
# Which ties the map shows, and whether those of one pair are drawn as one.
TIE_SIDES = {"partners": "Partners", "rivals": "Rivals", "both": "Both"}
MAP_DRAWINGS = {"ribbons": "One ribbon per pair", "arcs": "One arc per tie"}
PAIR_JOINT = "~"  # between the actors of a pair, in its id
