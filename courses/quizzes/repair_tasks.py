from django.utils import timezone
from django_tasks import task

from courses.quizzes import foreseeing, marking_anew


@task()
def work_out_repair(repair_id):
    """Work out what a proposed key would change. Running it twice works it out once."""
    foreseeing.work_out(repair_id)


@task()
def run_repair(repair_id):
    """Mark again whoever was asked. Running it twice marks each attempt once."""
    marking_anew.run(repair_id, at=timezone.now())
