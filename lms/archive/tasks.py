from django_tasks import task

from lms.archive import fulfilling


@task()
def make_archive(order_id):
    """Make the archive that was ordered. Running it twice keeps one."""
    fulfilling.fulfil(order_id)
