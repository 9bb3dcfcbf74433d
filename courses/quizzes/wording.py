"""A result in words: what was reached, what to study again, and what is careful."""

from courses.choices import Topic

Topics = dict(Topic.choices)


def result_in_words(marking, policy):
    """Values for the result page. Of the key it says nothing but the topics."""
    details, pass_mark = marking.details, policy.get("pass_mark")
    weak = [
        Topics[topic] for topic, (points, of) in details["topics"].items() if points < of and topic in Topics
    ]
    reached = pass_mark is None or marking.score >= pass_mark
    return {
        "passed": marking.passed,
        "judged": pass_mark is not None,
        "score": marking.score,
        "points": _plain(details["points"]),
        "of": details["of"],
        "pass_mark": pass_mark,
        "weak": weak,
        "not_sure": details["not_sure"],
        # The score was enough; one answer was not.
        "stopped_by_critical": reached and not marking.passed,
        "critical_topics": [Topics[topic] for topic in details.get("critical_topics", []) if topic in Topics],
    }


def _plain(points):
    """7, or 7.5; never 7.3333."""
    return int(points) if points == int(points) else int(points * 10) / 10
