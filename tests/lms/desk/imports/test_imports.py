"""The desk's way from a file to people: every step, its refusals, and what goes round."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from courses.audit.models import AuditEntry
from courses.choices import ImportState
from courses.imports.models import ImportJob, ImportRow
from courses.people.models import Person
from tests.courses.imports.importing import check, run, sample

pytestmark = pytest.mark.django_db
NEW = "/admin/imports/new/people/"


def upload(desk, data, name="list.csv", kind="people"):
    data = data if isinstance(data, bytes) else data.encode()
    return desk.post(f"/admin/imports/new/{kind}/", {"file": SimpleUploadedFile(name, data)})


def page(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.csv", "The file is empty."),
        ("headers_only.csv", "There are no rows below the headings."),
        (
            "wrong_columns.csv",
            "No heading is known (id, foo). Missing: full name, or first name and last name.",
        ),
    ],
)
def test_samples_that_are_no_list_are_refused_in_words(desk, name, said):
    answer = upload(desk, sample(name))

    assert answer.status_code == 200
    assert said in page(answer)
    assert not ImportJob.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    monkeypatch.setattr("courses.imports.reading.LARGEST_FILE", 10)
    assert "larger than 10 MB" in page(upload(desk, "Name\nAnna Alcide\n"))


def test_from_the_file_to_the_report(desk, focal_point, constable):
    text = (
        "Nom,Adresse e-mail,Rang,Role,Groupe\n"
        "Anna Alcide,anna@example.org,Constable,administrator,A\n"
        "Constance Joseph,,,,\n"
        "=SUM(A1),x@example.org,,,\n"
    )
    address = upload(desk, text).url
    columns = desk.get(address)
    assert "Never imported: Role." in page(columns)
    assert [(one["heading"], one["field"] and one["field"].initial) for one in columns.context["columns"]] == [
        ("Nom", "full_name"), ("Adresse e-mail", "email"), ("Rang", "rank"), ("Role", None), ("Groupe", ""),
    ]  # fmt: skip

    # Twice the same, nothing needed, somebody's trick: the page comes back.
    chosen = {"column_0": "full_name", "column_1": "email", "column_2": "rank"}
    assert "Another column is this already" in page(desk.post(address, {**chosen, "column_2": "email"}))
    assert "Still missing: full name" in page(
        desk.post(address, {"column_1": "email", "column_3": "full_name"})
    )
    job_address = desk.post(address, {**chosen, "column_3": "service_number"}).url
    seen = page(desk.get(job_address))
    assert "New: 1" in seen
    assert "To be decided: 1" in seen
    assert "Not possible: 1" in seen
    assert "The name does not begin with a letter" in page(desk.get(f"{job_address}?show=error"))
    assert [row.n for row in desk.get(f"{job_address}?q=alcide ann").context["rows"]] == [2]

    decide = f"{job_address}decide/"
    assert "Royal Saint Lucia Police Force, Gros Islet" in page(desk.get(decide))
    assert "1 row is decided" in page(
        desk.post(
            decide, {"row-3": f"same-{constable.person_id}", "row-2": "skip", "row-x": "new"}, follow=True
        )
    )
    assert "1 row brings somebody new" in page(desk.get(f"{job_address}run/"))
    assert Person.objects.filter(full_name="Anna Alcide").count() == 0
    done = desk.post(f"{job_address}run/", follow=True)
    assert "What was done" in page(done)
    assert desk.post(f"{job_address}run/").status_code == 302
    anna = Person.objects.get(full_name="Anna Alcide")
    assert (anna.rank, anna.service_number, hasattr(anna, "user")) == ("Constable", "", False)
    assert f"/admin/people/{anna.pk}/" in page(done)
    assert "Added from a list" in page(desk.get(f"/admin/people/{anna.pk}/"))

    lines = b"".join(desk.get(f"{job_address}report/csv/")).decode().splitlines()
    assert lines[1:] == [
        "2,Anna Alcide,,Added,",
        "3,Constance Joseph,,Left as it was,There is somebody with this name.",
        '4,\'=SUM(A1),,Not possible,"The name does not begin with a letter, or is no name."',
    ]
    sheet = load_workbook(io.BytesIO(b"".join(desk.get(f"{job_address}report/xlsx/")))).active
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=SUM(A1)", "s")
    assert AuditEntry.objects.filter(verb="import report exported").count() == 2
    assert desk.get(f"{job_address}report/pdf/").status_code == 404
    # It is part of the record now.
    assert "was not deleted" in page(desk.post(f"{job_address}delete/", follow=True))
    assert desk.get(f"{job_address}columns/").url == job_address


def test_the_report_carries_no_telephone_service_number_or_sex(desk, focal_point, constable):
    text = "Name,E-mail,Phone,Service number,Sex\nConstance Joseph,constance@example.org,7121234,PC 77,odd\n"
    job = check(text + "Ben Biscette,,12,,\n", focal_point)
    sent = b"".join(desk.get(f"/admin/imports/{job.uuid}/report/csv/")).decode()

    assert "Service number, Telephone." in sent
    for secret in ("7121234", "PC 77", "odd", "12,"):
        assert secret not in sent
    assert "PC 77" in page(desk.get(f"/admin/imports/{job.uuid}/"))


def test_an_upload_can_be_deleted_before_it_is_run(desk, focal_point, django_capture_on_commit_callbacks):
    job = check("Name\nAnna Alcide\n", focal_point)
    storage, name = job.file.storage, job.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(f"/admin/imports/{job.uuid}/delete/")

    assert answer.url == "/admin/imports/"
    assert not ImportRow.objects.exists()
    assert not storage.exists(name)
    assert desk.get(f"/admin/imports/{job.uuid}/").status_code == 404


def test_the_work_shows_how_far_it_is_without_a_script(desk, focal_point):
    job = check("Name\nAnna Alcide\nBen Biscette\n", focal_point)
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RUNNING)
    job.rows.filter(n=2).update(result="created")

    seen = page(desk.get(f"/admin/imports/{job.uuid}/"))
    assert 'max="2" value="1"' in seen
    assert f'href="/admin/imports/{job.uuid}/">Refresh' in seen
    assert desk.get(f"/admin/imports/{job.uuid}/progress/").json() == {"busy": True, "done": 1, "total": 2}


def test_a_file_found_broken_by_the_check_says_so(desk, focal_point):
    text = "Name\nAnna Alcide\n" + '"open' + "x" * 30_000
    address = upload(desk, text).url
    answer = desk.post(address, {"column_0": "full_name"}, follow=True)

    assert "A quotation mark is opened and never closed" in page(answer)
    assert not ImportRow.objects.exists()


def test_a_file_imported_before_is_recognised(desk, focal_point):
    run(check("Name\nAnna Alcide\n", focal_point), focal_point)
    job = check("Name\nAnna Alcide\n", focal_point)

    seen = page(desk.get(f"/admin/imports/{job.uuid}/"))
    assert "This very file was imported on" in seen
    assert "There is nothing to import in this file" in seen


def test_what_was_uploaded_goes_after_a_month_and_who_was_imported_stays(
    desk, focal_point, django_capture_on_commit_callbacks
):
    long_ago = timezone.now() - datetime.timedelta(days=31)
    text = "Name,Rank\nAnna Alcide,Constable\n"
    job = run(check(text, focal_point, at=long_ago), focal_point)
    never_run, fresh = check("Name\nBen Biscette\n", focal_point, at=long_ago), check(text, focal_point)
    storage, names = job.file.storage, [job.file.name, never_run.file.name]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_imports")
        call_command("purge_imports")

    assert set(ImportJob.objects.values_list("pk", flat=True)) == {job.pk, fresh.pk}
    assert [storage.exists(name) for name in names] == [False, False]
    row = job.rows.get()
    assert (row.values, row.name_key, row.person.full_name) == ({}, "", "Anna Alcide")
    assert "Anna Alcide" in page(desk.get(f"/admin/imports/{job.uuid}/"))
    assert b"Anna Alcide" in b"".join(desk.get(f"/admin/imports/{job.uuid}/report/csv/"))
    # And the same row is known again.
    assert [one.outcome for one in check(text, focal_point).rows.all()] == ["leave"]


def test_the_menu_leads_there(desk):
    seen = page(desk.get("/admin/imports/"))
    assert "Nothing was imported yet." in seen
    assert "/admin/imports/new/register/" in seen
    assert desk.get("/admin/imports/new/rights/").status_code == 404
