"""Where a question of the bank belongs: its topic, its module and its tags, changed without opening it.

Neither its wording nor what is right changes, so what is live stays live and a draft stays a draft.
"""

from django.db import transaction

from courses.audit.log import record
from courses.questions.models import BankQuestion
from courses.questions.publishing import follow_bank_question


@transaction.atomic
def classify(pk, *, topic="", module="", add=(), remove=(), actor, at):
    """Give the question these, in what is live and in its draft; "" leaves one as it is.

    False if nothing changed, or if it waits to be published at a set time: then it is locked.
    """
    question = BankQuestion.objects.select_for_update().get(pk=pk)
    if question.approved_schedule:
        return False
    draft = question.get_latest_revision_as_object() if question.has_unpublished_changes else None
    wanted = {name: value for name, value in (("topic", topic), ("module", module)) if value}
    facts = {}
    for written in filter(None, (draft, question)):
        facts |= _change(written, wanted, set(add), set(remove))
    if not facts:
        return False
    question.save()
    if draft is not None:
        draft.save_revision(user=actor, clean=False)
    else:
        revision = question.save_revision(user=actor, clean=False, changed=False)
        BankQuestion.objects.filter(pk=pk, live=True).update(live_revision=revision)
    if question.live:
        follow_bank_question(question)
    record("question.classified", question, actor=actor, at=at, **facts)
    return True


def _change(question, wanted, add, remove):
    """What changed on it: {"topic": [before, now], ..., "added": [tags], "removed": [tags]}."""
    facts = {}
    for name, value in wanted.items():
        if getattr(question, name) != value:
            facts[name] = [getattr(question, name), value]
            setattr(question, name, value)
    tags = {name.casefold(): name for name in question.tags.names()}
    added = sorted(name for name in add if name.casefold() not in tags)
    removed = sorted(tags[name.casefold()] for name in remove if name.casefold() in tags)
    if added:
        question.tags.add(*added)
        facts["added"] = added
    if removed:
        question.tags.remove(*removed)
        facts["removed"] = removed
    return facts
