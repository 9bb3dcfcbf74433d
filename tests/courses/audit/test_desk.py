"""What is changed in Wagtail's own screens stands in the chained audit log, without anything personal."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Site

from courses.audit import log
from courses.audit.digest import agreeing, digest_of
from courses.audit.models import AuditEntry
from courses.directory.models import Entry
from courses.people.models import Person
from lms.erasing.models import KeepingTimes
from lms.home.models import SiteTexts
from tests.factories import make_pocket_card

pytestmark = pytest.mark.django_db
AT_DESK = ["added at the desk", "changed at the desk", "deleted at the desk", "settings changed"]


def told():
    entries = AuditEntry.objects.filter(verb__in=AT_DESK).order_by("pk")
    return [(entry.verb, entry.object_type, entry.object_id, entry.facts) for entry in entries]


def setting(model):
    site = Site.objects.get(is_default_site=True)
    return model.for_site(site), reverse(
        "wagtailsettings:edit", args=[*model._meta.label_lower.split("."), site.pk]
    )


def entry_form(**changed):
    return {
        "role": "hotline", "name": "National hotline", "phone": "847", "email": "", "note": "", "post": "",
        "checked_on": str(timezone.localdate()), **changed,
    }  # fmt: skip


def test_a_setting_is_told_with_who_which_field_was_and_is(desk, focal_point):
    times, address = setting(KeepingTimes)
    kept = digest_of()

    answer = desk.post(address, {"years_after_leaving": 3, "months_after_refusal": 12})

    assert answer.status_code == 302
    facts = {"fields": ["years_after_leaving"], "values": {"years_after_leaving": [7, 3]}}
    assert told() == [("settings changed", "lms.keepingtimes", str(times.pk), facts)]
    entry = AuditEntry.objects.get(verb="settings changed")
    assert (entry.actor_id, entry.actor_name) == (focal_point.pk, "Francine Focal")
    assert agreeing({"before": kept, "after": digest_of()})[0][2]
    assert digest_of().entries == kept.entries + 1


def test_of_texts_in_settings_only_the_name_of_the_field_is_told(desk):
    texts, address = setting(SiteTexts)
    form = {"name": texts.name, "neutral_name": texts.neutral_name, "owner": texts.owner, "report_online": ""}

    desk.post(address, {**form, "contact_email": "francine.focal@example.org"})

    assert told() == [("settings changed", "lms.sitetexts", str(texts.pk), {"fields": ["contact_email"]})]


def test_a_form_sent_in_unchanged_tells_nothing(desk):
    _times, address = setting(KeepingTimes)

    desk.post(address, {"years_after_leaving": 7, "months_after_refusal": 12})

    assert ModelLogEntry.objects.count() == 1
    assert told() == []


def test_a_row_of_a_list_is_added_changed_and_deleted(desk):
    desk.post(reverse("directory:add"), entry_form())
    entry = Entry.objects.get()
    desk.post(reverse("directory:edit", args=[entry.pk]), entry_form(phone="911", note="Ask for Ann"))
    desk.post(reverse("directory:delete", args=[entry.pk]))

    assert not Entry.objects.exists()
    assert told() == [
        ("added at the desk", "courses.entry", str(entry.pk), {}),
        ("changed at the desk", "courses.entry", str(entry.pk), {"fields": ["phone", "note"]}),
        ("deleted at the desk", "courses.entry", str(entry.pk), {}),
    ]


def test_nothing_of_a_person_but_the_names_of_fields(desk, constable):
    person = constable.person
    form = {
        "full_name": "Somebody Else", "agency": person.agency_id, "post": person.post_id, "sector": "",
        "rank": person.rank, "service_number": "", "phone": "", "contact_email": "", "sex": "",
        "language": person.language, "agency_on_certificate": "on", "left_on": "",
    }  # fmt: skip

    assert desk.post(reverse("people:edit", args=[person.pk]), form).status_code == 302

    assert told() == [
        ("changed at the desk", "people.person", str(person.pk), {"fields": ["full_name", "sex"]})
    ]
    page = desk.get(reverse("people:person", args=[person.pk]))
    assert [event.what for event in page.context["history"]] == ["Changed at the desk"]


def test_several_that_are_deleted_together_are_told_one_by_one(client_of, administrator):
    administrator.is_superuser = True
    administrator.save()
    cards = [make_pocket_card("police"), make_pocket_card("health")]
    wanted = "&".join(f"id={card.pk}" for card in cards)

    answer = client_of(administrator).post(f"/admin/bulk/courses/pocketcard/delete/?{wanted}")

    assert answer.status_code == 302
    assert ModelLogEntry.objects.count() == 0
    expected = [("deleted at the desk", "courses.pocketcard", str(card.pk), {}) for card in cards]
    assert sorted(told()) == sorted(expected)


def test_the_rights_of_a_log_in_are_told_with_their_values(client_of, administrator, constable):
    administrator.is_superuser = True
    administrator.save()
    group = Group.objects.create(name="Readers")
    form = {
        "username": constable.username, "email": "another@example.org", "first_name": "-", "last_name": "-",
        "is_active": "on", "is_superuser": "on", "groups": [group.pk], "password1": "", "password2": "",
    }  # fmt: skip

    answer = client_of(administrator).post(reverse("wagtailusers_users:edit", args=[constable.pk]), form)

    assert answer.status_code == 302
    [(verb, kind, key, facts)] = told()
    assert (verb, kind, key) == ("changed at the desk", "people.user", str(constable.pk))
    assert facts["values"] == {"is_superuser": [False, True], "groups": [[], ["Readers"]]}
    assert "email" in facts["fields"]
    assert "another@example.org" not in str(facts)


def test_what_cannot_be_written_down_is_not_done(desk, monkeypatch):
    times, address = setting(KeepingTimes)
    desk.raise_request_exception = False
    monkeypatch.setattr(log.AuditEntry.objects, "create", lambda **facts: 1 / 0)

    answer = desk.post(address, {"years_after_leaving": 3, "months_after_refusal": 12})

    assert answer.status_code == 500
    times.refresh_from_db()
    assert times.years_after_leaving == 7
    assert not ModelLogEntry.objects.exists()


def test_people_are_not_told_twice_as_added(desk, police):
    form = {
        "full_name": "Nora New", "agency": police.pk, "post": "", "sector": "", "rank": "",
        "service_number": "", "phone": "", "contact_email": "", "sex": "", "language": "en",
        "agency_on_certificate": "on", "left_on": "",
    }  # fmt: skip

    assert desk.post(reverse("people:add"), form).status_code == 302

    person = Person.objects.get(full_name="Nora New")
    verbs = AuditEntry.objects.about([("people.person", str(person.pk))]).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["added at the desk", "approved"]
