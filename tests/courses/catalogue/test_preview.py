import pytest

from tests.factories import make_lesson, make_sector, paragraph

pytestmark = pytest.mark.django_db


def test_authors_preview_a_lesson_as_each_sector_sees_it():
    make_sector("police", name="Police")
    make_sector("civil", name="Civil society")
    lesson = make_lesson(blocks=[paragraph("<p>For all.</p>"), paragraph("<p>In port.</p>", ["police"])])

    def preview(mode):
        return lesson.make_preview_request(preview_mode=mode).content

    assert dict(lesson.preview_modes)["police"] == "As Police"
    assert b"In port." in preview("")
    assert b"In port." in preview("police")
    assert b"In port." not in preview("civil")
