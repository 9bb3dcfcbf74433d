from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateState(models.TextChoices):
    """What a certificate is worth today; the rule stands in CertificateQuerySet.with_state."""

    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Training due for renewal")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")
