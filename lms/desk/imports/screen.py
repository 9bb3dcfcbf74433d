from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.desk import DeskScreen
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob
from courses.people import roles

NOT_NOW = _("Somebody went on with this import meanwhile. This is how it stands now.")


def may_import(user):
    return roles.may_manage_people(user)


class ImportScreen(DeskScreen):
    """A screen for those who manage people; about one import where the address names it."""

    header_icon = "upload"

    def may(self, user):
        return may_import(user)

    @property
    def address(self):
        return reverse("desk_import", args=[self.job.uuid])


class JobScreen(ImportScreen):
    def prepare(self, **kwargs):
        self.job = get_object_or_404(ImportJob.objects.select_related("agency"), uuid=kwargs["uuid"])
        self.kind = kind_of(self.job.kind)

    def get_page_subtitle(self):
        return self.job.file_name
