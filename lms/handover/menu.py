from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lms.desk.menu import WriterItem

ITEM = WriterItem(_("Hand over"), reverse_lazy("handovers"), name="handovers", icon_name="group", order=890)
