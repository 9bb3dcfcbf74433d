"""What may be edited about people at the desk. Approval and role have their own pages."""

from django import forms
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from courses.choices import Role
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import REASONS
from courses.people.names import NameRefused, clean_name
from courses.people.phones import PhoneRefused, clean_phone
from courses.people.roles import last_day_for_auditor


class PersonForm(WagtailAdminModelForm):
    def clean_full_name(self):
        try:
            return clean_name(self.cleaned_data["full_name"])
        except NameRefused as refused:
            raise forms.ValidationError(REASONS[refused.reason]) from None

    def clean_phone(self):
        try:
            return clean_phone(self.cleaned_data["phone"])
        except PhoneRefused:
            raise forms.ValidationError(
                _("Enter a telephone number in digits, such as 452 1234 or +44 20 7946 0000.")
            ) from None

    def clean(self):
        cleaned = super().clean()
        agency, post = cleaned.get("agency"), cleaned.get("post")
        if post and (agency is None or post.agency_id != agency.pk):
            self.add_error("post", _("This post belongs to another agency."))
        return cleaned


class SectorForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Paths, keys and history name sectors by their code.
        self.fields["code"].disabled = self.instance.pk is not None


class AgencyForm(WagtailAdminModelForm):
    def is_valid(self):
        valid = super().is_valid()
        if valid:
            for form in self.formsets["posts"].deleted_forms:
                if form.instance.pk and _is_in_use(form.instance):
                    valid = False
                    self.add_error(
                        None,
                        _("%(post)s has people or directory entries and cannot be removed.")
                        % {"post": form.instance},
                    )
        return valid


def _is_in_use(row):
    found = NestedObjects(using=router.db_for_write(type(row)))
    found.collect([row])
    return bool(found.protected)


class ReasonForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Reason, for the office"),
        help_text=gettext_lazy(
            "The person is not told, but reads it in the copy of their data that they may ask for. Write "
            "nothing about a case here."
        ),
        max_length=400,
    )


class AskForm(CarefulForm):
    question = FreeTextField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy(
            "One or two sentences, sent to the person's own address. Others may read it on the way: "
            "name no agency, no topic and nothing about a case."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class NoteForm(CarefulForm):
    text = FreeTextField(
        label=gettext_lazy("New note"),
        help_text=gettext_lazy(
            "For the office. The person is not told, but reads it in the copy of their data that they may ask "
            "for. This is not where you report a case: write no names, numbers or details of one. A note stays "
            "as it is written."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    until = forms.DateField(
        label=gettext_lazy("For an auditor: the last day"),
        help_text=gettext_lazy(
            "At most a year from today. An auditor sees figures, lists, registers and evidence files, no "
            "answers and nobody's scores, and changes nothing. To end it earlier, give the role of trainee."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self):
        cleaned, today = super().clean(), timezone.localdate()
        if cleaned.get("role") != Role.AUDITOR:
            # Other roles have no last day, whatever was left in the field.
            cleaned["until"] = None
        elif "until" in cleaned:
            until, latest = cleaned["until"], last_day_for_auditor(today)
            if until is None:
                self.add_error("until", _("Give the last day on which the auditor may look."))
            elif not today <= until <= latest:
                self.add_error(
                    "until",
                    _("Choose a day from today to %(latest)s.") % {"latest": date_format(latest, "j F Y")},
                )
        return cleaned
