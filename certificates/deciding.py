"""Pages of the desk on which a second person confirms a completion."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from certificates.confirming import confirm
from certificates.seconding import waiting_for_second_person
from courses.desk import DecideView, DeskScreen
from courses.people.roles import is_oneself, may_confirm_certificate, may_manage_certificates

SHOWN = 200


def _waiting():
    return waiting_for_second_person().select_related("enrolment__person__agency", "enrolment__course")


class SecondPersonView(DeskScreen, TemplateView):
    template_name = "certificates/desk/second_person.html"
    page_title = gettext_lazy("Waiting for a second person")
    header_icon = "doc-full"

    def may(self, user):
        return may_manage_certificates(user)

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = [
            {
                "completion": completion,
                "person": completion.enrolment.person,
                "is_own": is_oneself(user, completion.enrolment.person),
            }
            for completion in _waiting()[:SHOWN]
        ]
        return super().get_context_data(rows=rows, has_person=user.person_id is not None, **kwargs)


class ConfirmView(DecideView):
    index_url_name = "certificates:second_person"
    header_icon = "doc-full"
    page_title = gettext_lazy("Confirm a completion")
    explanation = gettext_lazy(
        "This person can see the answer keys of the tests. Confirm only if you know, from the work or from "
        "talking it through, that they can do what the course teaches. Your name is kept with the "
        "confirmation, and the certificate is issued. This cannot be undone; a certificate can be withdrawn."
    )
    button = gettext_lazy("Yes, confirm and issue the certificate")

    def may(self, user):
        return may_manage_certificates(user)

    def get_queryset(self):
        return _waiting()

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        if not may_confirm_certificate(self.request.user, self.object.enrolment.person):
            raise PermissionDenied

    def get_page_subtitle(self):
        return f"{self.object.enrolment.person}, {self.object.enrolment.course}"

    def decide(self, completion, form):
        confirm(completion, actor=self.request.user, at=self.at)
        return _("Confirmed. The certificate of %(name)s is issued in a minute.") % {
            "name": completion.enrolment.person
        }
