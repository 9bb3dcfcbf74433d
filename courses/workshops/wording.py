"""Days, times and states of workshops in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.choices import WorkshopKind, WorkshopState


def days_in_words(starts_at, ends_at):
    """ "3 December 2026", "3 to 4 December 2026", or "" where there is no day yet."""
    if starts_at is None:
        return ""
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s to %(last)s") % {"first": first.day, "last": date_format(last, "j F Y")}
    opening = date_format(first, "j F" if first.year == last.year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": opening, "last": date_format(last, "j F Y")}


def state_in_words(workshop):
    """What is no workshop of ours is open for nothing but being recorded."""
    if workshop.kind != WorkshopKind.WORKSHOP:
        if workshop.state == WorkshopState.OPEN:
            return _("Being recorded")
        if workshop.state == WorkshopState.CLOSED:
            return _("Recorded")
    return workshop.get_state_display()


def places_in_words(workshop):
    """ "34 of 40", "34", or how many heads; asks for `with_counts`."""
    if workshop.kind == WorkshopKind.AWARENESS:
        return str(workshop.headcount or 0)
    if workshop.capacity is None:
        return str(workshop.coming)
    return _("%(n)d of %(m)d") % {"n": workshop.coming, "m": workshop.capacity}
