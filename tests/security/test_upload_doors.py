"""Every door that takes a file: one that has no attack here fails."""

import io
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from certificates.models import Design
from courses.attendance.models import SheetPhoto
from courses.directory.models import Signatory
from tests.certificates.test_viewsets import form as design_form
from tests.courses.attendance.door import make_running
from tests.courses.procedures.writing import begin, make_procedure
from tests.factories import make_site, make_small_course
from tests.lms.desk.people.test_earlier import FACTS as EARLIER
from tests.security import hostile
from tests.security.discovery import forms_of_ours

pytestmark = pytest.mark.django_db

# What the site itself writes, or what comes in by the form of another row.
WRITTEN_BY_THE_SITE = {
    "certificates.PrintRun.pdf",
    "certificates.PrintRun.archive",
    "certificates.PrintPart.file",
    "lms.ArchiveOrder.file",
    "wagtailimages.Rendition.file",
}


def picture_door(client, file, world):
    return client.post(reverse("wagtailimages:add"), {"title": "Picture", "file": file})


def pictures_door(client, file, world):
    return client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Picture", "files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def document_door(client, file, world):
    return client.post(reverse("wagtaildocs:add"), {"title": "Document", "file": file})


def avatar_door(client, file, world):
    page = client.get(reverse("wagtailadmin_account"))
    data = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            data |= {field.html_name: field.value() or "" for field in panel.get_form()}
    return client.post(reverse("wagtailadmin_account"), {**data, "avatar-avatar": file})


def import_door(client, file, world):
    return client.post(reverse("desk_import_new", args=["people"]), {"file": file})


def word_door(client, file, world):
    return client.post(reverse("desk_new_document"), {"file": file, "title": "x", "place": f"{world.page.pk}:"})


def procedure_door(client, file, world):
    return client.post(reverse("desk_procedure_take_in", args=[world.draft.pk]), {"file": file})


def earlier_door(client, file, world):
    return client.post(reverse("desk_earlier", args=[world.person.pk]), {**EARLIER, "scan": file})


def sheet_door(client, file, world):
    return client.post(reverse("workshop_after_photo", args=[world.workshop.uuid]), {"photo": file})


def crest_door(client, file, world):
    return client.post(reverse("certificate-designs:add"), design_form(crest=file))


def signature_door(client, file, world):
    facts = {"name": "Dr Ann", "title": "Director", "mandate_from": "2026-01-01", "mandate_to": ""}
    rest = {"consent_note": "", "checked_on": "", "consent_on": "2026-01-02"}
    return client.post("/admin/signatories/new/", {**facts, **rest, "image": file})


# {field of a model or of a form of ours: how a file gets there}
DOORS = {
    "wagtailimages.Image.file": picture_door,
    "wagtailimages.Image.file, many": pictures_door,
    "wagtailcore.UploadedFile.file": pictures_door,
    "wagtaildocs.Document.file": document_door,
    "wagtailusers.UserProfile.avatar": avatar_door,
    "courses.ImportJob.file": import_door,
    "lms.desk.imports.forms.UploadForm.file": import_door,
    "lms.desk.new_forms.DocumentForm.file": word_door,
    "lms.desk.procedures.taking_in.TakeInForm.file": procedure_door,
    "courses.EarlierTraining.scan": earlier_door,
    "lms.desk.people.earlier.EarlierForm.scan": earlier_door,
    "courses.SheetPhoto.file": sheet_door,
    "certificates.Design.crest": crest_door,
    "courses.Signatory.image": signature_door,
}
PICTURES = [picture_door, pictures_door, avatar_door, sheet_door, earlier_door, crest_door, signature_door]


def all_doors():
    models = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    ours = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in forms_of_ours()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.FileField) and not issubclass(form, forms.BaseModelForm)
    ]
    return {*models, *ours}


def test_no_door_is_forgotten():
    assert all_doors() - WRITTEN_BY_THE_SITE == {name.partition(",")[0] for name in DOORS}


class World:
    pass


@pytest.fixture
def world(constable, facilitator, focal_point):
    make_site()
    world = World()
    world.person, world.page = constable.person, make_small_course(title="Signs")
    world.draft = begin(make_procedure())
    world.workshop = make_running(constable.person, facilitators=[facilitator.person])
    return world


@pytest.fixture
def desk(client_of, administrator, world):
    return client_of(administrator)


def kept_files():
    """{name: bytes} of every file that any row names, beneath the folders they belong in."""
    kept = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                for row in model._default_manager.all():
                    file = getattr(row, field.name)
                    if file:
                        with file.open("rb") as opened:
                            kept[f"{model._meta.label}: {file.name}"] = opened.read()
    return kept


def uploaded(name, content, content_type):
    file = SimpleUploadedFile("a", content, content_type or "application/octet-stream")
    file._name = name  # as a hand-made request writes it: the class would make it harmless first
    return file


@pytest.mark.parametrize("door", sorted(set(DOORS.values()), key=lambda door: door.__name__))
def test_hostile_files_are_refused_or_made_harmless(desk, world, door):
    before = set(kept_files())
    for what, (name, content, content_type) in hostile.FILES.items():
        answer = door(desk, uploaded(name, content, content_type), world)
        assert answer.status_code in (200, 302, 400, 422), what

    kept = {name: content for name, content in kept_files().items() if name not in before}
    assert not Path("/tmp/lms-way-out.png").exists()  # noqa: S108
    for name, content in kept.items():
        path = name.partition(": ")[2]
        assert ".." not in path, name
        assert "\0" not in path, name
        assert "\u202e" not in path, name
        assert len(path) < 200, name
        assert not path.lower().endswith((".html", ".svg", ".exe", ".js")), name
        if door is not document_door:
            assert hostile.MARK not in content, name


@pytest.mark.parametrize("door", PICTURES)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_picture_says_where_it_was_taken(desk, world, door, kind):
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    before = set(kept_files())
    source = hostile.located(kind)

    door(desk, uploaded(f"a.{ending}", source, f"image/{kind.lower()}"), world)

    assert hostile.SECRET in source
    for name, content in kept_files().items():
        if name not in before:
            assert hostile.SECRET not in content, name
            assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    counts = [get_image_model(), UserProfile, SheetPhoto, Design, Signatory]
    if kind == "JPEG" and door is not earlier_door:
        assert sum(model.objects.count() for model in counts) > 0


def test_a_picture_looks_as_it_did(desk, world):
    for name, kind in {"a.png": "PNG", "a.gif": "GIF", "a.webp": "WEBP", "a.jpg": "JPEG"}.items():
        picture_door(desk, uploaded(name, hostile.picture(kind), "image/png"), world)

    found = [
        (image.width, image.height, Path(image.file.name).suffix) for image in get_image_model().objects.all()
    ]
    assert sorted(found) == [(60, 40, ".gif"), (60, 40, ".jpg"), (60, 40, ".png"), (60, 40, ".webp")]


def test_a_page_under_the_name_of_a_document_runs_nowhere(desk, world, client):
    for name in ("a.pdf", "a.txt", "a.vtt", "a.csv"):
        content = b"<html><script>" + hostile.MARK + b"</script></html>"
        document_door(desk, uploaded(name, content, "text/html"), world)

    documents = list(get_document_model().objects.all())
    assert len(documents) == 4
    for document in documents:
        answer = desk.get(document.url)
        assert "html" not in answer["Content-Type"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_private_files_lie_where_no_address_leads():
    private, public = Path(storages["private"].location), Path(default_storage.location)
    assert public not in [private, *private.parents]


@pytest.mark.parametrize("path", ["/verify/", "/accounts/login/", "/accounts/signup/", "/my/record/name/"])
def test_no_large_body_is_read_for_those_who_hand_nothing_in(client_of, constable, path, settings):
    """300 MB are said and never read: the test's body would fail if it were."""
    make_site()

    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    for client in (Client(), client_of(constable)):
        answer = client.generic(
            "POST",
            path,
            b"",
            content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(300 * 1024 * 1024), "wsgi.input": Unread()},
        )
        assert answer.status_code == 413
        assert "too large" in answer.content.decode()


def test_films_of_staff_pass_and_no_more_than_a_film(client_of, focal_point):
    make_site()
    for size, status in ((209, 400), (211, 413)):
        answer = client_of(focal_point).generic(
            "POST",
            reverse("wagtaildocs:add"),
            b"",
            content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(size * 1024 * 1024)},
        )
        assert (answer.status_code == 413) is (status == 413), size
