"""Who looked at personal data, on a page of the desk. Narrowed by keys: a name would stand in the address."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from courses.arriving import Malformed, as_uuid
from courses.desk import DeskScreen
from courses.people import roles
from courses.people.models import Person
from courses.people.visibility import same_as
from lms.looks.models import Look

ROWS_A_PAGE = 50
# Of a number that a database knows.
LONGEST_KEY = 19


class LooksView(DeskScreen, TemplateView):
    template_name = "lms/looks/list.html"
    page_title = gettext_lazy("Who looked at personal data")
    header_icon = "view"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        who = asked.get("who", "")
        person = _person(asked.get("person", ""), self.request.user)
        looks = Look.objects.select_related("person")
        if person:
            looks = looks.filter(person__in=same_as(person))
        if who.isdecimal() and len(who) < LONGEST_KEY:
            looks = looks.filter(actor_id=who)
        listing = Paginator(looks, ROWS_A_PAGE).get_page(asked.get("p"))
        return super().get_context_data(
            listing=listing, is_narrowed=bool(person or who), person=person, **kwargs
        )


def _person(key, user):
    try:
        return Person.objects.visible_to(user).filter(uuid=as_uuid(key)).first()
    except Malformed:
        return None
