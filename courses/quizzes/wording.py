"""A result in words, careful about what was critical; and what became of an answer that does not count."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.choices import Arrival, Topic

TOPICS = dict(Topic.choices)


# Of an answer that was kept without counting.
LATE_IN_WORDS = {
    Arrival.AFTER_SUBMISSION: _(
        "This answer came after the test was handed in. It is kept, and the training team can decide whether "
        "it counts."
    ),
    Arrival.AFTER_TIME: _(
        "This answer came after the time was over. It is kept, and the training team can decide whether it "
        "counts."
    ),
    Arrival.LONG_AFTER_ENDING: _(
        "This answer came after your place on the course had ended. It is kept, and the training team can "
        "decide whether it counts."
    ),
}


# Of one that was kept too, with a later one in force.
SUPERSEDED_IN_WORDS = _("Another device answered this later; that answer counts. Both are kept.")


def result_in_words(marking, policy):
    """Values for the result page. Of the key it says nothing but the topics."""
    details, pass_mark = marking.details, policy.get("pass_mark")
    reached = pass_mark is None or marking.score >= pass_mark
    stopped_by_critical = reached and not marking.passed
    critical = details["critical_topics"] if stopped_by_critical else []
    weak = [topic for topic, (points, of) in details["topics"].items() if points < of and topic not in critical]
    return {
        "passed": marking.passed,
        "judged": pass_mark is not None,
        "score": marking.score,
        "points": _plain(details["points"]),
        "of": details["of"],
        "pass_mark": pass_mark,
        "weak": _in_words(weak),
        "not_sure": details["not_sure"],
        # Passed by a key that was wrong, and by that alone.
        "stands": details.get("stands", False),
        "repaired": "repaired" in details,
        # The score was enough; one answer was not.
        "stopped_by_critical": stopped_by_critical,
        "critical_topics": _in_words(critical),
    }


def _in_words(topics):
    return [TOPICS[topic] for topic in topics if topic in TOPICS]


def _plain(points):
    """7, or 7.5; never 7.3333."""
    return int(points) if points == int(points) else int(points * 10) / 10


def problem_in_words(reason, *, may_be_unsure, places):
    """Why an answer was not kept. `reason` is the code of a BadAnswer, or of the door for answers;
    `places` are the parts that it speaks of."""
    if reason == "open_parts" and places:
        return _open_parts(places, may_be_unsure)
    if reason in PROBLEMS:
        return PROBLEMS[reason]
    with_way_out, alone = NOTHING_GIVEN.get(reason, NOTHING_GIVEN["nothing_chosen"])
    return with_way_out if may_be_unsure else alone


def _open_parts(places, may_be_unsure):
    with_way_out = ngettext(
        "Choose an answer in part %(parts)s, or choose “I am not sure”",
        "Choose an answer in parts %(parts)s, or choose “I am not sure”",
        len(places),
    )
    alone = ngettext("Choose an answer in part %(parts)s", "Choose an answer in parts %(parts)s", len(places))
    return (with_way_out if may_be_unsure else alone) % {"parts": ", ".join(map(str, places))}


PROBLEMS = {
    "both": _("Give an answer, or choose “I am not sure”, not both"),
    "same_place": _("Two entries have the same place. Give each entry a place of its own"),
    "too_long": _("This answer is too long. Write a few words"),
    "not_a_number": _("Write one number in figures, such as 12 or 2.5. Write a thousand as 1000"),
}
NOTHING_GIVEN = {
    "nothing_chosen": (_("Choose an answer, or choose “I am not sure”"), _("Choose an answer")),
    "nothing_written": (_("Write an answer, or choose “I am not sure”"), _("Write an answer")),
    "incomplete": (
        _("Choose an answer in each row, or choose “I am not sure”"),
        _("Choose an answer in each row"),
    ),
}
