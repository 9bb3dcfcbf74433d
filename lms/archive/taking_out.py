from django.db import transaction

from courses.audit import log


@transaction.atomic
def take_out(order, *, actor, at):
    """The sealed file of an archive, opened for reading. FileNotFoundError where it is gone: backups leave
    archives out, so after a restore there is none."""
    file = order.file.storage.open(order.file.name, "rb")
    log.record("archive taken out", order, actor=actor, at=at, people=order.people)
    return file
