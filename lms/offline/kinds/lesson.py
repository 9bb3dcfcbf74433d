"""A lesson was marked done: {"course", "lesson"}, the slugs of its address. What is done stays done."""

from courses.arriving import is_slug
from courses.catalogue import reading
from courses.progress.recording import complete_lesson
from courses.progress.reopening import done_again
from courses.progress.standing import Standing
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, MALFORMED, REFUSED, Reply, given_at
from lms.offline.wording import refused_in_words


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    course, lesson = item.said.get("course"), item.said.get("lesson")
    if not (is_slug(course) and is_slug(lesson)):
        return Reply(item.uuid, REFUSED, MALFORMED, refused_in_words(MALFORMED))
    page = reading.find_course(course)
    standing = page and Standing(page, sender.person)
    part = standing and standing.outline.find(slug=lesson, kind="lesson")
    if not part or standing.enrolment is None or not standing.enrolment.may_study:
        return Reply(item.uuid, REFUSED, ABSENT, refused_in_words(ABSENT))
    if part.key in standing.done:
        # Read again after it changed: an item that waited since before the change settles nothing.
        earliest = standing.enrolment.started_at
        read_at = given_at(item, sender.offset, earliest=earliest, received_at=sender.at)
        again = done_again(standing.enrolment, part.key, at=read_at)
        return Reply(item.uuid, ACCEPTED if again else DUPLICATE)
    complete_lesson(standing.enrolment, reading.lesson_page(part.page_id), actor=sender.user, at=sender.at)
    return Reply(item.uuid, ACCEPTED)
