"""What was uploaded is personal data: it goes once nobody needs it. What was done stays."""

import datetime

from django.db import transaction

from courses.audit import log
from courses.choices import ImportState
from courses.imports.handing_in import throw_away
from courses.imports.models import ImportJob

KEPT_FOR = datetime.timedelta(days=30)


def purge_imports(*, at, older_than=KEPT_FOR):
    """Empty the imports that are so old, and throw away uploads that were never run.

    Returns how many. Who was imported by which row stays, so that the same file is known again.
    """
    old = ImportJob.objects.filter(created_at__lt=at - older_than, purged_at=None)
    purged = 0
    for job in old.exclude(state=ImportState.RUNNING):
        if job.was_confirmed:
            _empty(job.pk, at=at)
        else:
            throw_away(job, actor=None, at=at)
        purged += 1
    return purged


@transaction.atomic
def _empty(pk, *, at):
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=pk)
    if job.purged_at:
        return
    job.rows.update(
        values={}, notes=[], changes=[], offered=[], email_key="", number_key="", phone_key="", name_key=""
    )
    file, job.file, job.purged_at = job.file, "", at
    job.save(update_fields=["file", "purged_at"])
    log.record("import purged", job, actor=None, at=at)
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
