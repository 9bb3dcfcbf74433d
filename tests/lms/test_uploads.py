"""The demo has no web server in front: it serves the pictures of lessons itself, and nothing else."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_picture_is_served(client, picture):
    answer = client.get(picture.file.url)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"


def test_documents_go_through_their_own_view_alone(client, film_file):
    assert client.get(f"/media/{film_file.file.name}").status_code == 404
    assert client.get(film_file.url).status_code == 200


@pytest.mark.parametrize(
    "path", ["images/../documents/film.mp4", "images/../../lms.sqlite3", "signatures/a.png"]
)
def test_no_other_file_is_reached(client, film_file, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)
