"""The pages of packs: two clicks to make one, words, corrections, lists, files."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from courses.audit.models import AuditEntry
from lms.reports.packs import documents
from lms.reports.packs.models import Pack, PackWording

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, focal_point):
    return client_of(focal_point)


@pytest.fixture
def pack(client, year):
    form = client.get(reverse("reports_packs")).context["scope_form"]
    assert form["period"].value() == f"calendar-{year.now.year - 1}"
    answer = client.post(reverse("reports_pack_make"), {"period": f"calendar-{year.now.year}"})
    pack = Pack.objects.get()
    assert answer.url == reverse("reports_pack", args=[pack.uuid])
    return pack


def test_the_page_says_that_it_was_checked(client, pack):
    page = client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    assert f"14 tables agree with {pack.rows_count} rows" in page
    assert pack.sha256 in page
    assert "nine officials (6 women" in page
    outside = client.get(reverse("reports_pack", args=[pack.uuid]), {"version": "outside"}).content.decode()
    assert "fewer than 5" in outside
    assert "6 women" not in outside
    assert "Jane Trainer" not in outside


def test_lists_are_as_long_as_their_numbers(client, pack):
    answer = client.get(reverse("reports_pack", args=[pack.uuid]))
    page = answer.content.decode()
    links = re.findall(r'<a href="(/reports/packs/[^"]*/rows/[^"]*)">(?:<b>)?([\d.]+)<', page)
    assert len(links) > 20
    for address, number in links:
        listing = client.get(address.replace("&amp;", "&")).context["listing"]
        if "/hours/" in address:
            assert sum(row["counted"] for row in listing.paginator.object_list) == float(number) * 60
        else:
            assert listing.paginator.count == int(number), address


def test_a_sentence_takes_words_but_no_numbers_of_its_own(client, pack, focal_point):
    address = reverse("reports_pack_words", args=[pack.uuid, "inside", "year"])
    refused = client.post(address, {"text": "In all, 39 officers were trained."})
    assert "Not in the figures: 39." in refused.content.decode()
    assert not PackWording.objects.exists()
    client.post(address, {"text": "In 2026 we trained 9 officials."})
    client.post(address, {"text": "We trained 9 officials, 6 of them women."})
    page = client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    assert "We trained 9 officials, 6 of them women." in page
    assert PackWording.objects.count() == 2
    # What goes out may not say what its tables hide.
    outside = reverse("reports_pack_words", args=[pack.uuid, "outside", "year"])
    assert "Not in the figures" in client.post(outside, {"text": "Only 3 of them came."}).content.decode()


def test_every_file_is_the_same_every_time_and_neutral_in_name(client, pack):
    for form in documents.FORMS:
        for version in ("inside", "outside"):
            address = reverse("reports_pack_file", args=[pack.uuid, version, form])
            first, again = client.get(address), client.get(address)
            assert first.content == again.content
            assert f'filename="report-{pack.short}-{form}-{version}.' in first["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="frozen figures taken out").count() == 20


def test_csv_workbook_and_text_say_the_same(client, pack):
    from openpyxl import load_workbook

    def of(form):
        return client.get(reverse("reports_pack_file", args=[pack.uuid, "inside", form])).content

    book = load_workbook(io.BytesIO(of("workbook")))
    archive = zipfile.ZipFile(io.BytesIO(of("csv")))
    text = of("text").decode()
    for table in pack.content["tables"]:
        lines = archive.read(f"{table['name']}.csv").decode("utf-8-sig").splitlines()
        sheet = list(book[table["name"]].values)
        assert len(lines) == len(table["rows"]) + 1 == len(sheet) - 1
        assert list(sheet[1]) == table["headings"]
        assert table["title"].upper() in text


def test_a_corrected_pack_names_what_is_different(client, pack, year):
    year.second.title = "Referral and care"
    year.second.save()
    answer = client.post(reverse("reports_pack_correct", args=[pack.uuid]), {"reason": "The title was wrong."})
    corrected = Pack.objects.get(replaces=pack)
    assert answer.url == reverse("reports_pack", args=[corrected.uuid])
    page = client.get(answer.url).content.decode()
    assert "The title was wrong." in page
    assert [(one["table"], one["was"], one["now"]) for one in corrected.content["differences"]] == [
        ("Workshops held", "Referral", "Referral and care")
    ]
    # Nobody corrects the same twice.
    client.post(reverse("reports_pack_correct", args=[pack.uuid]), {"reason": "Again."})
    assert Pack.objects.count() == 2
    assert (
        "replaced by corrected ones" in client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    )


def test_the_auditor_looks_and_makes_none(client_of, auditor, pack):
    client = client_of(auditor)
    page = client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    assert "Make a corrected pack" not in page
    assert client.post(reverse("reports_pack_make"), {"period": "calendar-2025"}).status_code == 403
