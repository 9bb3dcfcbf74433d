from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets import AdminDateInput

from courses.catalogue.models import Course
from courses.catalogue.reading import fold
from courses.choices import Approval
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import PlainTextField
from courses.people.models import Agency
from courses.people.names import same_name

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
            "The whole name or the e-mail address. For many people, choose them in the list of people."
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
        """The one person whose whole name or address this is. Part of a name assigns nothing."""
        wanted = self.cleaned_data["person"]
        if not wanted:
            return None
        known = list(self.people.values_list("pk", "full_name", "user__email"))
        exactly = [pk for pk, name, email in known if same_name(wanted, name) or same_name(wanted, email or "")]
        if len(exactly) == 1:
            return self.people.get(pk=exactly[0])
        if exactly:
            raise forms.ValidationError(
                _(
                    "More than one person has this name: %(names)s. Enter the e-mail address, "
                    "or choose them in the list of people, under “People”."
                )
                % {"names": self._named(exactly)}
            )
        part = fold(wanted)
        nearly = [pk for pk, name, _email in known if part in fold(name)]
        if not nearly:
            raise forms.ValidationError(_("Nobody who can get a course has this name or address."))
        raise forms.ValidationError(
            ngettext(
                "One person fits: %(names)s. Enter the whole name or the e-mail address.",
                "More than one person fits: %(names)s. Enter the whole name or the e-mail address.",
                len(nearly),
            )
            % {"names": self._named(nearly)}
        )

    def _named(self, numbers):
        """The first of these people, each with an address or a place."""
        # A slice, lest a database be handed thousands of numbers.
        people = self.people.filter(pk__in=numbers[:MOST_NAMED])
        names = ", ".join(f"{one} ({one.email or one.agency or '-'})" for one in people)
        return names if len(numbers) <= MOST_NAMED else f"{names}, …"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("agency")):
            raise forms.ValidationError(_("Choose a person or an agency: one of the two."))
        return cleaned

    def chosen(self):
        if self.cleaned_data["person"]:
            return [self.cleaned_data["person"]]
        return list(self.people.filter(agency=self.cleaned_data["agency"]))
