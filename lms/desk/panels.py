"""What waits for the focal point, on the desk's first page."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from certificates.seconding import waiting_for_second_person
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people import roles
from courses.people.models import NameCorrection, Person


class WaitingPanel(Component):
    name = "waiting"
    template_name = "lms/desk/waiting_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        requests = reverse("enrolments:index") + f"?state={EnrolmentState.REQUESTED}"
        return {
            "may_manage_people": roles.may_manage_people(user),
            "people": Person.objects.visible_to(user).pending().count(),
            "people_url": reverse("people:waiting"),
            "requests": Enrolment.objects.filter(state=EnrolmentState.REQUESTED).count(),
            "requests_url": requests,
            "names": NameCorrection.objects.filter(decided_at=None).count(),
            "names_url": reverse("name-corrections:index"),
            "unconfirmed": waiting_for_second_person().count(),
            "unconfirmed_url": reverse("certificates:second_person"),
        }


def show_waiting(request, panels):
    """Hook construct_homepage_panels."""
    panels.insert(0, WaitingPanel())
