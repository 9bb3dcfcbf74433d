from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "courses.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        from courses.people import checks, receivers  # noqa: F401
