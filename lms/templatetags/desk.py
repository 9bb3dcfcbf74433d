"""Tags for the focal point's desk."""

from django import template
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.addresses import TAUGHT
from courses.catalogue.gate import GatedPage
from courses.catalogue.models import CoursePage
from courses.choices import WrittenIn
from courses.drills.tabletop.models import TableTop
from courses.pocket_cards.models import PocketCard
from courses.progress.reopening import concerned_by
from courses.questions.models import BankQuestion
from courses.uses import reused_in
from lms.desk.edits import counts_in_words

register = template.Library()


@register.filter
def is_checked(thing):
    """Whether it goes live through our gate, and so has something to be checked."""
    return isinstance(thing, GatedPage)


@register.filter
def edit_address(place):
    """Where something that cites a clause is edited: `place` says what it is written in, and its number."""
    snippets = {WrittenIn.QUESTION: BankQuestion, WrittenIn.CARD: PocketCard, WrittenIn.TABLE_TOP: TableTop}
    model = snippets.get(place.written_in)
    name = model.snippet_viewset.get_url_name("edit") if model else "wagtailadmin_pages:edit"
    return reverse(name, args=[place.number])


@register.filter
def course_of(page):
    """The course page that a lesson or a quiz belongs to, or None."""
    return CoursePage.objects.parent_of(page).first()


@register.filter
def other_courses(page):
    """The titles of other courses that use this page, or what is below it."""
    return [course_page.draft_title for course_page in reused_in([page.pk])]


@register.inclusion_tag("lms/desk/content_checks.html")
def content_checks(page):
    """What stops a page or a question from being published, and what its author may look at again."""
    if page.pk is None:
        return {"at": None}
    concerned = concerned_by(page) if isinstance(page, TAUGHT) else None
    return {
        "problems": page.problems(),
        "notes": page.notes(),
        "counts": counts_in_words(concerned) if concerned else [],
        "at": timezone.localtime(),
    }
