"""A procedure, its editions and clauses, for tests."""

from itertools import count

from django.utils import timezone

from courses.catalogue.raw import block, items
from courses.procedures import editions
from courses.procedures.models import CitationReview, ClauseWording, Procedure
from tests.factories import make_bank_question, make_course_page, make_lesson, make_pocket_card, single

_n = count(1)
CLAUSES = {"4.1": "Notice and check danger", "4.2": "Ask consent", "4.3": "Refer"}


def make_procedure(clauses=CLAUSES, *, name=None, label="2019", uses=lambda keys: {}):
    """A procedure whose first edition is in force."""
    procedure = Procedure.objects.create(name=name or f"Procedure {next(_n)}")
    draft = editions.begin(procedure, label=label, actor=None, at=timezone.now())
    write(draft, clauses)
    editions.publish(draft, material=[], uses=uses, actor=None, at=timezone.now())
    return Procedure.objects.get(pk=procedure.pk)


def write(draft, clauses):
    for place, (number, text) in enumerate(clauses.items()):
        ClauseWording.objects.create(
            edition=draft, number=number, title=f"Clause {number}", text=text, sort_order=place
        )


def begin(procedure, label="2026"):
    return editions.begin(procedure, label=label, actor=None, at=timezone.now())


def reword(draft, number, text):
    wording = draft.wordings.get(number=number)
    wording.text = text
    wording.save()
    return wording.clause


def publish(draft, *, material=(), uses=lambda keys: {}):
    return editions.publish(draft, material=list(material), uses=uses, actor=None, at=timezone.now())


def make_citation(edition, clause):
    return CitationReview.objects.create(
        edition=edition, clause=clause, change="reworded", number=1, title="Lesson", place="part 2"
    )


def citing_question(*clauses, **kwargs):
    """A question of the bank that goes by these."""
    return make_bank_question(citing(single(), *clauses), **kwargs)


def citing(question, *clauses):
    """The block of a question that goes by these."""
    return {**question, "value": {**question["value"], "clauses": items([one.pk for one in clauses])}}


def citing_card(*clauses, sector="police"):
    return make_pocket_card(sector, clauses=[("clause", one) for one in clauses])


def citing_lesson(*clauses):
    course = make_course_page()
    cited = items([one.pk for one in clauses])
    point = block("key_point", kind="sop", title="Rule", text="<p>Ask.</p>", clauses=cited)
    return make_lesson(course, [block("paragraph", text="<p>Read.</p>"), point])
