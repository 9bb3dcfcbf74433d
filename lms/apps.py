from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("Learning")

    def ready(self):
        from courses.spreadsheets import make_wagtail_safe
        from lms import checks  # noqa: F401
        from lms.reports.figures import installing

        make_wagtail_safe()
        pre_migrate.connect(installing.drop, sender=self)
        post_migrate.connect(installing.make, sender=self)
