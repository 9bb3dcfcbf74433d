"""How the site stands, for administrators: what `manage.py doctor` says, on a page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from courses.desk import DeskScreen
from courses.people.roles import is_administrator
from lms.doctor.examining import examine
from lms.doctor.finding import Verdict

WORDS = {Verdict.OK: _("In order"), Verdict.LOOK: _("Look at this"), Verdict.BROKEN: _("Broken")}


class DoctorView(DeskScreen, TemplateView):
    """A POST asks the mail server and the site's own address, too; it changes nothing."""

    template_name = "lms/desk/doctor.html"
    page_title = _("Is the site in order?")
    header_icon = "help"

    def may(self, user):
        return is_administrator(user)

    def get_context_data(self, **kwargs):
        everything = self.request.method == "POST"
        examined = examine(timezone.now(), slow=everything)
        lines = [
            {
                "title": each.check.title,
                "finding": finding,
                "words": WORDS[finding.verdict],
                "mark": finding.verdict.name.lower(),
            }
            for each in examined
            for finding in each.findings
        ]
        # What is worst stands first; else in the order of the checks.
        lines.sort(key=lambda line: -line["finding"].verdict)
        wrong = sum(line["finding"].verdict is not Verdict.OK for line in lines)
        return super().get_context_data(lines=lines, wrong=wrong, everything=everything, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)
