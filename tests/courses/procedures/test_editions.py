from types import SimpleNamespace

import pytest
from django.utils import timezone

from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import CitationState, ClauseChange
from courses.procedures import editions
from courses.procedures.models import CitationReview, Clause, ClauseWording, ProcedureEdition
from courses.procedures.refusing import ProcedureRefused
from tests.courses.procedures.writing import begin, make_procedure, publish, reword

pytestmark = pytest.mark.django_db


def use(number, title, place):
    return SimpleNamespace(written_in="page", number=number, title=title, place=place)


def refused(code):
    return pytest.raises(ProcedureRefused, match=code)


def test_new_edition_begins_with_the_words_in_force_and_the_same_clauses():
    procedure = make_procedure()
    draft = begin(procedure)
    old, new = (
        list(edition.wordings.values_list("clause", "number", "text"))
        for edition in (procedure.in_force, draft)
    )
    assert old == new
    assert procedure.in_force.label == "2019"


def test_one_draft_at_a_time():
    procedure = make_procedure()
    begin(procedure)
    with refused("draft"):
        begin(procedure, "2027")


def test_published_words_are_never_changed():
    wording = make_procedure().in_force.wordings.first()
    wording.text = "Other"
    with pytest.raises(AppendOnlyError):
        wording.save()
    with pytest.raises(AppendOnlyError):
        wording.delete()
    with refused("published"):
        editions.throw_away(wording.edition, actor=None, at=timezone.now())


def test_clause_is_called_as_the_edition_in_force_calls_it():
    procedure = make_procedure()
    draft = begin(procedure)
    wording = draft.wordings.get(number="4.2")
    wording.number, wording.title = "5.1", "Consent"
    wording.save()
    draft.wordings.get(number="4.3").delete()
    before = str(wording.clause)
    publish(draft)
    assert before == "4.2 Clause 4.2"
    assert str(Clause.objects.get(pk=wording.clause_id)) == "5.1 Consent"
    gone = Clause.objects.get(procedure=procedure, number="4.3")
    assert not gone.is_in_force


@pytest.mark.parametrize("code", ["empty", "twice", "same"])
def test_edition_that_is_not_ready_is_not_published(code):
    draft = begin(make_procedure())
    if code == "empty":
        ClauseWording.objects.filter(edition=draft).delete()
    if code == "twice":
        draft.wordings.filter(number="4.2").update(number="4.1")
    with refused(code):
        publish(draft)
    assert ProcedureEdition.objects.get(pk=draft.pk).is_draft


def test_what_cites_a_changed_clause_is_listed_and_nothing_else():
    procedure = make_procedure()
    draft = begin(procedure)
    changed = reword(draft, "4.2", "Ask consent, agency by agency")
    other = draft.wordings.get(number="4.1").clause
    places = {
        changed.pk: [use(7, "Lesson", "part 2")] * 2,
        other.pk: [use(8, "Other", "part 1")],
    }
    asked = []

    def uses(keys):
        asked.extend(keys)
        return {key: places[key] for key in keys}

    publish(draft, material=[changed.pk], uses=uses)
    assert asked == [changed.pk]
    (review,) = CitationReview.objects.all()
    assert (review.clause, review.change, review.number) == (changed, ClauseChange.REWORDED, 7)
    assert [wording.clause for wording in draft.wordings.filter(is_material=True)] == [changed]


def test_decided_once_and_on_record():
    procedure = make_procedure()
    draft = begin(procedure)
    clause = reword(draft, "4.2", "Other")
    publish(draft, uses=lambda keys: {clause.pk: [use(7, "Lesson", "part 2")]})
    review = CitationReview.objects.get()
    editions.decide(review, state="changed", actor=None, at=timezone.now())
    review.refresh_from_db()
    assert review.state == CitationState.CHANGED
    assert review.decided_at
    with refused("over"):
        editions.decide(review, state="reviewed", actor=None, at=timezone.now())
    assert AuditEntry.objects.filter(verb="citation decided").count() == 1


def test_draft_thrown_away_takes_only_its_own_clauses():
    procedure = make_procedure()
    draft = begin(procedure)
    ClauseWording.objects.create(edition=draft, number="9", title="New")
    editions.throw_away(draft, actor=None, at=timezone.now())
    assert Clause.objects.filter(procedure=procedure).count() == 3
    assert begin(procedure).n == 2
