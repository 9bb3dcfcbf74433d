from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.directory.models import Signatory
from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import look, ok


class Signatories(Check):
    """Who may sign certificates, and for how long."""

    name = "signatories"
    title = gettext_lazy("Signatories")

    def look(self, at):
        today = timezone.localdate(at)
        in_office = Signatory.objects.filter(
            Q(mandate_to=None) | Q(mandate_to__gte=today), mandate_from__lte=today
        )
        do = _("On the desk, under Site: Signatories.")
        if not in_office.exists():
            return [look(_("Nobody may sign certificates today."), do)]
        ending = in_office.filter(mandate_to__lte=today + rules.MANDATE_LOOK).order_by("mandate_to").first()
        if ending is None:
            return [ok(_("Somebody may sign certificates, today and in two months."))]
        day = date_format(ending.mandate_to, "j F Y")
        return [look(_("The mandate of %(name)s ends on %(day)s.") % {"name": ending.name, "day": day}, do)]
