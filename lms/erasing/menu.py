from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lms.desk.menu import PeopleItem

ITEM = PeopleItem(
    _("Keeping and erasing"), reverse_lazy("keeping"), name="keeping", icon_name="time", order=895
)
