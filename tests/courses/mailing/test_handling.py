"""What the office does with letters that did not arrive, on the desk's screens."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import LetterState
from courses.mailing import handling
from courses.mailing.models import Letter
from tests.factories import make_letter, make_person

pytestmark = pytest.mark.django_db
INDEX = "/admin/letters/"


def shown(desk, query=""):
    return [row.address for row in desk.get(INDEX + query).context["object_list"]]


def test_what_failed_stands_first_and_is_found_by_person_address_and_state(desk):
    ann = make_person(full_name="Ann Bell")
    make_letter(LetterState.BOUNCED, address="ann@example.org", person=ann)
    make_letter(LetterState.UNCERTAIN, address="bob@example.org")
    make_letter(LetterState.SENT, address="cleo@example.org")
    make_letter(LetterState.FAILED, address="seen@example.org", set_aside_at=timezone.now())

    assert shown(desk) == ["bob@example.org", "ann@example.org", "seen@example.org", "cleo@example.org"]
    assert shown(desk, "?q=bell") == shown(desk, "?state=bounced") == ["ann@example.org"]
    assert shown(desk, "?q=cleo@") == ["cleo@example.org"]


def test_a_persons_page_leads_to_their_letters_without_their_name(desk):
    ann = make_person(full_name="Ann Bell")
    twin = make_person(full_name="Ann Bell", merged_into=ann)
    make_letter(LetterState.BOUNCED, address="ann@example.org", person=ann)
    make_letter(LetterState.SENT, address="twin@example.org", person=twin)
    make_letter(LetterState.FAILED, address="bob@example.org")
    query = f"?person={ann.pk}"

    assert f'href="{INDEX}{query}"' in desk.get(reverse("people:person", args=[ann.pk])).content.decode()
    assert shown(desk, query) == ["ann@example.org", "twin@example.org"]
    assert shown(desk, f"{query}&state=sent") == ["twin@example.org"]
    # It says whose they are, and leads back to all.
    assert [(one.field_label, one.value) for one in desk.get(INDEX + query).context["active_filters"]] == [
        ("Person", "Ann Bell")
    ]
    assert "person" not in desk.get(INDEX).context["filters"].filters
    assert len(shown(desk, "?person=nobody")) == 3


def test_a_letter_is_sent_again_to_the_corrected_address(desk):
    letter = make_letter(LetterState.BOUNCED, address="mistyped@example.org", tries=3)
    address = reverse("letters:again", args=[letter.pk])
    assert "mistyped@example.org" in desk.get(address).content.decode()
    assert mail.outbox == []

    desk.post(address, {"address": "right@example.org"})

    letter.refresh_from_db()
    assert (letter.state, letter.tries, [m.to for m in mail.outbox]) == (
        LetterState.SENT,
        1,
        [["right@example.org"]],
    )
    assert AuditEntry.objects.get(verb="letter sent again").object_id == str(letter.pk)
    assert desk.post(address, {"address": "right@example.org"}).status_code == 404
    assert len(mail.outbox) == 1


def test_nothing_is_sent_again_that_was_sent_or_forgotten(focal_point):
    deed = {"actor": focal_point, "at": timezone.now()}
    for letter in (make_letter(LetterState.SENT), make_letter(LetterState.FAILED, body="")):
        with pytest.raises(handling.NotSo):
            handling.send_again(letter, **deed)
    with pytest.raises(handling.NotSo):
        handling.came_back(make_letter(LetterState.QUEUED), "No such user", **deed)


def test_a_notice_that_came_later_is_written_down_and_shown(desk):
    person = make_person(full_name="Ann Bell")
    letter = make_letter(LetterState.SENT, person=person, address="ann@example.org")
    assert "did not arrive" not in desk.get(f"/admin/people/{person.pk}/").content.decode()

    desk.post(reverse("letters:came_back", args=[letter.pk]), {"why": "unknown"})

    letter.refresh_from_db()
    assert (letter.state, letter.answer) == (LetterState.BOUNCED, "There is no such address")
    assert "There is no such address" in desk.get(f"/admin/people/{person.pk}/").content.decode()
    assert "1 letter came back or may not have arrived" in desk.get("/admin/").content.decode()

    desk.post(reverse("letters:aside", args=[letter.pk]))
    assert not Letter.objects.troubled().exists()
    assert "may not have arrived" not in desk.get("/admin/").content.decode()


def test_many_are_sent_again_after_confirming(desk):
    letters = [make_letter(LetterState.FAILED, address=f"p{n}@example.org") for n in range(3)]
    sent = make_letter(LetterState.SENT)
    page = desk.post(INDEX, {"deed": "again", "scope": "all"})
    assert mail.outbox == []

    chosen = page.context["chosen"]
    desk.post(reverse("letters:again_many"), {"chosen": chosen, "step": "do"})

    assert {m.to[0] for m in mail.outbox} == {letter.address for letter in letters}
    assert sent.address not in {m.to[0] for m in mail.outbox}


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_for_few_and_many(desk, django_assert_max_num_queries, count):
    old = timezone.now() - timedelta(days=3)
    for n in range(count):
        make_letter([LetterState.FAILED, LetterState.SENT][n % 2], person=make_person(), posted_at=old)
    with django_assert_max_num_queries(20):
        desk.get(INDEX)
