from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self):
        from certificates import receivers  # noqa: F401
        from certificates.records import withdrawn_among
        from courses.progress import renewing

        renewing.install(withdrawn_among)
