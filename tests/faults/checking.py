"""Whether the database and the screen said the same. Pure: a run's log in, its troubles out."""

from itertools import pairwise

from tests.faults.log import (
    CHOSE,
    DOUBLED,
    HANDED_IN,
    KEPT,
    LOST,
    POSTED,
    REFUSED,
    SAVED,
    TOLD_RESULT,
    UNSAVED,
    UNTRUE,
    WENT_ON,
    Trouble,
)

# A browser's and a server's clock on one machine differ by less.
TICK = 0.05
# Choices on two devices nearer than this may be taken either way: a request on its way says no more.
AT_ONCE = 1.2
# Marks are written down with four places.
ROUNDED = 0.001


def troubles(deeds, shown, outcome, first_counts=False):
    """[Trouble, ...]; empty where nothing was lost or doubled and every state shown was true.

    Nothing is refused but a second answer in practice, where the first one stays (`first_counts`).
    """
    deeds, shown = sorted(deeds, key=lambda d: d.at), sorted(shown, key=lambda s: s.at)
    found = [
        *_shown_as_saved(shown, outcome),
        *_shown_as_kept(shown, outcome),
        *_shown_as_refused(shown, outcome, first_counts),
        *_doubled(deeds, outcome, first_counts),
        *_last_choice(deeds, shown, outcome, first_counts),
        *_handing_in(deeds, outcome),
    ]
    return list(dict.fromkeys(found))


def _shown_as_saved(shown, outcome):
    for one in shown:
        if one.state != SAVED:
            continue
        events = _events_of(one, outcome, shown)
        if not events:
            yield Trouble(LOST, f"question {one.n}: shown as saved, never there: {one.payload} {one.uuid}")
        elif min(event.received_at for event in events) > one.at + TICK:
            yield Trouble(UNTRUE, f"question {one.n}: shown as saved before it was there: {one.uuid}")
        yield from _beside_another(one, events)


def _shown_as_kept(shown, outcome):
    refused = {one.uuid for one in shown if _is_refusal(one)}
    for one in shown:
        if one.state != KEPT or one.uuid in refused:
            continue
        events = _events_of(one, outcome, shown)
        if not events:
            yield Trouble(LOST, f"question {one.n}: shown as kept, never arrived: {one.payload} {one.uuid}")
        yield from _beside_another(one, events)


def _beside_another(one, events):
    """The words speak of an answer that is not the one on the screen."""
    if one.payload is not None and events and one.payload not in [event.payload for event in events]:
        yield Trouble(
            UNTRUE,
            f"question {one.n}: “{one.words}” of {events[0].payload} beside {one.payload} on the screen",
        )


def _shown_as_refused(shown, outcome, may_refuse):
    for one in shown:
        if not _is_refusal(one):
            continue
        if one.uuid and any(one.uuid in event.names for event in outcome.events):
            yield Trouble(UNTRUE, f"question {one.n}: shown as refused, but it was kept: {one.uuid}")
        if not may_refuse:
            yield Trouble(LOST, f"question {one.n}: refused without a cause: {one.payload} {one.words}")
        if not one.words.strip():
            yield Trouble(UNTRUE, f"question {one.n}: refused without a word: {one.uuid}")


def _is_refusal(one):
    """“Not saved” of an answer that has a name is the server's word; without, nothing was written down."""
    return bool(one.uuid) and one.state in (REFUSED, UNSAVED)


def _events_of(one, outcome, shown):
    """What is there under its name; or else, where the server knew the answer already, as the same answer."""
    named = [event for event in outcome.events if one.uuid and one.uuid in event.names]
    if named:
        return named
    payloads = [other.payload for other in shown if other.uuid == one.uuid and other.n == one.n]
    return [event for event in outcome.events if event.n == one.n and event.payload in payloads]


def _doubled(deeds, outcome, first_counts):
    if outcome.attempts > 1:
        yield Trouble(DOUBLED, f"{outcome.attempts} attempts")
    if outcome.markings > 1:
        yield Trouble(DOUBLED, f"{outcome.markings} markings")
    given = [(deed.n, deed.payload) for deed in deeds if deed.verb in (CHOSE, POSTED)]
    kept = [(event.n, event.payload) for event in outcome.events]
    for n, payload in _distinct(kept):
        if first_counts and sum(event.n == n and not event.late for event in outcome.events) > 1:
            yield Trouble(DOUBLED, f"question {n}: two answers count in practice")
        often, by_hand = kept.count((n, payload)), given.count((n, payload))
        if not by_hand:
            yield Trouble(UNTRUE, f"question {n}: {payload} was kept, which nobody chose")
        elif often > by_hand:
            yield Trouble(DOUBLED, f"question {n}: {payload} chosen {by_hand} times, kept {often} times")


def _distinct(pairs):
    # Payloads are dicts, which no set takes.
    return [pair for place, pair in enumerate(pairs) if pair not in pairs[:place]]


def _last_choice(deeds, shown, outcome, first_counts):
    """What counts is what the person chose last, by the order of their deeds and of nothing else."""
    for n in sorted({deed.n for deed in deeds if deed.verb == CHOSE}):
        may_count = _may_count(n, deeds, shown, outcome, first_counts)
        counts = outcome.counts.get(n)
        if not may_count:
            continue
        if counts is None:
            yield Trouble(LOST, f"question {n}: nothing counts; told last: {may_count[0]}")
        elif counts not in may_count:
            yield Trouble(UNTRUE, f"question {n}: {counts} counts; chosen last: {may_count[-1]}")
        elif outcome.marks is not None and not any(
            abs(outcome.marks.get(n, -1) - outcome.worth[n](payload)) < ROUNDED for payload in may_count
        ):
            yield Trouble(
                UNTRUE, f"question {n}: marked {outcome.marks.get(n)}, which {may_count[-1]} is not worth"
            )


def _may_count(n, deeds, shown, outcome, first_counts):
    """The payloads of which one must count. Empty where no answer was ever told to be kept.

    A choice of which nothing was said yet may have been lost with the tab; one of which something was
    said may not.
    """
    chosen = [deed for deed in deeds if deed.verb == CHOSE and deed.n == n]
    chosen = [deed for deed in chosen if not _came_late(deed, deeds, shown, outcome)]
    chosen = [deed for deed in chosen if not _was_refused(deed, shown)]
    told = [place for place, deed in enumerate(chosen) if _was_told(deed, chosen, deeds, shown)]
    if not told:
        return []
    if first_counts:
        return [deed.payload for deed in chosen[: told[0] + 1]]
    last = told[-1]
    rivals = [
        chosen[place]
        for place in told[:-1]
        if chosen[place].device != chosen[last].device and chosen[last].at - chosen[place].at < AT_ONCE
    ]
    return [deed.payload for deed in (*rivals, *chosen[last:])]


def _was_told(deed, chosen, deeds, shown):
    until = _until(deed, chosen)
    by_words = any(
        one.state in (KEPT, SAVED)
        and (one.device, one.n, one.payload) == (deed.device, deed.n, deed.payload)
        and deed.at <= one.at + TICK
        and one.at < until
        for one in shown
    )
    by_page = any(
        other.verb == WENT_ON
        and (other.device, other.n, other.payload) == (deed.device, deed.n, deed.payload)
        and deed.at <= other.at < until
        for other in deeds
    )
    return by_words or by_page


def _until(deed, chosen):
    """When something else was chosen on this device."""
    own = [other for other in chosen if other.device == deed.device]
    after = {id(one): following.at for one, following in pairwise(own)}
    return after.get(id(deed), float("inf"))


def _was_refused(deed, shown):
    """The person was told so, after the choice."""
    return any(
        _is_refusal(one)
        and (one.device, one.n, one.payload) == (deed.device, deed.n, deed.payload)
        and one.at >= deed.at
        for one in shown
    )


def _came_late(deed, deeds, shown, outcome):
    """Another device handed in while this answer still waited on its own: it is kept, and does not count."""
    ended = [other for other in deeds if other.verb == HANDED_IN]
    if not ended or any(other.device == deed.device for other in ended):
        return False
    events = [event for event in outcome.events if (event.n, event.payload) == (deed.n, deed.payload)]
    # The same may have been chosen before, and have come in time: this choice is what was told under its name.
    until = _until(deed, [other for other in deeds if other.verb == CHOSE and other.n == deed.n])
    told = {
        one.uuid
        for one in shown
        if (one.device, one.n, one.payload) == (deed.device, deed.n, deed.payload) and deed.at <= one.at < until
    }
    named = [event for event in events if told & event.names]
    return bool(events) and all(event.late for event in named or events)


def _handing_in(deeds, outcome):
    for deed in deeds:
        if deed.verb != TOLD_RESULT:
            continue
        if outcome.submitted_at is None or not outcome.markings:
            yield Trouble(UNTRUE, "a result was shown, and the attempt is not handed in")
        elif outcome.submitted_at > deed.at + TICK:
            yield Trouble(UNTRUE, "a result was shown before the attempt was handed in")
    if any(deed.verb == TOLD_RESULT for deed in deeds) and not any(d.verb == HANDED_IN for d in deeds):
        yield Trouble(UNTRUE, "handed in, which nobody asked for")
