from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.directory.models import Entry
from lms.doctor.check import Check
from lms.doctor.finding import look, ok


class Directory(Check):
    name = "directory"
    title = gettext_lazy("Directory")

    def look(self, at):
        if not Entry.objects.exists():
            return [
                look(
                    _("The directory is empty: nobody is told whom to call."),
                    _("On the desk, under Site: Directory."),
                )
            ]
        old = Entry.objects.unchecked(timezone.localdate(at)).count()
        if not old:
            return [ok(_("Every entry of the directory was checked within a year."))]
        says = ngettext(
            "%(n)s entry of the directory was not checked for a year.",
            "%(n)s entries of the directory were not checked for a year.",
            old,
        )
        return [
            look(says % {"n": old}, _("Call the numbers, then mark them as checked: on the desk, under Site."))
        ]
