"""Hours that count once. Pure.

A workshop that teaches a course which is also on line is the same event: whoever did both has learnt the
same thing twice, and the longer of the two counts.
"""

from collections import defaultdict


def counted(courses, workshops):
    """The minutes that count of each: {id: minutes}.

    `courses`: [(id, course, minutes, date)] of completions; `workshops`: [(id, course or None, minutes,
    date)], the course where both are one event. Each workshop is paired with the completion of its course
    that is nearest in time and not yet taken; of a pair the shorter counts nothing.
    """
    minutes = {id_: spent for id_, _course, spent, _day in [*courses, *workshops]}
    for id_, other in _pairs(courses, workshops):
        minutes[min((id_, other), key=lambda one: minutes[one])] = 0
    return minutes


def _pairs(courses, workshops):
    """Of those equally near, the earlier and then the longer first: which minutes count hangs on no id."""
    completions = defaultdict(list)
    for id_, course, minutes, day in courses:
        completions[course].append((id_, minutes, day))
    near = sorted(
        (abs((day - held).days), day, held, -minutes, -taught, completed, workshop)
        for workshop, course, taught, held in workshops
        if course is not None
        for completed, minutes, day in completions.get(course, [])
    )
    taken = set()
    for *_facts, completed, workshop in near:
        if completed not in taken and workshop not in taken:
            taken |= {completed, workshop}
            yield completed, workshop
