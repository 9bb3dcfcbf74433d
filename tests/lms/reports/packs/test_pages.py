"""The pages of packs: two clicks to make one, words, corrections, lists, files."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.people.merging import merge
from lms.reports.packs import documents, recounting
from lms.reports.packs.models import Pack, PackWording
from lms.reports.pages import packs

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
    assert f"15 tables agree with {pack.rows_count} rows" in page
    assert pack.sha256 in page
    assert "nine officials (6 women" in page
    outside = client.get(reverse("reports_pack", args=[pack.uuid]), {"version": "outside"}).content.decode()
    assert "fewer than 5" in outside
    assert "6 women" not in outside
    assert "Jane Trainer" not in outside


def test_a_large_pack_is_counted_anew_when_asked(client, pack, monkeypatch):
    monkeypatch.setattr(packs, "CHECKED_UNASKED", 3)
    address = reverse("reports_pack", args=[pack.uuid])
    page = client.get(address).content.decode()
    assert f"{pack.rows_count} rows stand behind these tables" in page
    assert "agree with" not in page
    assert "agree with" in client.get(address, {"check": "1"}).content.decode()


LINK = r'<a href="(/reports/packs/[^"]*/rows/[^"]*)">(?:<b>)?([\d.]+)<'


def agree(client, pack):
    """Every number of the page with its list. How many there were."""
    page = client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    links = re.findall(LINK, page)
    for address, number in links:
        answer = client.get(address.replace("&amp;", "&"))
        listing, frozen = answer.context["listing"], answer.context["listing"].paginator.object_list
        if "/hours/" in address:
            assert recounting.hours(sum(row["counted"] for _values, row in frozen)) == float(number), address
        else:
            assert listing.paginator.count == int(number), address
    return len(links)


def test_lists_are_as_long_as_their_numbers(client, pack):
    assert agree(client, pack) > 100
    page = client.get(reverse("reports_pack", args=[pack.uuid])).content.decode()
    # Only heads and marks have no list.
    bare = re.findall(r'<td class="n">([\d.]+)</td>', page)
    assert sorted(bare) == ["0", "100", "22", "40"]


def test_lists_stay_as_long_whatever_becomes_of_the_record(client, pack, year, police):
    merge(year.people[0], year.people[1], actor=None, at=timezone.now())
    police.name = "Police Service"
    police.save()
    year.draft.delete()
    assert agree(client, pack) > 100


def test_a_list_is_the_same_on_the_page_and_in_every_file(client, pack):
    from openpyxl import load_workbook

    for name, of in [
        ("tested", "by=kind&value=workshop"),
        ("people", "by=sex&value=female"),
        ("workshops", ""),
    ]:
        address = reverse("reports_pack_rows", args=[pack.uuid, name])
        table, n = (lambda context: (context["table"], context["listing"].paginator.count))(
            client.get(f"{address}?{of}").context
        )
        sheets = {
            one: client.get(f"{reverse('reports_pack_rows_sheet', args=[pack.uuid, name, one])}?{of}")
            for one in ("csv", "xlsx", "pdf")
        }
        lines = b"".join(sheets["csv"].streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0] == ",".join(table.headings)
        assert len(lines) == n + 1
        content = (
            b"".join(sheets["xlsx"].streaming_content) if sheets["xlsx"].streaming else sheets["xlsx"].content
        )
        assert len(list(load_workbook(io.BytesIO(content)).active.values)) == n + 1
        for line in table.plain_rows():
            assert str(line[1]) in sheets["pdf"].content.decode()
    assert AuditEntry.objects.filter(verb="report exported").count() == 9


def test_nobodys_mark_is_in_a_list_or_in_the_rows(client, pack):
    page = client.get(reverse("reports_pack_rows", args=[pack.uuid, "tested"])).content.decode()
    assert "Officer A" in page
    assert "score" not in page
    rows = [row for row in pack.evidence() if row["row"] in ("tested", "learnt")]
    assert {key for row in rows if row["row"] == "tested" for key in row} & {
        "before",
        "after",
        "score",
    } == set()
    assert [(row["kind"], row["n"], row["before"], row["after"]) for row in rows if row["row"] == "learnt"] == [
        ("workshop", 5, 0, 100)
    ]


def test_a_list_that_there_is_not(client, pack):
    address = reverse("reports_pack_rows", args=[pack.uuid, "people"])
    assert client.get(address, {"by": "shoes"}).status_code == 404
    assert client.get(address, {"sex": "x"}).status_code == 404
    assert client.get(reverse("reports_pack_rows", args=[pack.uuid, "marks"])).status_code == 404
    sheet = reverse("reports_pack_rows_sheet", args=[pack.uuid, "people", "doc"])
    assert client.get(sheet).status_code == 404


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
