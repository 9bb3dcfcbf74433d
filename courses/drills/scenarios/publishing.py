"""Publishing a scenario freezes its story and what it promises, as one edition."""

from django.db import transaction

from courses.audit.log import record
from courses.catalogue.models import CoursePage
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage


@transaction.atomic
def publish_edition(page, *, actor, at):
    """Freeze `page` as it is now. The edition there is stays, if nothing changed."""
    locale = page.locale.language_code
    # Two people publishing at once: the second waits here and finds the first one's edition.
    ScenarioPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    course = CoursePage.objects.parent_of(page).values_list("course_id", flat=True).first()
    now = {"title": page.title, "course_id": course, "policy": page.policy(), "story": page.story()}
    before = ScenarioEdition.objects.filter(scenario_key=page.translation_key, locale=locale)
    before = before.order_by("-n").first()
    if before is not None and all(getattr(before, name) == value for name, value in now.items()):
        return before
    edition = ScenarioEdition.objects.create(
        scenario_key=page.translation_key,
        locale=locale,
        n=before.n + 1 if before else 1,
        created_at=at,
        **now,
    )
    record("scenario.published", edition, actor=actor, at=at, locale=locale, n=edition.n, title=page.title)
    return edition
