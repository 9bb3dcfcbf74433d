"""Streams first attempts through the sums: markings, questions and answers side by side, in order of attempts.

Five queries, however many attempts and quizzes; never more than one attempt in memory.
"""

import hashlib
from collections import defaultdict, namedtuple
from itertools import groupby
from operator import itemgetter

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from courses.choices import AttemptOrigin
from courses.quizzes import answers
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking
from lms.reports.items import analysis
from lms.reports.items.firsts import firsts
from lms.reports.items.pace import seconds_of
from lms.reports.items.sums import Answered, QuizSums, chosen_of

AT_ONCE = 5000
KEPT_FOR = 24 * 3600
# Fewer first attempts are read again each time.
WORTH_KEEPING = 500
# When the sums or the figures are reckoned otherwise, what was kept is forgotten.
EDITION = 1

Event = namedtuple("Event", "attempt_id item_id payload effective_at device_seq id")
Asked = namedtuple("Asked", "attempt_id id n edition question meaning")


def analyses_of(scope, marks, most=None):
    """{quiz key: Analysis} of the quizzes in `marks` (see `firsts.marks_of`).

    Reckoned once for each mark, so what is kept cannot be stale. `most`: how many attempts to read at most;
    quizzes beyond that are left out unless they were reckoned before.
    """
    names = {key: _name(key, scope, mark) for key, mark in marks.items() if mark[0] >= WORTH_KEEPING}
    kept = cache.get_many(names.values()) if names else {}
    found = {key: kept[name] for key, name in names.items() if name in kept}
    wanted = []
    for key, (n, *_mark) in sorted(marks.items(), key=lambda one: one[1][0]):
        if key not in found and (most is None or n <= most):
            wanted.append(key)
            most = None if most is None else most - n
    if wanted:
        attempts = firsts(scope, wanted)
        if sum(marks[key][0] for key in wanted) <= WORTH_KEEPING:
            # Few: which attempts they are is asked once, not by each query that reads of them.
            attempts = Attempt.objects.filter(pk__in=list(attempts.order_by().values_list("pk", flat=True)))
        read = sums_of(attempts)
        for key in wanted:
            found[key] = analysis.analyse(read[key])
            if key in names:
                cache.set(names[key], found[key], KEPT_FOR)
    return found


def _name(quiz_key, scope, mark):
    facts = f"{EDITION} {quiz_key} {scope.query()} {scope.only_agency} {mark}"
    return f"items-{hashlib.sha256(facts.encode()).hexdigest()}"


def sums_of(attempts):
    """{quiz key: QuizSums} of these attempts. An item is (question id, meaning): slips are pooled."""
    ids = attempts.order_by().values("pk")
    cores = _asked_of_all(attempts, ids)
    sums = defaultdict(QuizSums, {key: QuizSums(core=core) for key, core in cores.items()})
    asked_of, events_of = _in_step(_asked(ids)), _in_step(_events(ids))
    for attempt_id, quiz_key, details, began_at, origin in _markings(ids):
        events = events_of(attempt_id)
        # Of a sheet of paper it is known when it was typed in, and no more.
        given = [] if origin == AttemptOrigin.PAPER else [(one.effective_at, one.item_id) for one in events]
        answered = _answered(
            details, asked_of(attempt_id), answers.that_count(events), seconds_of(began_at, given)
        )
        sums[quiz_key].add(answered)
    return sums


def _answered(details, asked, counting, seconds):
    fractions = {row["n"]: row["fraction"] for row in details["items"]}
    return [
        Answered(
            item=(one.question, one.meaning),
            fraction=fractions[one.n],
            chosen=chosen_of(counting[one.id].payload if one.id in counting else None),
            seconds=seconds.get(one.id),
            edition=one.edition,
        )
        for one in asked
        if one.n in fractions
    ]


def _asked_of_all(attempts, ids):
    """{quiz key: the items that each of its attempts asked}"""
    number = dict(attempts.order_by().values_list("quiz_key").annotate(n=Count("pk")))
    rows = AttemptItem.objects.filter(attempt__in=ids).order_by()
    rows = rows.values_list("attempt__quiz_key", "question_edition__question", "question_edition__meaning")
    found = defaultdict(set)
    for key, question, meaning, n in rows.annotate(n=Count("pk")):
        if n == number.get(key):
            found[key].add((question, meaning))
    return {key: frozenset(items) for key, items in found.items()}


def _markings(ids):
    """Those that count."""
    newer = Marking.objects.filter(attempt=OuterRef("attempt"), n__gt=OuterRef("n"))
    rows = Marking.objects.filter(~Exists(newer), attempt__in=ids).order_by("attempt_id")
    about = "attempt__quiz_key", "details", "attempt__started_at", "attempt__origin"
    return rows.values_list("attempt_id", *about).iterator(chunk_size=AT_ONCE)


def _asked(ids):
    rows = AttemptItem.objects.filter(attempt__in=ids).order_by("attempt_id", "n")
    edition = "question_edition_id", "question_edition__question_id", "question_edition__meaning"
    rows = rows.values_list("attempt_id", "pk", "n", *edition)
    return map(Asked._make, rows.iterator(chunk_size=AT_ONCE))


def _events(ids):
    rows = AnswerEvent.objects.counting().filter(item__attempt__in=ids).order_by("item__attempt_id")
    rows = rows.values_list("item__attempt_id", "item_id", "payload", "effective_at", "device_seq", "pk")
    return map(Event._make, rows.iterator(chunk_size=AT_ONCE))


def _in_step(rows):
    """of(attempt id) -> the rows of this attempt; to be asked in rising order."""
    groups = groupby(rows, key=itemgetter(0))
    ahead = next(groups, None)

    def of(attempt_id):
        nonlocal ahead
        while ahead is not None and ahead[0] < attempt_id:
            ahead = next(groups, None)
        if ahead is None or ahead[0] != attempt_id:
            return []
        return list(ahead[1])

    return of
