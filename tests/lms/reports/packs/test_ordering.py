"""A large pack is made by the worker: its page says how it stands, and what to do where it failed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from lms.reports.packs import fulfilling, making, ordering
from lms.reports.packs.checking import check
from lms.reports.packs.models import OrderState, Pack, PackOrder
from lms.reports.packs.tasks import make_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, focal_point):
    return client_of(focal_point)


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(ordering, "LARGE", 3)


@pytest.fixture
def waiting(year, focal_point):
    """An order that no worker has taken."""
    return PackOrder.objects.create(
        asked=year.scope.query().removeprefix("?"),
        language="en",
        user=focal_point,
        by=str(focal_point),
        at=timezone.now(),
        begun_at=timezone.now(),
    )


def page_of(client, order):
    return client.get(reverse("reports_pack_order", args=[order.uuid]))


def test_a_large_pack_is_ordered_and_shown_when_it_is_there(client, year, large, focal_point):
    answer = client.post(reverse("reports_pack_make"), {"period": f"calendar-{year.now.year}"})
    order = PackOrder.objects.get()
    assert answer.url == reverse("reports_pack_order", args=[order.uuid])
    pack = Pack.objects.get()
    assert page_of(client, order).url == reverse("reports_pack", args=[pack.uuid])
    assert check(pack).holds
    assert pack.made_by == str(focal_point)
    assert set(AuditEntry.objects.filter(verb__startswith="figures").values_list("verb", flat=True)) == {
        "figures ordered",
        "figures frozen",
    }
    # Run twice, as when a worker died at the end: one pack.
    make_pack.enqueue(order.pk)
    assert Pack.objects.count() == 1
    # Its correction is large too.
    client.post(reverse("reports_pack_correct", args=[pack.uuid]), {"reason": "A mistake."})
    assert Pack.objects.get(replaces=pack).content["reason"] == "A mistake."


def test_a_small_one_is_made_at_once(client, year):
    assert not ordering.is_large(year.scope)
    client.post(reverse("reports_pack_make"), {"period": f"calendar-{year.now.year}"})
    assert Pack.objects.count() == 1
    assert not PackOrder.objects.exists()


def test_the_page_looks_again_by_itself_until_it_stands_still(client, waiting):
    answer = page_of(client, waiting)
    assert answer["Refresh"] == "5"
    assert "Being made." in answer.content.decode()
    assert "Start again" not in answer.content.decode()
    assert "Being made" in client.get(reverse("reports_packs")).content.decode()
    PackOrder.objects.update(begun_at=timezone.now() - timedelta(hours=1))
    answer = page_of(client, waiting)
    assert "Refresh" not in answer
    assert "Start again" in answer.content.decode()
    client.post(reverse("reports_pack_order_again", args=[waiting.uuid]))
    assert Pack.objects.count() == 1


def test_pressed_twice_it_is_one_order(waiting, year, focal_point):
    assert ordering.order(year.scope, actor=focal_point, at=timezone.now()) == waiting


def test_a_failure_says_what_to_do_and_freezes_nothing(client, waiting, monkeypatch):
    def break_down(*_args, **_kwargs):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(making, "Gathering", break_down)
        with pytest.raises(OSError, match="disk full"):
            fulfilling.fulfil(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, Pack.objects.count()) == (OrderState.FAILED, 0)
    assert "could not be made, and nothing was frozen" in page_of(client, waiting).content.decode()
    client.post(reverse("reports_pack_order_again", args=[waiting.uuid]))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.pack) == (OrderState.READY, Pack.objects.get())


def test_a_refusal_is_told_in_words(client, waiting, year):
    pack = making.make(year.scope, actor=None, at=timezone.now())
    making.correct(pack, reason="A mistake.", actor=None, at=timezone.now())
    PackOrder.objects.update(replaces=pack)
    fulfilling.fulfil(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.code) == (OrderState.REFUSED, "replaced")
    page = page_of(client, waiting).content.decode()
    assert "There is a correction of these figures already" in page
    assert "Start again" not in page


def test_the_auditor_sees_how_it_stands_and_starts_nothing(client_of, auditor, waiting):
    PackOrder.objects.update(state=OrderState.FAILED)
    assert "Start again" not in page_of(client_of(auditor), waiting).content.decode()
