"""A certificate whose completion was withdrawn."""

from django.utils import timezone

from certificates import correcting
from certificates.models import Certificate
from certificates.states import CertificateState
from courses.choices import WithdrawalReason


def withdraw_those_of(completion, *, reason, actor, at):
    """Withdraw the certificate of this completion, which is locked, if one was issued and still counts."""
    issued = Certificate.objects.filter(completion=completion).with_state(timezone.localdate(at))
    for certificate in issued.exclude(state__in=[CertificateState.WITHDRAWN, CertificateState.REPLACED]):
        correcting.withdraw(
            certificate, public_reason=WithdrawalReason.ERROR, reason=reason, actor=actor, at=at
        )
