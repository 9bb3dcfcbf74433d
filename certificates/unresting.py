"""A certificate whose completion rested on a pass that was taken back."""

from django.utils import timezone

from certificates import correcting
from certificates.models import Certificate
from certificates.resting import rests_on_nothing
from certificates.states import CertificateState
from courses.choices import WithdrawalReason
from courses.progress.models import Completion


def withdraw_what_rested_on(attempt, *, reason, actor, at):
    """Withdraw the certificate of the course, if it needs this pass. Its completion stays as recorded."""
    completion = (
        Completion.objects.filter(enrolment=attempt.enrolment_id).first() if attempt.enrolment_id else None
    )
    if completion is None or not rests_on_nothing(completion):
        return
    issued = Certificate.objects.filter(completion=completion).with_state(timezone.localdate(at))
    for certificate in issued.exclude(state__in=[CertificateState.WITHDRAWN, CertificateState.REPLACED]):
        correcting.withdraw(
            certificate, public_reason=WithdrawalReason.ERROR, reason=reason, actor=actor, at=at
        )
