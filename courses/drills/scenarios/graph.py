"""Whether a branching story can be played to an end. Pure.

A story is {"situations": [...], "endings": [...]}; it begins with its first situation. A situation is
{"id", "choices": [{"id", "to"}, ...]} with more that is of no concern here, an ending {"id"}. Ids are short
names, one set for both; "to" names a situation or an ending.
"""

from collections import Counter, namedtuple

MOST_SITUATIONS = 40

# `place`: the id of a situation or an ending; `n`: which of its choices, from 1; `to`: where that one leads.
Fault = namedtuple("Fault", "code place n to", defaults=("", 0, ""))
EMPTY, NO_ENDING, TOO_MANY, TWICE, NO_CHOICE, NOWHERE, UNREACHABLE, ENDLESS = (
    "empty", "no_ending", "too_many", "twice", "no_choice", "nowhere", "unreachable", "endless",
)  # fmt: skip


def faults(story):
    """What keeps `story` from being published: [Fault, ...], each place by its name.

    NO_CHOICE: a situation at which the story stops. NOWHERE: a choice that leads to nothing there is.
    UNREACHABLE: no choices lead there from the beginning. ENDLESS: whatever is chosen from there, no ending
    comes.
    """
    situations, endings = story["situations"], story["endings"]
    found = []
    if not situations:
        return [Fault(EMPTY)]
    if not endings:
        found.append(Fault(NO_ENDING))
    if len(situations) > MOST_SITUATIONS:
        found.append(Fault(TOO_MANY, n=len(situations)))
    places = [one["id"] for one in [*situations, *endings]]
    found += [Fault(TWICE, place) for place, times in Counter(places).items() if times > 1]
    found += [Fault(NO_CHOICE, one["id"]) for one in situations if not one["choices"]]
    found += [
        Fault(NOWHERE, one["id"], n, choice["to"])
        for one in situations
        for n, choice in enumerate(one["choices"], 1)
        if choice["to"] not in places
    ]
    leads_to = ways(story)
    reached = walk([situations[0]["id"]], leads_to)
    found += [Fault(UNREACHABLE, place) for place in dict.fromkeys(places) if place not in reached]
    if endings:
        ends_in = walk([one["id"] for one in endings], _turned(leads_to))
        found += [
            Fault(ENDLESS, one["id"]) for one in situations if one["choices"] and one["id"] not in ends_in
        ]
    return found


def ways(story):
    """{id: [ids it leads to, ...]} of every situation and ending, without what leads nowhere."""
    leads_to = {one["id"]: [] for one in [*story["situations"], *story["endings"]]}
    for one in story["situations"]:
        leads_to[one["id"]] += [choice["to"] for choice in one["choices"] if choice["to"] in leads_to]
    return leads_to


def walk(beginning, leads_to):
    """{id: how many steps from the beginning}, for every id that can be reached."""
    steps, edge = dict.fromkeys(beginning, 0), list(beginning)
    while edge:
        place = edge.pop(0)
        for following in leads_to[place]:
            if following not in steps:
                steps[following] = steps[place] + 1
                edge.append(following)
    return steps


def _turned(leads_to):
    turned = {place: [] for place in leads_to}
    for place, following in leads_to.items():
        for one in following:
            turned[one].append(place)
    return turned
