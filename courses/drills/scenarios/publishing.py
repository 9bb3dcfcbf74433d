"""Publishing a scenario freezes its story and what it promises, as one edition."""

from django.db import transaction

from courses.audit.log import record
from courses.catalogue.models import CoursePage
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage
from courses.numbering_editions import next_edition


@transaction.atomic
def publish_edition(page, *, actor, at):
    """Freeze `page` as it is now. The edition there is stays, if nothing changed."""
    locale = page.locale.language_code
    # Two people publishing at once: the second waits here and finds the first one's edition.
    ScenarioPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    course = CoursePage.objects.parent_of(page).values_list("course_id", flat=True).first()
    now = {"title": page.title, "course_id": course, "policy": page.policy(), "story": page.story()}
    key = {"scenario_key": page.translation_key, "locale": locale}
    edition, is_new = next_edition(ScenarioEdition, now, at=at, **key)
    if is_new:
        record("scenario.published", edition, actor=actor, at=at, locale=locale, n=edition.n, title=page.title)
    return edition
