import io
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from courses.attendance import closing, photographs
from courses.attendance.models import Attendance, AttendanceEvent, SheetPhoto
from courses.audit.models import AuditEntry
from courses.choices import AttendanceMark, AttendanceMethod, Presence, WorkshopState
from courses.people.models import Person, PersonNote
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running, move, sign_in_by_wall
from tests.factories import make_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator, constable, colleague, nurse):
    """Yesterday. Rows 1 Cletus Charles, 2 Constance Joseph, 3 Nadège St. Prix."""
    made = make_running(colleague.person, constable.person, nurse.person, facilitators=[facilitator.person])
    move(made, days=-1)
    return made


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def post(client, workshop, name="workshop_after_rows", **data):
    return client.post(reverse(name, args=[workshop.uuid]), data, follow=True)


def row(workshop, n):
    return workshop.registrations.get(row=n)


def presences():
    return {one.registration.label: one.presence for one in Attendance.objects.all()}


# --- The sheet --------------------------------------------------------------------------


def test_the_sheet_is_shown_in_words_and_written_when_confirmed(client, workshop, police):
    data = {"rows": "1, 2 late, 3 absent, W1 Marva Louis, rslpf, W2 Jo Paul, Boats Ltd", "uuid": uuid.uuid4()}
    page = post(client, workshop, **data)
    text = page.content.decode()
    for words in ("3 rows will be written down", "Constance Joseph</b>: Late", "2 people who walked in"):
        assert words in text
    assert police.name in text
    assert not AttendanceEvent.objects.exists()

    for _ in range(2):
        page = post(client, workshop, **data, confirm="1")

    assert presences() == {
        "1": Presence.PRESENT, "2": Presence.LATE, "3": Presence.ABSENT,
        "W1": Presence.PRESENT, "W2": Presence.PRESENT,
    }  # fmt: skip
    assert set(AttendanceEvent.objects.values_list("method", flat=True)) == {AttendanceMethod.PAPER}
    assert AttendanceEvent.objects.count() == 5
    assert Person.objects.get(full_name="Marva Louis").agency == police
    assert PersonNote.objects.get(person__full_name="Jo Paul").text.startswith("Boats Ltd")


def test_a_walk_in_keeps_the_row_of_the_paper(client, workshop):
    post(client, workshop, rows="W3 Marva Louis", uuid=uuid.uuid4(), confirm="1")
    post(client, workshop, rows="W3, W4 Jo Paul", uuid=uuid.uuid4(), confirm="1")

    walked = Registration.objects.exclude(walk_in_row=None).order_by("walk_in_row")
    assert [(one.label, one.person.full_name) for one in walked] == [("W3", "Marva Louis"), ("W4", "Jo Paul")]


def test_what_contradicts_the_record_is_left_unless_the_paper_is_said_to_be_right(client, workshop):
    session = workshop.sessions.first()
    make_attendance(row(workshop, 1), session)
    make_attendance(row(workshop, 2), session)
    sign_in_by_wall(row(workshop, 3), session)
    data = {"rows": "1 absent, 2, 3", "session": session.pk}
    page = post(client, workshop, **data)
    text = page.content.decode()
    for words in ("1 row will be written down", "1 row is on record already", "the sheet says “Not here”"):
        assert words in text

    page = post(client, workshop, **data, confirm="1", uuid=uuid.uuid4())
    assert "1 row was left as it is" in page.content.decode()
    # A signature on paper confirms who signed in by the wall.
    assert presences() == {"1": Presence.PRESENT, "2": Presence.PRESENT, "3": Presence.PRESENT}

    post(client, workshop, **data, confirm="1", paper_wins="1", uuid=uuid.uuid4())
    assert presences()["1"] == Presence.ABSENT
    assert AttendanceEvent.objects.get(correction=True).reason == "As the signed sheet says"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("4", "There is no row 4"),
        ("W1", "Write the name behind it"),
        ("1, x", "“x” could not be read"),
        ("1, 1", "Row 1 is there twice"),
        ("2 late 3:00 am", "not within this session"),
        ("W1 1234 Louis", "could not be read"),
        ("1 late 99:99", "no clock shows"),
        ("1, <script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(client, workshop, typed, words):
    for confirm in ({}, {"confirm": "1"}):
        page = post(client, workshop, rows=typed, uuid=uuid.uuid4(), **confirm)
        assert (words if not confirm else "could not be read") in page.content.decode()

    assert not AttendanceEvent.objects.exists()
    assert not Registration.objects.exclude(walk_in_row=None).exists()


def test_nothing_typed_and_unprintable_signs_are_asked_for_again(client, workshop):
    for typed in ("", " ", "1\x00", "1," * 20_000):
        assert post(client, workshop, rows=typed).status_code == 422
    changed = post(client, workshop, rows="1-3", edit="1")
    assert ">\n1-3</textarea>" in changed.content.decode()


def test_a_preview_asks_no_more_for_more_rows(client, workshop, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        post(client, workshop, rows="1-3, W1 Marva Louis")


# --- Photographs ------------------------------------------------------------------------


def photograph(kind="JPEG", size=(60, 40), **kwargs):
    data = io.BytesIO()
    Image.new("RGB", size, "grey").save(data, kind, **kwargs)
    return data.getvalue()


def upload(content, name="IMG_Constance_Joseph.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def attach(client, workshop, *files, **data):
    return post(client, workshop, "workshop_after_photo", photo=list(files), **data)


def test_a_photograph_loses_where_it_was_taken_and_is_for_those_who_run_the_workshop(
    client, client_of, workshop, constable, focal_point
):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    attach(client, workshop, upload(photograph(exif=exif, comment=b"Secret place")))

    photo = SheetPhoto.objects.get()
    url = reverse("sheet_photo", args=[workshop.uuid, photo.uuid])
    answer = client.get(url)
    content = b"".join(answer.streaming_content)
    kept = Image.open(io.BytesIO(content))
    # Upright, as the camera meant it.
    assert (kept.size, dict(kept.getexif())) == ((40, 60), {})
    assert b"Secret" not in content
    assert "Constance" not in photo.file.name + answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith('attachment; filename="sheet-')
    assert answer["Cache-Control"] == "private, no-store"
    assert client_of(focal_point).get(url).status_code == 200
    for other in (constable, None):
        assert client_of(other).get(url).status_code in (302, 404)
    assert client.get(reverse("sheet_photo", args=[make_running(code="").uuid, photo.uuid])).status_code == 404


def test_the_same_file_is_kept_once_and_a_scan_stays_as_it_is(client, workshop):
    pdf = b"%PDF-1.7\nscan\n%%EOF\n"
    for _ in range(2):
        attach(client, workshop, upload(pdf, "scan.exe"), upload(photograph("PNG")))

    kinds = sorted(Path(photo.file.name).suffix for photo in SheetPhoto.objects.all())
    assert kinds == [".jpg", ".pdf"]
    assert AuditEntry.objects.filter(verb="sheet photograph added").count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "neither a photograph"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "neither a photograph"),
        (b"<html><script>alert(1)</script></html>", "neither a photograph"),
        (b"GIF89a" + b"\0" * 100, "neither a photograph"),
        (b"MZ\x90\x00%PDF-1.4 %%EOF", "neither a photograph"),
        (b"%PDF-1.7 no end", "damaged"),
        (b"\xff\xd8\xff\xe0 not a picture", "damaged"),
        (photograph("JPEG", (400, 400), quality=95)[:300], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged"),
    ],
)
def test_hostile_files_are_refused_by_what_is_in_them(client, workshop, content, words):
    page = attach(client, workshop, upload(content or b" ", "sheet.jpg"))

    assert words in page.content.decode()
    assert not SheetPhoto.objects.exists()


def test_too_large_a_file_and_too_many_dots_are_refused(workshop, monkeypatch):
    monkeypatch.setattr(photographs, "MOST_PIXELS", 60 * 40 - 1)
    monkeypatch.setattr(photographs, "MOST_BYTES", 10_000)
    for content in (photograph(), b"%PDF-" + b" " * 10_000 + b"%%EOF"):
        with pytest.raises(photographs.PhotoRefused, match="size"):
            photographs.cleaned(upload(content))


# --- Closing ----------------------------------------------------------------------------


def test_closing_completes_the_record(client, workshop):
    morning, afternoon = workshop.sessions.all()
    make_attendance(row(workshop, 1), morning)
    sign_in_by_wall(row(workshop, 2), morning)

    refused = post(client, workshop, "workshop_close")
    assert "were not confirmed" in refused.content.decode()
    assert Attendance.objects.count() == 2
    closed = post(client, workshop, "workshop_close", unconfirmed_too="1")

    assert "4 missing marks were written down" in closed.content.decode()
    workshop.refresh_from_db()
    assert (workshop.state, workshop.closed_at is not None) == (WorkshopState.CLOSED, True)
    found = list(Attendance.objects.order_by("registration__row", "session").values_list("presence", flat=True))
    assert found == ["present", "absent", "unconfirmed", "absent", "absent", "absent"]
    assert AuditEntry.objects.get(verb="workshop closed").facts == {"not_here": 4, "unconfirmed": 1}
    assert "cannot be done now" in post(client, workshop, "workshop_close").content.decode()


def test_a_workshop_is_not_closed_before_it_is_over(client, workshop):
    move(workshop, days=1)

    page = post(client, workshop, "workshop_close")

    assert "has not ended yet" in page.content.decode()
    assert not Attendance.objects.exists()


def test_the_focal_point_alone_opens_it_again_with_a_reason(client, client_of, focal_point, workshop):
    now = timezone.now()
    closing.close(workshop, actor=None, at=now)
    post(client, workshop, "workshop_reopen", reason="Row 2 was there")
    desk = client_of(focal_point)
    assert post(desk, workshop, "workshop_reopen", reason="").status_code == 422
    workshop.refresh_from_db()
    assert workshop.is_closed

    post(desk, workshop, "workshop_reopen", reason="Row 2 was there")
    workshop.refresh_from_db()
    assert (workshop.state, workshop.closed_at) == (WorkshopState.OPEN, None)
    assert AuditEntry.objects.get(verb="workshop reopened").facts == {"reason": "Row 2 was there"}
    # What closing wrote down gives way to who was there.
    make_attendance(row(workshop, 2), mark=AttendanceMark.PRESENT)
    assert row(workshop, 2).attendances.first().presence == Presence.PRESENT
