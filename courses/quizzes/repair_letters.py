"""What people hear of a key that was put right. Neutral: no test, no question, no result."""

from courses.mailing.posting import post


def tell_marked_again(repair, person, *, at):
    """Once for each person, however many of their attempts changed."""
    key = f"repair:{repair.uuid}:{person.counts_as.pk}"
    return post(key, "courses/quizzes/mail/marked_again", at=at, person=person)


def tell_taken_back(row, person, *, at):
    return post(f"repair:taken-back:{row.pk}", "courses/quizzes/mail/taken_back", at=at, person=person)
