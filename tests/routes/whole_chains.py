"""Dwell times by rules that look at a whole chain at once, to hold the program's own against.

The program takes a chain leg by leg, as a search must. Here each rule is applied to all of it:
where wagons meet another gauge, at which border that work is done, where the ocean ends. Written
apart from the program on purpose; only the rates that a rule names are shared.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from entente.routes.network import legs as rules
from entente.routes.network.legs import Dwell, Step

STATIONS = ("rail-border", "road-border")
SEA = ("deep-sea", "short-sea")


def list_dwell_times(
    chain: Sequence[Step],
    *,
    states: Mapping[str, str],
    kinds: Mapping[str, str],
    local_rates: Mapping[tuple[str, str], str],
) -> list[list[Dwell]]:
    """For each node of the chain, from the first to the last, the dwell times due there."""
    breaks = gauge_breaks(chain)
    due = [[*changes(chain, place, kinds)] for place in range(len(chain) + 1)]
    deep = [step.mode_code == "deep-sea" for step in chain]
    if any(deep):
        first = deep.index(True)
        landed = next((at for at in range(first, len(deep)) if not deep[at]), len(deep))
        calls = local(rules.CALLS, local_rates, chain[first].from_node_id, chain[first].leg_id)
        due[landed].insert(0, Dwell(calls, chain[landed - 1].to_node_id))
    for place, step in enumerate(chain):
        if step.mode_code not in ("rail", "road"):
            continue
        if states[step.from_node_id] == states[step.to_node_id]:
            continue
        at = border_place(step, place, breaks, kinds)
        node = step.from_node_id if at == place else step.to_node_id
        if step.mode_code == "road":
            due[at].append(Dwell(local(rules.ROAD_BORDER, local_rates, node, step.leg_id), node))
            continue
        broken = at in breaks and kinds[node] in STATIONS
        rule = rules.RAIL_BORDER_WITH_BREAK if broken else rules.RAIL_BORDER
        due[at].append(Dwell(local(rule, local_rates, node, step.leg_id), node))
        breaks -= {at} if broken else set()
    for place in sorted(breaks):
        due[place].append(Dwell(rules.TRANSLOADING, chain[place - 1].to_node_id))
    return [
        [
            localise(one, local_rates, chain[place].leg_id if place < len(chain) else "")
            for one in node
        ]
        for place, node in enumerate(due)
    ]


def localise(dwell: Dwell, local_rates: Mapping[tuple[str, str], str], onward: str) -> Dwell:
    """A wait at a place with the rates of that place or of the leg that is taken next.

    Calls and borders have theirs already. Transloading belongs to the place alone.
    """
    if dwell.rule.what_code in ("liner-calls", "border"):
        return dwell
    places = [dwell.node_id, *([] if dwell.rule.what_code == "gauge-break" else [onward])]
    return dwell._replace(rule=local(dwell.rule, local_rates, *places))


def local(
    rule: rules.DwellRule, local_rates: Mapping[tuple[str, str], str], *places: str
) -> rules.DwellRule:
    """The rule with the rates of those places; the last of them has the last word."""
    own = {rate_id: rate_id for rate_id in (rule.days_rate_id, *rule.cost_rate_ids)}
    for place in places:
        own |= {one: local_rates[one, place] for one in own if (one, place) in local_rates}
    return rule._replace(
        days_rate_id=own[rule.days_rate_id],
        cost_rate_ids=tuple(own[one] for one in rule.cost_rate_ids),
    )


def changes(chain: Sequence[Step], place: int, kinds: Mapping[str, str]) -> Iterator[Dwell]:
    """Change of mode, canal and sailing between the legs that meet at a place of the chain."""
    if place == len(chain):
        return
    step, before = chain[place], chain[place - 1] if place else None
    modes = {before.mode_code, step.mode_code} if before else {step.mode_code}
    passed = modes <= set(SEA) and kinds[step.from_node_id] in ("canal", "chokepoint")
    on_rails = bool(before and before.from_gauge_code and step.from_gauge_code)
    if before and len(modes) == 2 and not on_rails and not passed:
        by_ship = modes & {"ferry", "inland-water"}
        rule = rules.FERRY_PORT if by_ship else rules.TERMINAL
        yield Dwell(rules.PORT if modes & set(SEA) else rule, step.from_node_id)
        if step.mode_code in SEA:
            yield Dwell(rules.SHIP, step.from_node_id)
        if step.mode_code == "rail":
            yield Dwell(rules.TRAIN, step.from_node_id)
    if before and modes <= set(SEA) and kinds[step.from_node_id] == "canal":
        yield Dwell(rules.CANAL, step.from_node_id)
    if step.mode_code == "ferry" and not (before and before.mode_code == "ferry"):
        rule = rules.TRAIN_SAILING if step.from_gauge_code else rules.SAILING
        yield Dwell(rule, step.from_node_id)


def border_place(step: Step, place: int, breaks: set[int], kinds: Mapping[str, str]) -> int:
    """Place where a load on a leg that starts at `place` waits for a border on it."""
    start, end = (kinds[node] in STATIONS for node in (step.from_node_id, step.to_node_id))
    if step.mode_code == "rail":
        for at, is_station in ((place, start), (place + 1, end)):
            if is_station and at in breaks:
                return at
    return place if start and not end else place + 1


def gauge_breaks(chain: Sequence[Step]) -> set[int]:
    """Places of a chain where wagons meet another gauge, between two legs or within one."""
    between = {
        place
        for place, (before, step) in enumerate(pairwise(chain), start=1)
        if differ(before.to_gauge_code, step.from_gauge_code)
    }
    within = {
        place
        for place, step in enumerate(chain, start=1)
        if differ(step.from_gauge_code, step.to_gauge_code)
    }
    return between | within


def differ(gauge: str | None, other: str | None) -> bool:
    return None not in (gauge, other) and gauge != other and "undecided" not in (gauge, other)
