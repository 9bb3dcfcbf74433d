"""One gate for publishing, whichever way a page is published."""

from django.utils.translation import gettext_lazy as _


class PublishRefused(Exception):
    """The page must not go live. `problems` is a list of sentences that name the place."""

    def __init__(self, page, problems):
        self.page = page
        self.problems = problems
        super().__init__(f"{page}: " + " ".join(str(problem) for problem in problems))


class GatedPage:
    """Mixin for pages that are checked before they go live.

    Give `problems()`, and `notes()` where there is something to say. Publishing by form, bulk
    action, workflow or schedule ends in `publish()`, so nothing passes by.
    """

    def problems(self):
        """Why this page may not be published: a list of sentences, empty when it may."""
        return []

    def notes(self):
        """What its author may want to look at again: sentences that stop nothing."""
        return []

    def publish(self, revision, *args, **kwargs):
        page = revision.as_object()
        problems = page.problems()
        if problems:
            raise PublishRefused(page, problems)
        return super().publish(revision, *args, **kwargs)

    publish.alters_data = True


# What the record calls it when a page was due and could not go live.
REFUSED_ON_TIME = "publishing refused"
REFUSED = _("%(title)s was not published: %(problems)s")
