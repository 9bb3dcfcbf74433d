from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("Learning")

    def ready(self):
        from courses.spreadsheets import make_wagtail_safe
        from lms import checks  # noqa: F401

        make_wagtail_safe()
