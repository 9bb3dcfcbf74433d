"""The date on which numbers were tried, for many at once."""

from datetime import date

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.directory.models import ContactRole, Entry
from tests.factories import make_entry

pytestmark = pytest.mark.django_db
LIST = "/admin/directory/"


@pytest.fixture
def entries(db):
    return [
        make_entry(role=role, checked_on=None)
        for role in (ContactRole.HOTLINE, ContactRole.LABOUR, ContactRole.PROSECUTOR)
    ]


def send(desk, entries, **answers):
    page = desk.post(LIST, {"deed": "checked", "scope": "ticked", "row": [one.pk for one in entries[:2]]})
    assert "never checked" in page.content.decode()
    sent = {"chosen": page.context["chosen"], "back": "", "step": "do", **answers}
    return desk.post(f"{LIST}checked/", sent, follow=True)


def test_those_chosen_get_the_day_and_it_is_logged(desk, entries):
    send(desk, entries, day="2026-03-02")

    days = dict(Entry.objects.values_list("pk", "checked_on"))
    assert [days[one.pk] for one in entries] == [date(2026, 3, 2), date(2026, 3, 2), None]
    entry = AuditEntry.objects.filter(verb="directory entry checked").first()
    assert entry.facts == {"was": "", "on": "2026-03-02"}


def test_a_day_to_come_is_refused(desk, entries):
    answer = send(desk, entries, day=str(timezone.localdate().replace(year=2999)))

    assert "not one to come" in answer.content.decode()
    assert not Entry.objects.exclude(checked_on=None).exists()
