import pytest
from django.urls import reverse

from tests.courses.procedures.test_views import texts
from tests.courses.procedures.writing import begin, make_procedure
from tests.documents import document, para, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, focal_point):
    return client_of(focal_point)


@pytest.fixture
def draft():
    return begin(make_procedure())


def send(desk, draft, **fields):
    return desk.post(reverse("desk_procedure_take_in", args=[draft.pk]), fields, follow=True)


def test_word_document_becomes_clauses_and_it_is_told_what_was_left_out(desk, draft):
    before = draft.wordings.get(number="4.2").clause
    file = document(
        para("Foreword"),
        para("4.2 Ask consent first", style="Titre1"),
        para("Agency by agency."),
        para("Explain", style="Puces"),
        para("9 Close", style="Titre1"),
        table(["a", "b"], ["c", "d"]),
    )
    file.name = "sop.docx"
    answer = texts(send(desk, draft, file=file))
    wording = draft.wordings.get(clause=before)
    assert (wording.title, wording.text, wording.steps) == ("Ask consent first", "Agency by agency.", "Explain")
    assert draft.wordings.get(number="9").title == "Close"
    assert draft.wordings.count() == 4
    assert "Clauses entered anew: 1, added: 1." in answer
    assert "1 table was left out." in answer
    assert "1 line before the first clause was left out." in answer


def test_text_is_pasted(desk, draft):
    send(desk, draft, text="4.1 Notice\nLook for signs.")
    assert draft.wordings.get(number="4.1").text == "Look for signs."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one of the two"),
        ("Only words", "No clause was found"),
        ("1 One\n1 Again", "Two clauses have the same number"),
    ],
)
def test_what_makes_no_clauses_is_refused_in_words(desk, draft, text, said):
    assert said in texts(send(desk, draft, text=text))
    assert draft.wordings.count() == 3


def test_file_that_is_no_document_is_refused_in_words(desk, draft):
    file = document(para("x"))
    file.seek(0)
    file.truncate(10)
    file.name = "sop.docx"
    assert "not a Word document" in texts(send(desk, draft, file=file)) or "damaged" in texts(
        send(desk, draft, file=file)
    )


def test_published_edition_takes_nothing_in(desk):
    edition = make_procedure().in_force
    assert send(desk, edition, text="1 One").status_code == 404
