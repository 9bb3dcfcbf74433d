from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lms.desk.menu import PeopleItem

ITEM = PeopleItem(_("Archive"), reverse_lazy("archives"), name="archives", icon_name="download", order=897)
