import json
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Topic
from courses.questions.classifying import classify
from courses.questions.models import BankQuestion, Question, QuestionEdition
from tests.factories import make_bank_question, publish

pytestmark = pytest.mark.django_db


def change(question, actor=None, **kwargs):
    return classify(question.pk, actor=actor, at=timezone.now(), **kwargs)


def fresh(question):
    return BankQuestion.objects.get(pk=question.pk)


def test_a_live_question_stays_live_and_its_record_follows(focal_point):
    question = make_bank_question(topic=Topic.LAW, module="C1")
    editions = QuestionEdition.objects.count()

    assert change(question, focal_point, topic=Topic.REFERRAL, module="C2", add=["new"])

    now = fresh(question)
    assert (now.topic, now.module, list(now.tags.names())) == ("referral", "C2", ["new"])
    assert (now.live, now.has_unpublished_changes, now.live_revision) == (True, False, now.latest_revision)
    record = Question.objects.get(key=question.key)
    assert (record.topic, record.module, QuestionEdition.objects.count()) == ("referral", "C2", editions)
    entry = AuditEntry.objects.get(verb="question.classified")
    assert (entry.actor_id, entry.object_id) == (focal_point.pk, str(question.pk))
    assert entry.facts == {"topic": ["law", "referral"], "module": ["C1", "C2"], "added": ["new"]}
    # The editor opens what was changed.
    assert now.get_latest_revision_as_object().topic == "referral"


def test_a_draft_stays_a_draft_with_both_its_wording_and_the_change():
    question = make_bank_question(topic=Topic.LAW)
    (block,) = question.body.get_prep_value()
    block["value"]["stem"] = "Better said?"
    question.body = json.dumps([block])
    question.save_revision()

    assert change(question, topic=Topic.REFERRAL, add=["new"])

    now = fresh(question)
    assert (now.topic, now.has_unpublished_changes) == ("referral", True)
    assert now.stem_text != "Better said?"
    draft = now.get_latest_revision_as_object()
    assert (draft.topic, draft.body[0].value["stem"]) == ("referral", "Better said?")
    assert list(draft.tags.names()) == ["new"]
    published = publish(draft)
    assert (published.stem_text, list(published.tags.names())) == ("Better said?", ["new"])


def test_tags_are_added_and_taken_away_whatever_their_capitals():
    question = make_bank_question()
    change(question, add=["Law", "old"])

    assert change(question, add=["law", "new"], remove=["OLD"])
    assert sorted(fresh(question).tags.names()) == ["Law", "new"]
    assert AuditEntry.objects.filter(verb="question.classified").first().facts == {
        "added": ["new"],
        "removed": ["old"],
    }


def test_what_is_so_already_or_waits_for_its_hour_is_left_alone():
    question, waiting = make_bank_question(topic=Topic.LAW), make_bank_question(topic=Topic.LAW)
    waiting.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))

    assert not change(question, topic=Topic.LAW, remove=["never there"])
    assert not change(waiting, topic=Topic.REFERRAL)
    assert fresh(waiting).topic == Topic.LAW
    assert not AuditEntry.objects.filter(verb="question.classified").exists()
