"""Files in a store that speaks S3, which here runs inside the test."""

import boto3
import environ
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.http import Http404
from django.test import RequestFactory
from moto import mock_aws

from certificates.batches import drawing
from certificates.batches.models import PrintRun
from lms import checks, uploads
from lms.settings import hosts
from tests.lms.test_hosts import VARIABLES


@pytest.fixture
def buckets(settings, monkeypatch):
    """The site's two stores, on buckets that are there and empty."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("S3_BUCKET", "learning")
    monkeypatch.setenv("S3_PRIVATE_BUCKET", "learning-private")
    monkeypatch.setenv("S3_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "secret")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        for name in ("learning", "learning-private"):
            client.create_bucket(Bucket=name)
        public, private = hosts.storages("/nowhere", environ.Env())
        settings.STORAGES = {**settings.STORAGES, "default": public, "private": private}
        settings.FILES_IN_BUCKETS = True
        yield client


def names(client, bucket):
    return sorted(one["Key"] for one in client.list_objects_v2(Bucket=bucket).get("Contents", []))


def test_public_and_private_files_go_to_their_own(buckets):
    default_storage.save("images/a.png", ContentFile(b"public"))
    kept = storages["private"].save("signatures/b.png", ContentFile(b"private"))
    assert names(buckets, "learning")[0].startswith("media/images/a_")
    assert names(buckets, "learning-private") == [f"private/{kept}"]
    with storages["private"].open(kept, "rb") as file:
        assert file.read() == b"private"


def test_a_file_of_the_same_name_overwrites_nothing(buckets):
    first, second = (storages["private"].save("prints/1/pdf", ContentFile(text)) for text in (b"1", b"2"))
    assert first != second
    assert storages["private"].open(first).read() == b"1"


def test_no_file_has_an_address_at_the_store(buckets):
    assert default_storage.url("images/a b.png") == "/media/images/a%20b.png"
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("signatures/b.png")


def test_the_site_gives_out_pictures_and_nothing_else(buckets):
    name = default_storage.save("images/a.png", ContentFile(b"\x89PNG"))
    default_storage.save("documents/plan.pdf", ContentFile(b"%PDF"))
    answer = uploads.picture(RequestFactory().get("/"), "images", name.removeprefix("images/"))
    assert b"".join(answer.streaming_content) == b"\x89PNG"
    assert (answer["Content-Type"], answer["Content-Length"]) == ("image/png", "4")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "immutable" in answer["Cache-Control"]
    for folder, path in [
        ("images", "gone.png"),
        ("documents", "plan.pdf"),
        ("images", "../documents/plan.pdf"),
    ]:
        with pytest.raises(Http404):
            uploads.picture(RequestFactory().get("/"), folder, path)


def test_what_is_no_picture_cannot_run(buckets):
    name = default_storage.save("images/a.html", ContentFile(b"<script>"))
    answer = uploads.picture(RequestFactory().get("/"), "images", name.removeprefix("images/"))
    assert answer["Content-Type"] == "application/octet-stream"


def test_the_folder_of_a_print_run_is_emptied(buckets, monkeypatch):
    run, storage = PrintRun(), storages["private"]
    # Fields take their storage when they are defined.
    monkeypatch.setattr(PrintRun._meta.get_field("pdf"), "storage", storage)
    kept = storage.save(f"prints/{run.uuid}/pdf", ContentFile(b"whole"))
    storage.save(f"prints/{run.uuid}/pdf", ContentFile(b"part"))
    drawing.remove_files(run, all_but={kept})
    assert names(buckets, "learning-private") == [f"private/{kept}"]


def test_a_document_is_read_by_the_site(buckets, db, client, film_file):
    answer = client.get(film_file.url)
    assert b"".join(answer.streaming_content) == b"film"


def test_the_checks_know_buckets(buckets, settings):
    assert checks.private_files_have_no_address(None) == []
    assert checks.files_lie_together(None) == []
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": "/x"}}
    settings.STORAGES = {**settings.STORAGES, "private": folder}
    assert [one.id for one in checks.files_lie_together(None)] == ["lms.E004"]


@pytest.mark.parametrize(
    ("endpoint", "found"),
    [
        ("https://files.example.org", []),
        ("http://127.0.0.1:9000", []),
        (None, []),
        ("http://files.example.org", ["lms.W002"]),
    ],
)
def test_keys_in_the_clear_are_told(settings, endpoint, found):
    settings.STORAGES = {**settings.STORAGES, "default": {"OPTIONS": {"endpoint_url": endpoint}}}
    assert [one.id for one in checks.keys_of_buckets_travel_safely(None)] == found
