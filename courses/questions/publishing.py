"""Publishing freezes: what people were asked stays as it was, whatever is edited later."""

from django.db import transaction

from courses.audit.log import record
from courses.catalogue.gate import PublishRefused
from courses.kinds import kind_of
from courses.questions.freezing import NEVER_FROZEN, SCHEMA, plan_for, sha256_of
from courses.questions.models import BANK, Question, QuestionEdition, QuestionKey
from courses.questions.plain import blocks_of
from courses.questions.problems import sentence

# What the record says about a question beside its wording; follows every publishing.
ABOUT = ("code", "pool", "module", "objective", "topic", "difficulty", "sectors", "critical", "clauses")


@transaction.atomic
def freeze_question(*, key, home, locale, kind, value, about, actor, at):
    """The edition of this question as it is written now, made if there is none like it."""
    Question.objects.get_or_create(key=key, defaults={"home": home, **about})
    question = Question.objects.select_for_update().get(key=key)
    _follow(question, about)
    past = question.editions.pasts(locale).get(question.key, NEVER_FROZEN)
    plan = plan_for(past, kind=kind, value=value)
    if plan.refused:
        raise PublishRefused(question, [sentence(plan.refused, str(question))])
    body, key_now, feedback = kind_of(kind).freeze(value)
    if plan.new_edition:
        edition = QuestionEdition.objects.create(
            question=question,
            locale=locale,
            meaning=plan.meaning,
            slip=plan.slip,
            kind=kind,
            schema=SCHEMA,
            body=body,
            sha256=sha256_of(kind, body),
        )
        facts = {"locale": locale, "meaning": plan.meaning, "slip": plan.slip}
        record("question.published", question, actor=actor, at=at, **facts)
    else:
        edition = question.editions.get(locale=locale, meaning=plan.meaning, slip=plan.slip)
    _freeze_key(question, plan.meaning, locale, key_now, feedback, actor=actor, at=at)
    return edition


def freeze_bank_question(bank, *, actor, at, locale="en"):
    """Called when a question of the bank goes live."""
    ((_block_id, kind, value),) = blocks_of(bank.body)
    return freeze_question(
        key=bank.key,
        home=BANK,
        locale=locale,
        kind=kind,
        value=value,
        about=_about(bank) | {"retired": False},
        actor=actor,
        at=at,
    )


def _about(bank):
    return {name: getattr(bank, name) for name in ABOUT}


@transaction.atomic
def follow_bank_question(bank):
    """The record says of a live question what the bank says now, with no new edition."""
    for question in Question.objects.select_for_update().filter(key=bank.key, home=BANK):
        _follow(question, _about(bank))


@transaction.atomic
def retire(key, *, actor, at):
    """Drawn no more; attempts that have it keep it."""
    for question in Question.objects.select_for_update().filter(key=key, home=BANK, retired=False):
        question.retired = True
        question.save(update_fields=["retired"])
        record("question.retired", question, actor=actor, at=at)


def _follow(question, about):
    changed = [name for name, now in about.items() if getattr(question, name) != now]
    for name in changed:
        setattr(question, name, about[name])
    if changed:
        question.save(update_fields=changed)


def _freeze_key(question, meaning, locale, key, feedback, *, actor, at):
    """Feedback is kept for each language; the key is one for all of them."""
    before = question.latest_key(meaning)
    written = before.written if before else None
    if written is not None and key == written:
        # It was put right since, in a way that the block cannot say.
        key = before.key
    else:
        written = None
    said = {**(before.feedback if before else {}), locale: feedback}
    if before is not None and before.key == key and before.feedback == said:
        return
    version = before.version + 1 if before else 1
    QuestionKey.objects.create(
        question=question, meaning=meaning, version=version, key=key, feedback=said, written=written
    )
    record("question.key_set", question, actor=actor, at=at, meaning=meaning, version=version)
