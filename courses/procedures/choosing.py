"""Choosing a clause of a procedure at the desk, in lessons and questions."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.procedures.models import Clause


class ClauseChooserViewSet(ChooserViewSet):
    model = Clause
    icon = "list-ol"
    choose_one_text = _("Choose a clause")
    choose_another_text = _("Choose another clause")

    def get_object_list(self):
        return Clause.objects.filter(is_in_force=True).select_related("procedure")


clause_chooser_viewset = ClauseChooserViewSet("clause_chooser")
ClauseChooserBlock = clause_chooser_viewset.get_block_class(
    name="ClauseChooserBlock", module_path="courses.procedures.choosing"
)
