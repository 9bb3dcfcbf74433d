"""Taking a quiz: the one door for answers, and the end."""

from collections import defaultdict, namedtuple

from django.db import transaction
from django.db.models import Q, UUIDField

from courses import arriving
from courses.audit.log import record
from courses.choices import ARRIVALS_THAT_COUNT, Arrival, AttemptState
from courses.kinds import BadAnswer, kind_of
from courses.kinds.answering import is_not_sure
from courses.people.visibility import same_as
from courses.prepared import Blank, Prepared
from courses.questions.models import QuestionKey
from courses.quizzes import answers, limits, preparing, remarking, showing
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking
from courses.quizzes.refusals import StartRefused
from courses.quizzes.starting import start
from courses.signals import attempt_marked_again, attempt_submitted

__all__ = ["Outcome", "StartRefused", "make_void", "record_answers", "start", "submit", "time_out"]

ACCEPTED, DUPLICATE, SUPERSEDED, LATE, REFUSED = "accepted", "duplicate", "superseded", "late", "refused"
# Reasons of a refusal. Somebody else's attempt answers exactly as one that does not exist.
ABSENT, CLOSED, LOCKED, MALFORMED, NOT_OFFERED, TOO_MANY = (
    "absent", "closed", "locked", "malformed", "not_offered", "too_many",
)  # fmt: skip

# `uuid` is as it was sent; `attempt` is there where it is the person's own; `places` as of a BadAnswer.
# ACCEPTED: kept, and it counts. SUPERSEDED: kept, but a later answer counts; LOCKED: in practice the first.
# LATE: kept, and it counts only once somebody accepts it; `reason` is its Arrival. DUPLICATE: it was kept
# before; `reason` is why it does not count, if so. REFUSED: not kept.
Outcome = namedtuple("Outcome", "uuid status reason attempt places", defaults=("", None, ()))

OF_ATTEMPT = (
    *("uuid", "state", "prepared_at", "started_at", "deadline", "submitted_at"),
    "quiz_edition__policy",
    *("enrolment__state", "enrolment__ended_at"),
)
# What a decision about an answer reads, and no more: this is the busiest door of the site.
# The lock: answers to one attempt, and its submission, come one after the other.
LOCKED_ITEMS = Prepared(
    lambda: (
        AttemptItem.objects.select_for_update(of=("attempt",))
        .select_related("attempt__quiz_edition", "attempt__enrolment", "question_edition")
        .only(
            "n",
            *(f"attempt__{name}" for name in OF_ATTEMPT),
            *(f"question_edition__{name}" for name in ("kind", "body")),
        )
        .filter(
            attempt__person__in=same_as(Blank("person")),
            attempt__uuid=Blank("attempt", UUIDField()),
            n__gte=Blank("first"),
            n__lte=Blank("last"),
        )
        .order_by()
    )
)
EARLIER = AnswerEvent.objects.select_related("late_decision").order_by()
EARLIER_OF_ONE = Prepared(lambda: EARLIER.filter(Q(uuid=Blank("uuid", UUIDField())) | Q(item=Blank("item"))))


@transaction.atomic
def record_answers(events, *, person, at):
    """Keep these answers. One Outcome for each event, in order; a bad one harms no other.

    What a person answered is never thrown away: what comes too late is kept and counts once somebody
    accepts it (`late.decide`). Where an attempt has a deadline, an answer is in time if it *arrived* by
    then, or within the short `limits.GRACE` of one on its way. A device's own word for when it was given
    puts answers in order but does not make one timely: any device's clock can be set back.
    """
    outcomes, readable = {}, []
    for place, raw in enumerate(events):
        try:
            if place >= arriving.MAX_BATCH:
                outcomes[place] = Outcome(None, REFUSED, TOO_MANY)
            else:
                readable.append((place, answers.read_event(raw)))
        except arriving.Malformed:
            outcomes[place] = Outcome(None, REFUSED, MALFORMED)
    desk = _Desk([event for _place, event in readable], person, at)
    for place, event in readable:
        outcomes[place] = desk.take(event)
    AnswerEvent.objects.bulk_create(desk.new)
    return [outcomes[place] for place in sorted(outcomes)]


def _locked(events, person):
    """The items that these events speak of, and maybe some between them."""
    places, items = defaultdict(list), []
    for event in events:
        places[event.attempt].append(event.n)
    # In one order everywhere: nobody waits for somebody who waits for them.
    for attempt in sorted(places):
        ns = places[attempt]
        found = LOCKED_ITEMS(person=person.pk, attempt=attempt, first=min(ns), last=max(ns))
        for item in found:
            # One attempt is one object: what is begun with its first answer is begun for the others.
            item.attempt = found[0].attempt
        items += found
    return items


class _Desk:
    """What these events meet: items with their attempts, and earlier answers, read once under the lock."""

    def __init__(self, events, person, at):
        self.person, self.at, self.new = person, at, []
        self.items = {(item.attempt.uuid, item.n): item for item in _locked(events, person)}
        uuids = {event.uuid for event in events}
        mine = {item.pk for item in self.items.values()}
        if len(uuids) == len(mine) == 1:
            earlier = EARLIER_OF_ONE(uuid=min(uuids), item=min(mine))
        else:
            earlier = EARLIER.filter(Q(uuid__in=uuids) | Q(item__in=mine))
        self.by_uuid, self.answered = {}, set()
        # {(item, device): {its sequence: when it was given}}
        self.by_device = defaultdict(dict)
        for event in earlier:
            self._note(event)
        theirs = [event for event in earlier if event.item_id in mine]
        self.last_given = answers.that_count(theirs)
        self.in_force = answers.that_count(event for event in theirs if event.counts)

    def take(self, event):
        item = self.items.get((event.attempt, event.n))
        if item is None:
            return Outcome(event.uuid, REFUSED, ABSENT)
        attempt = item.attempt
        try:
            payload = self._check(attempt, item, event)
        except BadAnswer as error:
            return Outcome(event.uuid, REFUSED, error.code, attempt, error.places)
        sha256 = answers.sha256_of(payload)
        known = self._known(event, item, sha256)
        if known:
            return Outcome(event.uuid, DUPLICATE, self._said_of(known), attempt)
        if attempt.is_prepared:
            self._begin(attempt, event)
        refused = self._refusal(attempt, item, event)
        if refused:
            return Outcome(event.uuid, REFUSED, refused, attempt)
        given = self._given(attempt, item, event)
        arrival = self._arrival(attempt, item, given)
        if arrival not in ARRIVALS_THAT_COUNT and self._was_said_last(item, sha256):
            return Outcome(event.uuid, DUPLICATE, self._said_of(self.last_given[item.pk]), attempt)
        kept = self._keep(item, event, payload, sha256, given, arrival)
        if arrival == Arrival.AFTER_FEEDBACK:
            return Outcome(event.uuid, SUPERSEDED, LOCKED, attempt)
        if not self._would_count(kept):
            return Outcome(event.uuid, SUPERSEDED, "", attempt)
        return Outcome(event.uuid, LATE if kept.is_late else ACCEPTED, arrival if kept.is_late else "", attempt)

    def _begin(self, attempt, event):
        """Answered, so it was begun, though the word of that has not come."""
        given = answers.effective_at(event, started_at=attempt.prepared_at, received_at=self.at)
        begun = preparing.begin(attempt, started_at=given, actor=getattr(self.person, "user", None), at=self.at)
        attempt.state, attempt.started_at = begun.state, begun.started_at

    def _was_said_last(self, item, sha256):
        return item.pk in self.last_given and self.last_given[item.pk].sha256 == sha256

    def _would_count(self, kept):
        """Whether no later answer takes its place by the rule, whatever is decided about it."""
        in_force = self.in_force.get(kept.item_id)
        return in_force is None or answers.in_order([in_force, kept])[-1] is kept

    def _said_of(self, kept):
        """Why it does not count, as the first time: the word of that may never have arrived."""
        if kept.arrival == Arrival.AFTER_FEEDBACK:
            return LOCKED
        if not self._would_count(kept):
            return SUPERSEDED if self.in_force[kept.item_id].device != kept.device else ""
        return "" if kept.counts else kept.arrival

    def _known(self, event, item, sha256):
        """A device that sends again sends what it sent. On a form, though, the answer may have been
        changed since (A, then B, then Back to A): there it is known only while it is the last one."""
        if event.device_seq is None and not self._was_said_last(item, sha256):
            return None
        for name in (event.uuid, answers.renamed(event.uuid, item.pk, sha256)):
            before = self.by_uuid.get(name)
            if before is not None and before.item_id == item.pk and before.sha256 == sha256:
                return before
        return None

    def _check(self, attempt, item, event):
        payload = kind_of(item.question_edition.kind).check_payload(item.question_edition.body, event.payload)
        if is_not_sure(payload) and not attempt.may_be_unsure:
            raise BadAnswer(NOT_OFFERED)
        return payload

    def _refusal(self, attempt, item, event):
        if not (attempt.is_open or attempt.is_submitted):
            return CLOSED
        # On a page what is right was shown with the answer. A device may have given another without it.
        if event.device_seq is None and self._is_locked(attempt, item):
            return LOCKED
        return ""

    def _is_locked(self, attempt, item):
        return attempt.is_open and attempt.shows_feedback and item.pk in self.answered

    def _given(self, attempt, item, event):
        """When it was given, by the server's clock: see answers.effective_at."""
        before, after = [], []
        if event.device_seq is not None:
            for seq, at in self.by_device[item.pk, event.device].items():
                # Of one number there is only one: where a browser was copied, both count on by themselves.
                if seq != event.device_seq:
                    (before if seq < event.device_seq else after).append(at)
        return answers.effective_at(
            event, started_at=attempt.started_at, received_at=self.at, before=before, after=after
        )

    def _arrival(self, attempt, item, given):
        if self._is_locked(attempt, item):
            return Arrival.AFTER_FEEDBACK
        if attempt.is_submitted:
            return Arrival.AFTER_TIME if attempt.ran_out_of_time else Arrival.AFTER_SUBMISSION
        if limits.is_late(attempt.deadline, self.at):
            return Arrival.AFTER_TIME
        ended_at = attempt.enrolment.closed_at if attempt.enrolment else None
        if ended_at is None or self.at <= ended_at:
            return Arrival.IN_TIME
        in_time = given <= ended_at and self.at <= ended_at + limits.AFTER_ENDING
        return Arrival.AFTER_ENDING if in_time else Arrival.LONG_AFTER_ENDING

    def _keep(self, item, event, payload, sha256, given, arrival):
        name = event.uuid
        while name in self.by_uuid:
            name = answers.renamed(name, item.pk, sha256)
        kept = AnswerEvent(
            uuid=name,
            item=item,
            payload=payload,
            sha256=sha256,
            device=event.device,
            # Two browsers with one name, as when a telephone is copied: the answer is kept, its number not.
            device_seq=None if event.device_seq in self.by_device[item.pk, event.device] else event.device_seq,
            client_at=event.client_at,
            offset=event.offset,
            received_at=self.at,
            effective_at=given,
            arrival=arrival,
        )
        self.new.append(kept)
        self._note(kept)
        if kept.counts and self._would_count(kept):
            self.in_force[item.pk] = kept
        last = self.last_given.get(item.pk)
        self.last_given[item.pk] = kept if last is None else answers.in_order([last, kept])[-1]
        return kept

    def _note(self, event):
        self.by_uuid[event.uuid] = event
        self.answered.add(event.item_id)
        if event.device_seq is not None:
            self.by_device[event.item_id, event.device][event.device_seq] = event.effective_at


@transaction.atomic
def submit(attempt_uuid, *, person, actor, at):
    """Close the attempt, mark it and say so. A second time, the same Marking and nothing else.

    Raises Attempt.DoesNotExist for an attempt that is not this person's, or is void.
    """
    attempt = TO_SUBMIT.get(person=person.pk, uuid=attempt_uuid)
    if attempt.is_submitted:
        return attempt.latest_marking()
    return _hand_in(attempt, actor=actor, at=at)


@transaction.atomic
def time_out(attempt_uuid, *, at):
    """Hand in an attempt whose time is over, with what was saved. Whether there was anything to do."""
    attempt = _to_end().filter(uuid=attempt_uuid, state=AttemptState.OPEN).first()
    if attempt is None or not attempt.is_over(at):
        return False
    _hand_in(attempt, actor=None, at=at)
    return True


@transaction.atomic
def make_void(attempt, *, reason, actor, at):
    """Let a locked attempt count for nothing; what was asked and answered stays on record. Returns it."""
    attempt.state = AttemptState.VOID
    attempt.save(update_fields=["state"])
    record("attempt.void", attempt, actor=actor, at=at, quiz=str(attempt.quiz_key), reason=reason)
    return attempt


def _to_end():
    return Attempt.objects.select_for_update(of=("self",)).select_related("quiz_edition", "enrolment")


TO_SUBMIT = Prepared(
    lambda: (
        _to_end()
        .of(Blank("person"))
        .taken()
        .defer("quiz_edition__items")
        .filter(uuid=Blank("uuid", UUIDField()))
    )
)


def _hand_in(attempt, *, actor, at):
    # Whenever it is found: nobody waits longer for the next attempt because nobody looked.
    over = attempt.is_over(at)
    attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, attempt.deadline if over else at
    attempt.save(update_fields=["state", "submitted_at"])
    result = _mark(attempt, n=1, actor=actor, at=at)
    facts = {"quiz": str(attempt.quiz_key), "score": result.score, "passed": result.passed}
    if over:
        facts["time_over"] = True
    record("attempt.submitted", attempt, actor=actor, at=at, **facts)
    attempt_submitted.send(sender=Attempt, attempt=attempt, at=at)
    return result


@transaction.atomic
def mark_again(attempt, *, actor, at):
    """A further Marking of what counts now, for a locked attempt that was handed in. It counts from now on,
    and whoever waits for a result hears of it. Returns it."""
    result = further(attempt.latest_marking(), result_of(attempt), actor=actor, at=at)
    result.save()
    tell_marked_again(attempt, result, actor=actor, at=at)
    return result


def tell_marked_again(attempt, result, *, actor, at, **facts):
    """The record and whoever waits for a result hear of a further Marking, in its transaction."""
    facts = {"quiz": str(attempt.quiz_key), "score": result.score, "passed": result.passed, **facts}
    record("attempt.marked again", attempt, actor=actor, at=at, **facts)
    attempt_marked_again.send(sender=Attempt, attempt=attempt, at=at)


def result_of(attempt, also=()):
    """(Result, versions of the keys) of the answers that count, and of these events `also`. Keeps nothing."""
    items = ITEMS(attempt=attempt.pk)
    counting = [*showing.COUNTING(attempt=attempt.pk), *also]
    newest = QuestionKey.objects.newest_for(item.question_edition for item in items)
    return remarking.result_of(attempt, items, counting, newest, {})


ITEMS = Prepared(
    lambda: AttemptItem.objects.filter(attempt=Blank("attempt")).select_related("question_edition__question")
)


def further(before, remarked, *, actor, at, why=None):
    """The next Marking of an attempt, not kept yet. A pass that was given stands, whatever the keys say now;
    the details then say so, and `why` it was marked again."""
    result, versions = remarked
    stands = before.passed and not result.passed
    details = {**result.details, **({"stands": True} if stands else {}), **(why or {})}
    return Marking(
        attempt_id=before.attempt_id,
        n=before.n + 1,
        at=at,
        key_versions=versions,
        score=result.score,
        passed=result.passed or stands,
        details=details,
        actor=str(actor) if actor is not None else "",
    )


def _mark(attempt, *, n, actor, at):
    result, versions = result_of(attempt)
    return Marking.objects.create(
        attempt=attempt,
        n=n,
        at=at,
        key_versions=versions,
        score=result.score,
        passed=result.passed,
        details=result.details,
        actor=str(actor) if actor is not None else "",
    )
