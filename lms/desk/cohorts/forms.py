"""What may be entered about cohorts and invitations at the desk."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from courses.choices import Role
from courses.enrolment.cohorts import Cohort
from courses.enrolment.desk_forms import CourseAndDayForm
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import REASONS
from courses.people.models import Agency, Person
from courses.people.names import NameRefused, clean_name
from courses.people.telltale import telltale

MOST_LINES = 200
LEADERS = [Role.FACILITATOR, Role.FOCAL_POINT, Role.ADMINISTRATOR]
# Mail is read over shoulders: its subject is one of these.
SUBJECTS = [
    gettext_lazy("a message for you"),
    gettext_lazy("please finish in time"),
    gettext_lazy("a change of date"),
    gettext_lazy("where and when we meet"),
]


class CohortForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leaders = Person.objects.current().filter(user__role__in=LEADERS, user__is_active=True)
        self.fields["facilitator"].queryset = leaders.order_by("full_name")
        if self.instance.pk:
            # Members have the course, and the date has a page of its own that says whom it moves.
            del self.fields["course"], self.fields["due_on"]

    def clean_name(self):
        return self._careful("name")

    def clean_note(self):
        return self._careful("note")

    def _careful(self, name):
        text = self.cleaned_data[name]
        if found := telltale(text):
            raise ValidationError(
                _("“%(found)s” looks like a number or an address of somebody. Take it out.") % {"found": found}
            )
        return text


class DueForm(forms.Form):
    due_on = CourseAndDayForm.base_fields["due_on"]
    clean_due_on = CourseAndDayForm.clean_due_on

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = _("Empty: without a date.")
        self.fields["due_on"].widget = AdminDateInput()


class MessageForm(CarefulForm):
    subject = forms.ChoiceField(
        label=gettext_lazy("Subject"),
        help_text=gettext_lazy("The neutral name of the course stands before it."),
        choices=[(str(n), subject) for n, subject in enumerate(SUBJECTS)],
    )
    text = FreeTextField(
        label=gettext_lazy("Message"),
        help_text=gettext_lazy(
            "Others may read it on the way: name no topic, no agency and nothing about a case. Answers come "
            "to your own address."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )

    def clean_subject(self):
        return str(SUBJECTS[int(self.cleaned_data["subject"])])


class CohortChoiceForm(forms.Form):
    cohort = forms.ModelChoiceField(Cohort.objects.open().order_by("name"), label=gettext_lazy("Cohort"))


class InviteForm(forms.Form):
    """One record without a log-in."""

    address = forms.EmailField(label=gettext_lazy("E-mail address"))
    cohort = forms.ModelChoiceField(
        Cohort.objects.open().order_by("name"),
        label=gettext_lazy("Cohort"),
        help_text=gettext_lazy("Empty: the log-in alone."),
        required=False,
    )


class AddressesForm(forms.Form):
    """An address for each of the records chosen that has no log-in."""

    cohort = InviteForm.base_fields["cohort"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            self.fields[f"address_{person.pk}"] = forms.EmailField(
                label=str(person),
                help_text=str(person.agency or ""),
                required=False,
            )

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(f"address_{person.pk}", "").lower() for person in self.people]
        for person, address in zip(self.people, given, strict=True):
            if address and given.count(address) > 1:
                self.add_error(
                    f"address_{person.pk}", _("This address is there twice. Give everybody their own.")
                )
        return cleaned


class LinesForm(forms.Form):
    """Many new people: a name and an address on each line."""

    lines = forms.CharField(
        label=gettext_lazy("Who"),
        help_text=gettext_lazy("One person on each line: the name, a comma, the e-mail address."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=50_000,
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(retired=False),
        label=gettext_lazy("Agency of all of them"),
        help_text=gettext_lazy("Filled in for them; each can choose another."),
        required=False,
    )
    cohort = InviteForm.base_fields["cohort"]
    same_names = forms.BooleanField(
        label=gettext_lazy("Invite as new people even where a record without a log-in has the same name"),
        required=False,
    )

    def clean_lines(self):
        """[(name, address), ...]"""
        found, wrong = [], []
        for n, line in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                found.append(self._read(line))
            except ValidationError as error:
                wrong.append(_("Line %(n)d: %(why)s") % {"n": n, "why": error.messages[0]})
        addresses = [address for _name, address in found]
        twice = sorted({address for address in addresses if addresses.count(address) > 1})
        wrong += [_("%(address)s is there twice.") % {"address": address} for address in twice]
        if len(found) > MOST_LINES:
            wrong.append(_("Invite %(n)d people at a time at most.") % {"n": MOST_LINES})
        if wrong:
            raise ValidationError(wrong[:10])
        if not found:
            raise ValidationError(_("Nobody is named."))
        return found

    @staticmethod
    def _read(line):
        # A list copied out of a mail program: Name <address>.
        parts = re.split(r"[,;\t<]", line.strip().rstrip(">"))
        name, address = " ".join(parts[:-1]).strip(' "'), parts[-1].strip()
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(_("there is no e-mail address at its end.")) from None
        try:
            return clean_name(name), address.lower()
        except NameRefused as refused:
            raise ValidationError(str(REASONS[refused.reason])) from None
