from django.utils.dateparse import parse_datetime
from django_tasks import task

from certificates import issuing
from certificates.filing import file_of
from certificates.models import Certificate
from courses.progress.models import Completion


@task()
def issue_certificate(completion_id, at):
    """Issue the certificate of a completion, dated `at`, and draw it. Running it twice issues one."""
    at = parse_datetime(at)
    certificate = issuing.issue(Completion.objects.get(pk=completion_id), actor=None, at=at)
    if certificate is None:
        return None
    file_of(certificate, at=at)
    return certificate.number


@task()
def draw_certificate(certificate_id, at):
    """Draw the file of a certificate. Running it twice draws one."""
    return file_of(Certificate.objects.get(pk=certificate_id), at=parse_datetime(at)).sha256
