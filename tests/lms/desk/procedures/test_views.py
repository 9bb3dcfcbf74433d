from types import SimpleNamespace

import pytest
from django.urls import reverse

from courses.audit.models import AuditEntry
from courses.choices import CitationState
from courses.procedures.models import CitationReview, Procedure, ProcedureEdition
from lms.templatetags.desk import edit_address
from tests.courses.procedures.test_views import citing_lesson, texts
from tests.courses.procedures.writing import (
    begin,
    citing_card,
    citing_question,
    make_procedure,
    reword,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, focal_point):
    return client_of(focal_point)


def fields_of(draft, **changes):
    """What the form of a draft sends, with changes to its first clause and one more clause."""
    fields = {
        "label": draft.label,
        "source": "",
        "in_force_from": "",
        "wordings-INITIAL_FORMS": draft.wordings.count(),
    }
    fields |= {"wordings-MIN_NUM_FORMS": 0, "wordings-MAX_NUM_FORMS": 1000}
    rows = [
        {"id": one.pk, "number": one.number, "title": one.title, "text": one.text}
        for one in draft.wordings.all()
    ]
    rows[0] |= changes
    rows.append({"id": "", "number": "9", "title": "New", "text": "Look ahead"})
    for n, row in enumerate(rows):
        row |= {"steps": "", "role": "", "time_limit": "", "ORDER": n + 1, "DELETE": ""}
        fields |= {f"wordings-{n}-{name}": value for name, value in row.items()}
    return fields | {"wordings-TOTAL_FORMS": len(rows)}


def test_from_the_first_clause_to_the_work_that_a_change_makes(desk, focal_point):
    desk.post(reverse("procedures:add"), {"name": "National SOP"})
    procedure = Procedure.objects.get()
    page = reverse("desk_procedure", args=[procedure.pk])
    assert "No edition is in force yet" in texts(desk.get(page))

    answer = desk.post(page, {"label": "2019"})
    draft = procedure.draft
    assert answer["Location"] == reverse("procedure_editions:edit", args=[draft.pk])
    write(draft, {"4.2": "Ask consent."})
    publish = reverse("desk_procedure_publish", args=[draft.pk])
    assert "Ask consent." in texts(desk.get(publish))
    desk.post(publish)
    clause = procedure.clauses.get()
    lesson = citing_lesson(clause)
    assert f"{lesson.title}, part 2" in texts(desk.get(page))

    desk.post(page, {"label": "2026"})
    draft = ProcedureEdition.objects.get(label="2026")
    form = reverse("procedure_editions:edit", args=[draft.pk])
    assert desk.get(form).status_code == 200
    answer = desk.post(form, fields_of(draft, text="Ask consent, agency by agency."))
    assert answer["Location"] == page
    publish = reverse("desk_procedure_publish", args=[draft.pk])
    shown = texts(desk.get(publish))
    assert "<ins>consent, agency by agency.</ins>" in shown
    assert "Added: 9 New" in shown
    desk.post(publish, {"material": [clause.pk]})

    review = CitationReview.objects.get()
    assert (review.title, review.place) == (lesson.title, "part 2")
    assert draft.wordings.get(clause=clause).is_material
    decide = reverse("desk_citation", args=[review.pk])
    desk.post(decide, {"state": "open"})
    assert CitationReview.objects.get().is_open
    desk.post(decide, {"state": "changed"})
    assert CitationReview.objects.get().state == CitationState.CHANGED
    assert focal_point.person.full_name in texts(desk.get(page))
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"procedure edition begun", "procedure edition published", "citation decided"} <= verbs


def test_questions_of_the_bank_and_cards_are_listed_to_be_looked_at_and_no_others(desk):
    procedure = make_procedure()
    changed, other, _last = procedure.clauses.all()
    question, card = citing_question(changed), citing_card(changed)
    stays = [citing_question(other), citing_card(other, sector="health")]
    draft = begin(procedure)
    reword(draft, changed.number, "Other words")

    compared = texts(desk.get(reverse("desk_procedure_publish", args=[draft.pk])))
    desk.post(reverse("desk_procedure_publish", args=[draft.pk]))
    page = texts(desk.get(reverse("desk_procedure", args=[procedure.pk])))

    listed = CitationReview.objects.values_list("written_in", "number")
    assert sorted(listed) == sorted([("question", question.pk), ("card", card.pk)])
    edit = {
        one: edit_address(SimpleNamespace(written_in=kind, number=one.pk))
        for kind, one in (("question", question), ("card", card), ("question", stays[0]), ("card", stays[1]))
    }
    assert all(f'href="{edit[one]}"' in compared for one in (question, card))
    assert not any(f'href="{edit[one]}"' in compared for one in stays)
    assert all(page.count(f'href="{edit[one]}"') == 2 for one in (question, card))
    assert all(page.count(f'href="{edit[one]}"') == 1 for one in stays)
    assert all(desk.get(address).status_code == 200 for address in edit.values())


def test_published_edition_has_no_form(desk):
    procedure = make_procedure()
    answer = desk.get(reverse("procedure_editions:edit", args=[procedure.in_force.pk]))
    assert answer["Location"] == reverse("desk_procedure", args=[procedure.pk])


def test_draft_that_changes_nothing_is_not_published(desk):
    draft = begin(make_procedure())
    publish = reverse("desk_procedure_publish", args=[draft.pk])
    assert "Nothing has changed" in texts(desk.get(publish))
    assert "Nothing has changed" in texts(desk.post(publish, follow=True))
    draft.refresh_from_db()
    assert draft.is_draft


def test_second_draft_is_refused_in_words(desk):
    procedure = make_procedure()
    begin(procedure)
    page = reverse("desk_procedure", args=[procedure.pk])
    assert "There is a draft already" in texts(desk.post(page, {"label": "2030"}, follow=True))


def test_draft_is_thrown_away_after_asking(desk):
    procedure = make_procedure()
    draft = begin(procedure)
    reword(draft, "4.2", "Other")
    address = reverse("desk_procedure_throw_away", args=[draft.pk])
    assert "What was written in it is lost" in texts(desk.get(address))
    assert desk.post(address)["Location"] == reverse("desk_procedure", args=[procedure.pk])
    assert procedure.editions.count() == 1


def test_a_saved_draft_and_its_publication_are_each_told_once_in_the_audit_log(desk, focal_point):
    draft = begin(make_procedure())
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    form = reverse("procedure_editions:edit", args=[draft.pk])
    desk.post(form, fields_of(draft, text="Notice, and check danger twice."))
    new = AuditEntry.objects.exclude(pk__in=before)
    (saved,) = new
    assert (saved.verb, saved.object_type, saved.object_id, saved.facts) == (
        "changed at the desk",
        "courses.procedureedition",
        str(draft.pk),
        {"fields": ["wordings"]},
    )
    assert saved.actor_name == str(focal_point)
    # Nothing else was written in it: nothing is told again.
    desk.post(form, _as_it_is(draft))
    assert new.count() == 1

    desk.post(reverse("desk_procedure_publish", args=[draft.pk]))
    told = new.exclude(pk=saved.pk).filter(object_type="courses.procedureedition")
    assert [(entry.verb, entry.object_id) for entry in told] == [("procedure edition published", str(draft.pk))]


def _as_it_is(draft):
    """What the form sends when it is saved without a change."""
    fields = fields_of(draft)
    n = fields["wordings-TOTAL_FORMS"] - 1
    fields["wordings-TOTAL_FORMS"] = n
    return {name: value for name, value in fields.items() if not name.startswith(f"wordings-{n}-")}
