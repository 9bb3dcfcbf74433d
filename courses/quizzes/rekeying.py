"""Where a question is written, its page and drafts say the right key from now on."""

import json

from django.db.models import Q
from wagtail.models import Revision

from courses.kinds import keying
from courses.questions.models import BANK, BankQuestion, Question
from courses.quizzes.pages import QuizPage


def asked_as(question, meaning):
    """[(question, meaning), ...]: itself, and what it is called where its quiz is used in other courses too.

    An alias asks the same words as a question of its own: they are wrong together.
    """
    same = question.editions.filter(meaning=meaning).order_by("-slip").first()
    found = [(question, meaning)]
    if same is None or question.home == BANK:
        return found
    for page in _pages_of(question):
        block_id = _block_of(page, question)
        for alias in QuizPage.objects.filter(alias_of=page) if block_id else ():
            key = Question.objects.key_of_block(block_id, alias.translation_key)
            theirs = Question.objects.filter(key=key, editions__sha256=same.sha256).exclude(pk=question.pk)
            found += [
                (one, one.editions.filter(sha256=same.sha256).last().meaning) for one in theirs.distinct()
            ]
    return list(dict.fromkeys(found))


def is_reused(question):
    """Whether it is written elsewhere: its page follows another, and the key is put right there."""
    return QuizPage.objects.filter(translation_key=_home(question), alias_of__isnull=False).exists()


def write_key(question, kind, key):
    """Put the key into the block wherever this question is written: what is live, and drafts of it.

    It publishes nothing and freezes nothing: the caller sets the QuestionKey. An older draft that still says
    the old key cannot be published: `questions.versioning` refuses it.
    """
    if question.home == BANK:
        for bank in BankQuestion.objects.filter(key=question.key):
            _write(bank, "body", lambda block: keying.with_key(block, kind, key))
        return
    for page in _pages_of(question):
        block_id = _block_of(page, question)
        if not block_id:
            continue

        def put(block, block_id=block_id):
            return keying.with_key(block, kind, key) if block.get("id") == block_id else block

        _write(page, "questions", put)
        for alias in QuizPage.objects.filter(alias_of=page):
            _write(alias, "questions", put)


def still_written(kind, before):
    """What a page goes on writing beside the key that follows `before`, where its block cannot say another."""
    if kind not in keying.NOT_WRITTEN:
        return None
    return before.key if before.written is None else before.written


def _home(question):
    return None if question.home == BANK else question.home


def _pages_of(question):
    return (
        QuizPage.objects.filter(translation_key=_home(question)) if _home(question) else QuizPage.objects.none()
    )


def _block_of(page, question):
    """The id of the block that is this question, or None: it was taken out."""
    ids = [block["id"] for block in page.questions.raw_data if block["type"] not in ("bank", "draw")]
    keys = Question.objects.keys_of_blocks(ids, page.translation_key)
    return next((block_id for block_id, key in keys.items() if key == question.key), None)


def _write(obj, name, put):
    stream = [put(block) for block in getattr(obj, name).raw_data]
    field = obj._meta.get_field(name)
    # As it is stored, past Wagtail's publishing: only the key differs, and that is versioned by itself.
    type(obj).objects.filter(pk=obj.pk).update(**{name: field.to_python(json.dumps(stream))})
    drafts = Revision.objects.for_instance(obj).filter(
        Q(pk=obj.latest_revision_id) | Q(pk=obj.live_revision_id) | Q(approved_go_live_at__isnull=False)
    )
    for revision in drafts:
        content = revision.content
        content[name] = json.dumps([put(block) for block in json.loads(content[name])])
        revision.content = content
        revision.save(update_fields=["content"])
