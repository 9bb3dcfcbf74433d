"""That somebody has tried the numbers of the directory: the date, and the desk's way to set it for many."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from courses.audit.log import record
from courses.desk_selection import NOTHING, Group, ManyView
from courses.directory.models import Entry
from courses.people import roles


@transaction.atomic
def mark_checked(entries, day, *, actor, at):
    """Each entry was tried on `day`, not later than today."""
    for entry in Entry.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in entries]):
        was, entry.checked_on = entry.checked_on, day
        entry.save(update_fields=["checked_on"])
        record("directory entry checked", entry, actor=actor, at=at, was=str(was or ""), on=str(day))


class DayForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("Tried on"), initial=timezone.localdate, widget=AdminDateInput)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Give the day on which you tried them, not one to come."))
        return day


class CheckedManyView(ManyView):
    name = "checked"
    label = gettext_lazy("Set “checked on”…")
    url_name = "directory:checked_many"
    index_url_name = "directory:index"
    header_icon = "list-ul"
    form_class = DayForm
    page_title = gettext_lazy("Were these tried?")
    explanation = gettext_lazy("Only for what somebody has called, written to or looked up on that day.")
    button = gettext_lazy("Yes, set the date")
    nobody = NOTHING

    def may(self, user):
        return roles.may_change_site(user)

    def get_queryset(self):
        return Entry.objects.select_related("post")

    def groups(self, answers):
        rows = [(entry, _when(entry.checked_on)) for entry in self.rows]
        return [Group(_("Will get the date"), rows)]

    def decide(self, answers):
        mark_checked(self.rows, answers["day"], actor=self.request.user, at=self.at)
        n = len(self.rows)
        messages.success(
            self.request, ngettext("%(n)d entry was marked.", "%(n)d entries were marked.", n) % {"n": n}
        )


def _when(day):
    return _("checked on %(date)s") % {"date": date_format(day)} if day else _("never checked")
