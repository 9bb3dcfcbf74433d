"""Free text that may name a victim or a case is stopped once, with a reason."""

import importlib
import pkgutil

import pytest

import certificates
import courses
import lms
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.desk_forms import NoteForm
from courses.people.fields import PlainTextField
from courses.people.models import PersonNote
from courses.people.telltale import telltale
from tests.factories import make_course, make_enrolment

# Longer than a name or a rank: somebody's own words.
FREE = 200


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
            if long and not isinstance(field, FreeTextField):
                careless.append((form, name, "is a PlainTextField"))
            if isinstance(field, FreeTextField) and not issubclass(form, CarefulForm):
                careless.append((form, name, "stands in no CarefulForm"))

    assert careless == []
    assert len([form for form in forms if issubclass(form, CarefulForm)]) > 6


def subclasses_of(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses_of(each)
