"""Free text that may name a victim or a case is stopped once, with a reason."""

import importlib
import pkgutil

import pytest

import certificates
import courses
import lms
from courses.enrolment.desk_forms import CourseAndReasonForm
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.desk_forms import NoteForm
from courses.people.fields import PlainTextField
from courses.people.models import PersonNote
from courses.people.telltale import telltale
from courses.questions.forms import ClassifyForm
from courses.workshops.people import FindForm
from tests.factories import make_course, make_enrolment

# Longer than a name or a rank: somebody's own words.
FREE = 200
# Tags: what is added is stopped with no box that lets it pass, what is taken away is written nowhere.
# And names and numbers that are looked for, not kept.
CAREFUL_THEMSELVES = {(ClassifyForm, "add"), (ClassifyForm, "remove"), (FindForm, "find")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 452-1234 first", "452-1234"),
        ("Call +1 (758) 452-1234 first", "+1 (758) 452-1234"),
        ("+17584521234", "+17584521234"),
        ("758.452.1234", "758.452.1234"),
        ("passport 123456789", "123456789"),
        ("on 2026-11-22 from 758 452 1234", "758 452 1234"),
        ("ana@example.org asked", "ana@example.org"),
        ("0696 12-34-56", "0696 12-34-56"),
        ("0696 12.03.24", "0696 12.03.24"),
        ("758 45-21-23 4", "758 45-21-23 4"),
        ("12/03/2024 452 1234", "12/03/2024 452 1234"),
        ("12/03/2024-452-1234", "12/03/2024-452-1234"),
        ("452\u20141234, 452:1234", "452\u20141234, 452:1234"),
        ("452:1234", "452:1234"),
        ("758, 452, 1234", "758, 452, 1234"),
        ("758,452,1234", "758,452,1234"),
        ("In 2024, 452, 1234", "452, 1234"),
        ("452 - 1958, ask there", "452 - 1958"),
        ("452, 2012, or later", "452, 2012"),
        ("at 10:30, 452 1234", "452 1234"),
        ("0696 12:34:56", "0696 12:34:56"),
        ("From 07/2024 - 12/2025", ""),
        ("12/03/2024-15/03/2024, or 11/22/2026", ""),
        ("22/11/2026 10:30 and 2026-11-22, 10:30-12:00", ""),
        ("Shifts 08:00\u201316:00, 16:00-23:59, 00:00:00 - 08:00:00", ""),
        ("It cost 1,000,000 or 1,250,000.00-2,000,000", ""),
        ("In 2024, 150 people; 2019, 2020, 2021", ""),
        ("Weeks 7, 8, 9, 10, 11, 12", ""),
        ("Three shifts of 12 hours in week 47", ""),
        ("Absent 2026-11-22, back 24/11/2026.", ""),
        ("School year 2025-2026, and 2025–2026", ""),
        ("Instead of SL-2026-00417-K", ""),
        ("Form 123456", ""),
        ("", ""),
    ],
)
def test_what_may_lead_to_a_person(text, found):
    assert telltale(text) == found


def test_the_box_appears_with_the_reason_and_lets_it_pass():
    plain = NoteForm({"text": "Prefers mornings."})
    stopped = NoteForm({"text": "Call 452 1234."})
    ticked = NoteForm({"text": "Call 452 1234.", "no_case": "on"})

    assert (plain.is_valid(), stopped.is_valid(), ticked.is_valid()) == (True, False, True)
    assert "“452 1234” looks like a telephone number" in str(stopped.errors["text"])
    assert [field.name for field in plain.visible_fields()] == ["text"]
    assert [field.name for field in stopped.visible_fields()] == ["text", "no_case"]
    assert ticked.cleaned_data == {"text": "Call 452 1234."}


@pytest.mark.django_db
def test_the_tick_stays_while_something_else_is_wrong():
    form = CourseAndReasonForm({"course": "", "reason": "Call 452 1234.", "no_case": "on"})

    assert list(form.errors) == ["course"]
    assert [field.name for field in form.visible_fields()] == ["course", "reason", "no_case"]
    assert "checked" in str(form["no_case"])


@pytest.mark.django_db
def test_a_note_is_stopped_once_and_nothing_typed_is_lost(client_of, focal_point, constable):
    desk, address = client_of(focal_point), f"/admin/people/{constable.person.pk}/"
    text = "Works nights, telephone 758 452 1234."

    asked = desk.post(address, {"text": text}).content.decode()

    assert "This is not where you report a case. Take it out, or tick the box below." in asked
    assert text in asked
    assert 'name="no_case"' in asked
    assert not PersonNote.objects.exists()
    desk.post(address, {"text": text, "no_case": "on"})
    assert PersonNote.objects.get().text == text


@pytest.mark.django_db
def test_the_box_is_remembered_while_many_are_looked_at_first(client_of, focal_point, constable):
    desk, course = client_of(focal_point), make_course()
    enrolment = make_enrolment(constable.person, course)
    given = {"chosen": constable.person.pk, "course": course.pk, "reason": "Asked from 452 1234"}

    stopped = desk.post("/admin/people/withdraw/", given)
    looked = desk.post("/admin/people/withdraw/", {**given, "no_case": "on"})
    hidden = {field.html_name: field.value() for field in looked.context["form"]}
    desk.post("/admin/people/withdraw/", {**given, "no_case": hidden["no_case"], "step": "do"})

    assert "tick the box below" in stopped.content.decode()
    enrolment.refresh_from_db()
    assert enrolment.ended_at is not None


def test_every_form_for_words_of_ones_own_is_careful():
    for package in (courses, certificates, lms):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2].endswith("forms"):
                importlib.import_module(module.name)
    careless = []
    forms = [*subclasses_of(importlib.import_module("django.forms").BaseForm)]
    for form in forms:
        for name, field in getattr(form, "base_fields", {}).items():
            long = isinstance(field, PlainTextField) and (field.max_length or FREE) >= FREE
            known = isinstance(field, FreeTextField) or (form, name) in CAREFUL_THEMSELVES
            if long and not known:
                careless.append((form, name, "is a PlainTextField"))
            if isinstance(field, FreeTextField) and not issubclass(form, CarefulForm):
                careless.append((form, name, "stands in no CarefulForm"))

    assert careless == []
    assert len([form for form in forms if issubclass(form, CarefulForm)]) > 6


def subclasses_of(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses_of(each)
