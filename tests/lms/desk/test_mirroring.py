import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from courses.audit.models import AuditEntry
from lms.erasing.models import KeepingTimes
from tests import factories as make

pytestmark = pytest.mark.django_db


def entries():
    return AuditEntry.objects.filter(verb__startswith="wagtail.").order_by("pk")


def test_setting_changed_at_the_desk_is_in_the_audit_log_with_what_it_is_now(client, focal_point):
    client.force_login(focal_point)
    times = KeepingTimes.for_site(Site.objects.get(is_default_site=True))
    address = reverse("wagtailsettings:edit", args=["lms", "keepingtimes", times.site_id])
    fields = {"years_after_leaving": 9, "months_after_refusal": 6}
    assert client.post(address, fields).status_code == 302
    (entry,) = entries()
    assert (entry.verb, entry.object_type, entry.object_id) == (
        "wagtail.edit",
        "lms.keepingtimes",
        str(times.pk),
    )
    assert entry.actor_id == focal_point.pk
    assert entry.facts == {"years_after_leaving": 9, "months_after_refusal": 6}
    call_command("audit_verify")


def test_of_a_person_only_that_they_were_changed(focal_point):
    person = make.make_person()
    ModelLogEntry.objects.log_action(person, "wagtail.edit", user=focal_point)
    (entry,) = entries()
    assert (entry.object_type, entry.object_id) == ("people.person", str(person.pk))
    assert entry.facts == {}


def test_what_is_deleted_is_named_by_its_key(client, focal_point):
    agency = make.make_agency()
    ModelLogEntry.objects.log_action(agency, "wagtail.delete", user=focal_point, deleted=True)
    (entry,) = entries()
    assert (entry.verb, entry.object_type, entry.object_id) == (
        "wagtail.delete",
        "people.agency",
        str(agency.pk),
    )
