from django_tasks import task

from lms.reports.packs import fulfilling


@task()
def make_pack(order_id):
    """Make the pack that was ordered. Running it twice makes one."""
    fulfilling.fulfil(order_id)
