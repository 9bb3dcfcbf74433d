from django.urls import reverse

from certificates.correcting import correct
from certificates.issuing import issue
from tests.certificates.conftest import NOW
from tests.factories import make_completion, make_enrolment


def of(user):
    return issue(make_completion(make_enrolment(user.person), at=NOW), actor=None, at=NOW)


def test_a_trainee_reads_and_downloads_the_own_certificate(constable, client_of):
    certificate = of(constable)
    client = client_of(constable)
    page = client.get(reverse("certificate", args=[certificate.number]))
    assert page.status_code == 200
    for words in ("Constance Joseph", certificate.printed_code, "This certificate is in force.", "Hours"):
        assert words in page.content.decode()
    file = client.get(reverse("certificate_pdf", args=[certificate.number]))
    assert file.content == bytes(certificate.file.pdf)
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="certificate-{certificate.number}.pdf"'
    assert file["Cache-Control"] == "private, no-store"


def test_the_tab_and_the_file_name_do_not_tell_the_topic(constable, client_of):
    certificate = of(constable)
    page = client_of(constable).get(reverse("certificate", args=[certificate.number])).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert title.startswith("My certificate")
    assert "rafficking" not in title + certificate.file_name


def test_another_persons_certificate_is_not_there(
    constable, colleague, supervisor_police, focal_point, client_of
):
    certificate = of(constable)
    for user in (colleague, supervisor_police, focal_point):
        client = client_of(user)
        for name in ("certificate", "certificate_pdf"):
            there = client.get(reverse(name, args=[certificate.number]))
            absent = client.get(reverse(name, args=["SL-2026-99999-Z"]))
            assert (there.status_code, there.content) == (absent.status_code, absent.content)
            assert there.status_code == 404


def test_a_stranger_is_sent_to_sign_in(constable, client_of):
    certificate = of(constable)
    for name in ("certificate", "certificate_pdf"):
        response = client_of(None).get(reverse(name, args=[certificate.number]))
        assert (response.status_code, response["Location"].startswith("/accounts/login/")) == (302, True)


def test_posting_is_refused(constable, client_of):
    certificate = of(constable)
    for name in ("certificate", "certificate_pdf"):
        assert client_of(constable).post(reverse(name, args=[certificate.number])).status_code == 405


def test_a_replaced_one_leads_to_the_new(constable, client_of):
    old = of(constable)
    new = correct(old, reason="", actor=None, at=NOW)
    client = client_of(constable)
    page = client.get(reverse("certificate", args=[old.number])).content.decode()
    assert "This certificate was replaced." in page
    assert reverse("certificate", args=[new.number]) in page
    assert "My name is wrong on it" not in page
    record = client.get(reverse("my_record")).content.decode()
    assert record.index(new.number) < record.index(old.number)


def test_a_certificate_of_a_merged_record_is_ones_own(constable, colleague, client_of):
    certificate = of(colleague)
    colleague.person.merged_into = constable.person
    colleague.person.save()
    assert client_of(constable).get(reverse("certificate", args=[certificate.number])).status_code == 200
