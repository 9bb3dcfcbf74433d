from lms.doctor.models import TIMERS, TimerRun


def ran(name, *, at):
    """Note that the timer ran to its end. Raises ValueError for a timer that there is not."""
    if name not in TIMERS:
        raise ValueError(f"There is no timer “{name}”.")
    TimerRun.objects.update_or_create(name=name, defaults={"ran_at": at})
