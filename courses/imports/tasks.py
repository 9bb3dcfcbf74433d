from django.utils import timezone
from django_tasks import task

from courses.imports import checking, running
from courses.imports.models import ImportJob
from courses.people.models import User


@task()
def check_import(job_id):
    """Check an uploaded table. Running it twice checks it once."""
    checking.check(job_id, at=timezone.now())


@task()
def run_import(job_id):
    """Import a confirmed table, in the name of who uploaded it. Running it twice imports it once."""
    author_id = ImportJob.objects.values_list("author_id", flat=True).filter(pk=job_id).first()
    actor = User.objects.select_related("person").filter(pk=author_id).first()
    running.run(job_id, actor=actor, at=timezone.now())
