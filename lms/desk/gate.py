"""Publishing in the admin: a refused page is told about, and stops no other page.

The rule itself is `problems()` of the page (courses.catalogue.gate). Here are the ways past
`publish()` or around its exception: the edit form publishes without calling `publish()`,
bulk publishing and workflow approval would answer 500.
"""

from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from courses.catalogue.gate import REFUSED, PublishRefused


def tell(request, page, problems):
    words = {"title": str(page), "problems": " ".join(str(each) for each in problems)}
    messages.error(request, REFUSED % words)


def problems_of(page):
    return page.problems() if hasattr(page, "problems") else []


def refuse_before_publishing(request, page):
    """Hook before_publish_page: the draft is saved by now; it only does not go live."""
    problems = problems_of(page.get_latest_revision_as_object())
    if not problems:
        return None
    # Wagtail adds a page that is created by "Publish" as live, before it asks us.
    Page.objects.filter(pk=page.pk, live=True, live_revision=None, first_published_at=None).update(
        live=False, has_unpublished_changes=True
    )
    tell(request, page, problems)
    return redirect("wagtailadmin_pages:edit", page.pk)


class GatedPublishBulkAction(PublishBulkAction):
    """Wagtail's own, page by page: what may go live does, the rest is named."""

    def get_execution_context(self):
        return {**super().get_execution_context(), "refused": self._refused()}

    def _refused(self):
        self.refused = []
        return self.refused

    @classmethod
    def execute_action(cls, objects, refused=None, include_descendants=False, user=None, **kwargs):
        parents = children = 0
        for page in objects:
            parents += cls._publish(page, user, refused)
            for child in cls._drafts_below(page, user) if include_descendants else []:
                children += cls._publish(child, user, refused)
        return parents, children

    @staticmethod
    def _drafts_below(page, user):
        drafts = page.get_descendants().not_live().specific()
        return [draft for draft in drafts if user is None or draft.permissions_for_user(user).can_publish()]

    @staticmethod
    def _publish(page, user, refused):
        if page.alias_of_id:
            return 0  # goes live with its original
        revision = page.get_latest_revision() or page.specific.save_revision(user=user)
        try:
            with transaction.atomic():
                revision.publish(user=user)
        except PublishRefused as refusal:
            refused.append(refusal)
            return 0
        return 1

    def get_success_message(self, num_parent_objects, num_child_objects):
        for refusal in self.refused:
            tell(self.request, refusal.page, refusal.problems)
        if not num_parent_objects and not num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)


class RefusedPublishing:
    """Middleware for what remains: workflow approval, and whatever add-on publishes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PublishRefused) or not request.path.startswith("/admin/"):
            return None
        tell(request, exception.page, exception.problems)
        messages.info(request, _("Nothing was published. Correct it, then try again."))
        return redirect(AdminURLFinder(request.user).get_edit_url(exception.page) or "wagtailadmin_home")


class ReadingAPIViewSet(PagesAdminAPIViewSet):
    """The admin's own page API without its deeds: they would publish past the gate."""

    actions = {}
