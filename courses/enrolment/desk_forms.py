from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses.catalogue.models import Course
from courses.choices import Approval
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import PlainTextField
from courses.people.models import Agency

MOST_NAMED = 5


class CourseAndDayForm(forms.Form):
    course = forms.ModelChoiceField(Course.objects.all(), label=gettext_lazy("Course"))
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=AdminDateInput)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CourseAndReasonForm(CarefulForm):
    course = forms.ModelChoiceField(Course.objects.all(), label=gettext_lazy("Course"))
    reason = FreeTextField(
        label=gettext_lazy("Reason, for the office"),
        help_text=gettext_lazy("The people do not see it. Write nothing about a case here."),
        max_length=400,
    )


class AssignForm(CourseAndDayForm):
    """A course for one person, or for everybody of an agency."""

    # Typed: a choice among thousands would be a page of a third of a megabyte.
    person = PlainTextField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy(
            "The name or the e-mail address. For many people, choose them in the list of people."
        ),
        max_length=160,
        required=False,
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Or everybody of this agency"),
        help_text=gettext_lazy("Only people who are there today and were not refused."),
        required=False,
    )
    field_order = ["course", "person", "agency", "due_on"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people.exclude(approval=Approval.REFUSED).exclude(left_on__lte=timezone.localdate())
        self.fields["agency"].queryset = Agency.objects.filter(retired=False)

    def clean_person(self):
        wanted = self.cleaned_data["person"]
        if not wanted:
            return None
        exactly = self.people.filter(Q(full_name__iexact=wanted) | Q(user__email__iexact=wanted))
        found = list(exactly[: MOST_NAMED + 1])
        found = found or list(self.people.filter(full_name__icontains=wanted)[: MOST_NAMED + 1])
        if not found:
            raise forms.ValidationError(_("Nobody who can get a course has this name or address."))
        if len(found) > 1:
            names = ", ".join(f"{one} ({one.email or one.agency})" for one in found[:MOST_NAMED])
            raise forms.ValidationError(
                _("More than one person fits: %(names)s. Enter the whole name or the e-mail address.")
                % {"names": names if len(found) <= MOST_NAMED else f"{names}, …"}
            )
        return found[0]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("agency")):
            raise forms.ValidationError(_("Choose a person or an agency: one of the two."))
        return cleaned

    def chosen(self):
        if self.cleaned_data["person"]:
            return [self.cleaned_data["person"]]
        return list(self.people.filter(agency=self.cleaned_data["agency"]))
