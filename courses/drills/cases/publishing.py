"""Publishing a practice case freezes its account, its form and its key, as one edition."""

from django.db import transaction

from courses.audit.log import record
from courses.catalogue.models import CoursePage
from courses.drills.cases.freezing import freeze
from courses.drills.cases.models import CaseEdition
from courses.drills.cases.pages import CasePage
from courses.drills.cases.reading import blocks_of_case
from courses.numbering_editions import next_edition
from courses.procedures.models import Clause


@transaction.atomic
def publish_edition(page, *, actor, at):
    """Freeze `page` as it is now. The edition there is stays, if nothing changed."""
    locale = page.locale.language_code
    # Two people publishing at once: the second waits here and finds the first one's edition.
    CasePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    pages, key = freeze(blocks_of_case(page.form), page.title)
    course = CoursePage.objects.parent_of(page).values_list("course_id", flat=True).first()
    now = {
        "title": page.title,
        "course_id": course,
        "intro": page.intro,
        "pass_mark": page.pass_mark,
        "pages": pages,
        "key": _with_lasting_clauses(key),
    }
    edition, is_new = next_edition(CaseEdition, now, case_key=page.translation_key, locale=locale)
    if is_new:
        record("case.published", edition, actor=actor, at=at, locale=locale, n=edition.n, title=page.title)
    return edition


def _with_lasting_clauses(key):
    """The key with the lasting names of its clauses in place of the numbers of their rows."""
    wanted = {number for field in key.values() for number in field["clauses"]}
    names = dict(Clause.objects.filter(pk__in=wanted).values_list("pk", "uuid"))
    return {
        field_id: field | {"clauses": [str(names[number]) for number in field["clauses"] if number in names]}
        for field_id, field in key.items()
    }
