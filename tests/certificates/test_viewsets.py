"""The focal point's screens."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.issuing import issue
from certificates.models import Certificate, Design
from tests.certificates.conftest import NOW
from tests.factories import make_completion, make_enrolment, make_person, make_signatory


def states():
    return list(Certificate.objects.with_state(NOW.date()).order_by("pk").values_list("state", flat=True))


def form(**kwargs):
    """What the design's form posts."""
    return {
        "name": "Plain",
        "kind": "completion",
        "language": "en",
        "prefix": "SL",
        "issuer": "Government of Saint Lucia",
        "programme": "",
        "title": "Certificate of Completion",
        "before_name": "This is to certify that",
        "wording": "has completed\n{course}",
        "ink": "#0d3346",
        "accent": "#b98a1d",
        "signatures-TOTAL_FORMS": "0",
        "signatures-INITIAL_FORMS": "0",
        "courses-TOTAL_FORMS": "0",
        "courses-INITIAL_FORMS": "0",
        **kwargs,
    }


@pytest.fixture
def desk(focal_point, client_of):
    return client_of(focal_point)


def test_the_list_finds_by_number_and_name_and_filters_by_status(certificate, desk):
    other = issue(make_completion(make_enrolment(make_person(full_name="Bertrand Bel"))), actor=None, at=NOW)
    address = reverse("certificates:index")
    both = desk.get(address).content.decode()
    assert (certificate.number in both, other.number in both) == (True, True)
    for query in ({"q": "constance"}, {"q": certificate.number}):
        page = desk.get(address, query).content.decode()
        assert (certificate.number in page, other.number in page) == (True, False)
    none = desk.get(address, {"state": "withdrawn"}).content.decode()
    assert (certificate.number in none, other.number in none) == (False, False)
    one = desk.get(address, {"agency": other.completion.agency_id, "state": "in_force"}).content.decode()
    assert (certificate.number in one, other.number in one) == (False, True)


def test_the_list_takes_the_same_queries_for_1_and_12(certificate, desk):
    address = reverse("certificates:index")
    desk.get(address)
    before = _queries(desk, address)
    for _turn in range(11):
        issue(make_completion(), actor=None, at=NOW)
    assert _queries(desk, address) == before


def _queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_one_certificate_with_its_history_and_pdf(certificate, desk):
    file = desk.get(reverse("certificates:pdf", args=[certificate.pk])).content
    page = desk.get(reverse("certificates:inspect", args=[certificate.pk])).content.decode()
    for words in (hashlib.sha256(file).hexdigest(), "Constance Joseph", "In force", certificate.printed_code):
        assert words in page
    assert desk.get(reverse("certificates:pdf", args=[certificate.pk])).content == file


def test_withdrawing_asks_for_a_reason_and_does_it_by_post_alone(certificate, desk):
    address = reverse("certificates:withdraw", args=[certificate.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"public_reason": "error"}).status_code == 200
    assert states() == ["in_force"]
    assert desk.post(address, {"public_reason": "error", "reason": "Wrong person"}).status_code == 302
    assert states() == ["withdrawn"]


def test_correcting(certificate, desk):
    address = reverse("certificates:correct", args=[certificate.pk])
    assert desk.get(address).status_code == 200
    assert states() == ["in_force"]
    assert desk.post(address, {"reason": "Spelling"}).status_code == 302
    assert states() == ["replaced", "in_force"]
    again = desk.post(address, {"reason": "Twice"}, follow=True)
    assert "Nothing changed" in again.content.decode()
    assert states() == ["replaced", "in_force"]


def test_nobody_adds_edits_or_deletes_a_certificate(certificate, administrator, client_of):
    client = client_of(administrator)
    for name, args in (("add", []), ("edit", [certificate.pk]), ("delete", [certificate.pk])):
        address = reverse(f"certificates:{name}", args=args)
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("who", ["constable", "facilitator", "supervisor_police"])
def test_others_do_nothing_here(who, certificate, client_of, request):
    client = client_of(request.getfixturevalue(who))
    for name in ("inspect", "pdf", "withdraw", "correct"):
        address = reverse(f"certificates:{name}", args=[certificate.pk])
        data = {"public_reason": "error", "reason": "x"}
        assert {client.get(address).status_code, client.post(address, data).status_code} <= {302, 403, 405}
    assert states() == ["in_force"]


def test_a_design_is_made_with_its_signatures(desk):
    signatory = make_signatory()
    data = form(
        **{
            "signatures-TOTAL_FORMS": "1",
            "signatures-0-signatory": signatory.pk,
            "signatures-0-blank_title": "",
            "signatures-0-ORDER": "1",
        }
    )
    response = desk.post(reverse("certificate-designs:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert Design.objects.get().signatures.get().signatory == signatory


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("wording", "has scored {score} in {course}", "“score” is not known here."),
        ("ink", "red", "Give a colour"),
        ("prefix", "sl-1", "capital letters"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(desk, field, value, words):
    response = desk.post(reverse("certificate-designs:add"), form(**{field: value}))
    assert words in str(response.context["form"].errors[field])
    assert not Design.objects.exists()


def test_the_preview_shows_a_short_and_a_long_name_as_specimens(desk):
    design = Design.objects.create(name="Plain")
    address = reverse("certificate-designs:preview_on_edit", args=[design.pk])
    signature = {
        "signatures-TOTAL_FORMS": "1",
        "signatures-0-signatory": make_signatory(name="Ann Édouard").pk,
        "signatures-0-ORDER": "1",
    }
    typed = form(title="Certificate of <b>Completion", **signature)
    assert desk.post(address, typed).json()["is_valid"]
    for mode, name in (("short", "Ann Jules"), ("long", "Desrivières-Charlemagne")):
        page = desk.get(address, {"mode": mode}).content.decode()
        for words in (name, "SPECIMEN", "Ann Édouard", "Certificate of &lt;b&gt;Completion"):
            assert words in page
    font = page.split('src:url("')[1].split('"')[0]
    assert b"".join(desk.get(font).streaming_content)[:4] == b"wOF2"
    assert desk.get(reverse("certificate-designs:font", args=["README.md"])).status_code == 404
