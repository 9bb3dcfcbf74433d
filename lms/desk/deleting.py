"""Wagtail's pages that ask whether to delete, with the uses that only drafts have: it knows live ones alone."""

from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction as DeletePages
from wagtail.documents.views import documents
from wagtail.documents.views.bulk_actions.delete import DeleteBulkAction as DeleteDocuments
from wagtail.images.views import images
from wagtail.images.views.bulk_actions.delete import DeleteBulkAction as DeleteImages

from courses.catalogue.references import DOCUMENT, IMAGE, PAGE
from lms.desk.uses import tell_uses


class TellsUses:
    """Mixin for such a page. Give `kind` and `going`."""

    kind = None

    def going(self):
        """The numbers of what would be deleted."""
        return [self.object.pk]

    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        if answer.status_code == 200:  # not for whom it is refused
            tell_uses(request, self.kind, self.going())
        return answer


class TellsUsesOfMany(TellsUses):
    def going(self):
        return [each.pk for each in self.get_actionable_objects()[0]]


class ImageDeleteView(TellsUses, images.DeleteView):
    kind = IMAGE


class DocumentDeleteView(TellsUses, documents.DeleteView):
    kind = DOCUMENT


class DeleteImagesBulkAction(TellsUsesOfMany, DeleteImages):
    kind = IMAGE


class DeleteDocumentsBulkAction(TellsUsesOfMany, DeleteDocuments):
    kind = DOCUMENT


class DeletePagesBulkAction(TellsUsesOfMany, DeletePages):
    kind = PAGE


BULK_ACTIONS = [DeleteImagesBulkAction, DeleteDocumentsBulkAction, DeletePagesBulkAction]
