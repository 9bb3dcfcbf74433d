"""From the workshop to the printed page, and who may."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from certificates.batches.models import PrintRun
from certificates.correcting import withdraw
from certificates.models import Certificate, CertificateEvent, Design
from courses.audit.models import AuditEntry
from courses.choices import CertificateKind, PrintRunState, WorkshopKind
from courses.workshops.models import Workshop
from tests.certificates.batches.conftest import NOW
from tests.factories import make_attendance, make_completion, make_enrolment, make_person, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(focal_point, client_of, no_worker):
    return client_of(focal_point)


@pytest.fixture
def addresses(workshop):
    return {
        name: reverse(f"workshop_certificates{name}", args=[workshop.uuid]) for name in ("", "_names", "_again")
    }


def give(desk, addresses, **kwargs):
    page = desk.get(addresses["_names"])
    data = {"uuid": page.context["uuid"], "shown": page.context["shown"], **kwargs}
    return data, desk.post(addresses["_names"], data)


def names():
    return [one.facts["name"] for one in Certificate.objects.order_by("number")]


def test_who_meets_the_rule_who_does_not_and_why(desk, addresses):
    page = desk.get(addresses[""])
    told = page.content.decode()
    assert [one.name for one in page.context["met"]] == ["Ann Able", "Bel Baker", "Cid Carter"]
    assert [(one.name, one.standing.reasons) for one in page.context["unmet"]] == [
        ("Dot Daniel", ["0 of 1 session"])
    ]
    for words in ("3 people meet the rule", "0 of 1 session", "Not approved yet", "3 hours"):
        assert words in told


def test_from_the_workshop_to_the_numbers_in_three_clicks(desk, addresses, workshop):
    check = desk.get(addresses[""]).content.decode()
    assert addresses["_names"] in check
    data, answer = give(desk, addresses)
    run = PrintRun.objects.get()
    assert answer["Location"] == reverse("print_run", args=[run.uuid])
    assert (names(), run.count, run.title) == (["Ann Able", "Bel Baker", "Cid Carter"], 3, "Working together")
    # Pressed twice, and with the form of an hour ago: nobody has two.
    assert desk.post(addresses["_names"], data)["Location"] == answer["Location"]
    again = desk.post(addresses["_names"], {**data, "uuid": uuid.uuid4()})
    assert again["Location"] == addresses[""]
    assert (Certificate.objects.count(), PrintRun.objects.count()) == (3, 1)
    page = desk.get(addresses[""])
    assert page.context["without"] == 0
    assert Certificate.objects.first().number in page.content.decode()


def test_nobody_gets_a_number_whose_name_was_not_on_the_page(desk, addresses, workshop):
    page = desk.get(addresses["_names"])
    make_attendance(make_registration(workshop, make_person(full_name="Late Lou")))
    out = page.context["people"][1].registration.pk
    desk.post(addresses["_names"], {"shown": page.context["shown"], "out": [out], "uuid": uuid.uuid4()})
    assert names() == ["Ann Able", "Cid Carter"]


def test_a_misspelt_name_is_put_right_before_the_number_is_given(desk, addresses):
    one = desk.get(addresses["_names"]).context["people"][2]
    pk = one.registration.pk
    assert 'value="Cid Carter"' in desk.get(addresses["_names"], {"correct": pk}).content.decode()
    wrong = desk.post(addresses["_names"], {"rename": pk, "wanted": ""})
    assert wrong.status_code == 422
    desk.post(addresses["_names"], {"rename": pk, "wanted": "Cyd  Cartér"})
    entry = AuditEntry.objects.get(verb="name corrected")
    assert (entry.facts, entry.actor_name) == ({"was": "Cid Carter", "wanted": "Cyd Cartér"}, "Francine Focal")
    give(desk, addresses)
    assert names()[2] == "Cyd Cartér"


def test_printing_again_gives_no_number_and_a_duplicate_is_noted(desk, addresses):
    give(desk, addresses)
    numbers = set(Certificate.objects.values_list("number", flat=True))
    withdraw(
        Certificate.objects.get(facts__name="Bel Baker"), public_reason="other", reason="", actor=None, at=NOW
    )
    page = desk.get(addresses[""])
    ann = page.context["met"][0].registration.pk
    desk.post(addresses["_again"], {"uuid": uuid.uuid4()})
    desk.post(addresses["_again"], {"uuid": uuid.uuid4(), "row": [ann], "duplicate": "on"})
    duplicates, plain, _first = PrintRun.objects.order_by("-pk")
    assert [item.certificate.facts["name"] for item in plain.items.all()] == ["Ann Able", "Cid Carter"]
    assert (plain.duplicate, duplicates.duplicate, duplicates.count) == (False, True, 1)
    assert set(Certificate.objects.values_list("number", flat=True)) == numbers
    event = CertificateEvent.objects.get(verb="duplicated")
    assert (event.certificate.facts["name"], event.actor) == ("Ann Able", "Francine Focal")


def test_a_facilitator_sees_the_list_of_the_own_workshop_and_gives_no_numbers(
    facilitator, client_of, workshop, addresses
):
    client = client_of(facilitator)
    assert client.get(addresses[""]).status_code == 404
    workshop = Workshop.objects.get()
    workshop.facilitators.set([facilitator.person])
    workshop.save()
    page = client.get(addresses[""]).content.decode()
    assert ("Ann Able" in page, "Check the names" in page) == (True, False)
    assert [client.post(addresses[name]).status_code for name in ("_names", "_again")] == [403, 403]
    assert client.get(addresses["_names"]).status_code == 403
    assert not Certificate.objects.exists()


def test_training_given_by_others_gets_none(desk, addresses):
    Workshop.objects.update(kind=WorkshopKind.ELSEWHERE)
    assert "Certificates are for workshops of ours" in desk.get(addresses[""]).content.decode()
    assert desk.get(addresses["_names"])["Location"] == addresses[""]


def test_the_run_tells_how_far_it_is_and_gives_neutral_files(desk, addresses, constable, client_of):
    give(desk, addresses, separate="on")
    run = PrintRun.objects.get()
    address = reverse("print_run", args=[run.uuid])
    files = [reverse(f"print_run_{kind}", args=[run.uuid]) for kind in ("pdf", "zip")]
    assert "step 0 of 2 is done" in desk.get(address).content.decode()
    assert [desk.get(file).status_code for file in files] == [404, 404]
    # Nobody got on with it for a while.
    PrintRun.objects.update(moved_at=NOW.replace(year=2020))
    assert "Go on with it" in desk.get(address).content.decode()
    assert desk.post(reverse("print_run_again", args=[run.uuid])).status_code == 302
    run.pdf.save(f"{run.uuid}/pdf", ContentFile(b"%PDF"), save=False)
    run.archive.save(f"{run.uuid}/zip", ContentFile(b"PK"), save=False)
    run.state = PrintRunState.READY
    run.save()
    assert "Ready to print" in desk.get(address).content.decode()
    answers = [desk.get(file) for file in files]
    assert [answer["Content-Disposition"] for answer in answers] == [
        'attachment; filename="certificates.pdf"',
        'attachment; filename="certificates.zip"',
    ]
    assert [client_of(constable).get(page).status_code for page in (address, *files)] == [403] * 3
    listed = desk.get(reverse("certificates:prints")).content.decode()
    assert address in listed
    assert "No print run fits" in desk.get(reverse("certificates:prints"), {"q": "nothing"}).content.decode()


def test_what_was_purged_is_made_again_with_the_same_numbers(desk, addresses):
    give(desk, addresses)
    PrintRun.objects.update(state=PrintRunState.PURGED)
    old = PrintRun.objects.get()
    assert "Make it again" in desk.get(reverse("print_run", args=[old.uuid])).content.decode()
    desk.post(reverse("print_run_again", args=[old.uuid]))
    new = PrintRun.objects.exclude(pk=old.pk).get()
    keys = [list(run.items.values_list("certificate_id", flat=True)) for run in (old, new)]
    assert (keys[0], Certificate.objects.count()) == (keys[1], 3)


def test_all_numbers_are_given_or_none(desk, addresses, monkeypatch):
    Design.objects.create(name="Broken", kind=CertificateKind.ATTENDANCE, ink="red;}")
    page = desk.get(addresses["_names"])
    with pytest.raises(ValueError):
        desk.post(addresses["_names"], {"shown": page.context["shown"], "uuid": uuid.uuid4()})
    assert (Certificate.objects.count(), PrintRun.objects.count()) == (0, 0)


def test_the_page_takes_the_same_queries_for_4_and_12(desk, addresses, workshop, django_assert_max_num_queries):
    give(desk, addresses)
    for _one in range(8):
        make_attendance(make_registration(workshop))
    for name in ("", "_names"):
        with django_assert_max_num_queries(22):
            desk.get(addresses[name])


# --- At the desk ------------------------------------------------------------------------


def test_certificates_ticked_in_their_list_are_printed(desk, twelve):
    withdraw(twelve[1], public_reason="other", reason="", actor=None, at=NOW)
    data = {"deed": "print", "scope": "ticked", "row": [one.pk for one in twelve[:3]]}
    page = desk.post(reverse("certificates:index"), data)
    told = page.content.decode()
    assert (twelve[0].number in told, "Left out" in told, PrintRun.objects.count()) == (True, True, 0)
    answer = desk.post(
        reverse("certificates:print_many"), {"chosen": page.context["chosen"], "duplicate": "on"}
    )
    run = PrintRun.objects.get()
    assert answer["Location"] == reverse("print_run", args=[run.uuid])
    assert [item.certificate for item in run.items.all()] == [twelve[0], twelve[2]]


def test_of_people_ticked_the_latest_certificate_in_force_is_printed(desk, twelve):
    from certificates.issuing import issue

    person = twelve[0].person
    merged = make_person(full_name="Merged", merged_into=person)
    newest = issue(make_completion(make_enrolment(merged)), actor=None, at=NOW.replace(day=20))
    without = make_person(full_name="Without Any")
    data = {"deed": "print", "scope": "ticked", "row": [person.pk, twelve[1].person.pk, without.pk]}
    page = desk.post(reverse("people:index"), data)
    assert "Without Any: has no certificate in force" in page.content.decode()
    desk.post(reverse("people:print_many"), {"chosen": page.context["chosen"]})
    assert {item.certificate for item in PrintRun.objects.get().items.all()} == {newest, twelve[1]}
