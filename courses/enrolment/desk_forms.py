from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses.catalogue.models import Course
from courses.choices import Approval
from courses.people.fields import PlainTextField
from courses.people.models import Agency, Person


class CourseAndDayForm(forms.Form):
    course = forms.ModelChoiceField(Course.objects.all(), label=gettext_lazy("Course"))
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=AdminDateInput)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CourseAndReasonForm(forms.Form):
    course = forms.ModelChoiceField(Course.objects.all(), label=gettext_lazy("Course"))
    reason = PlainTextField(
        label=gettext_lazy("Reason, for the office"),
        help_text=gettext_lazy("The people do not see it. Write nothing about a case here."),
        max_length=400,
    )


class AssignForm(CourseAndDayForm):
    """A course for one person, or for everybody of an agency."""

    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Person"), required=False)
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
        self.fields["person"].queryset = self.people.select_related(None)
        self.fields["agency"].queryset = Agency.objects.filter(retired=False)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("agency")):
            raise forms.ValidationError(_("Choose a person or an agency: one of the two."))
        return cleaned

    def chosen(self):
        if self.cleaned_data["person"]:
            return [self.cleaned_data["person"]]
        return list(self.people.filter(agency=self.cleaned_data["agency"]))
