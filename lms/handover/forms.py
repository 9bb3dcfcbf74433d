"""What is asked on the way of a hand-over."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import REASONS
from courses.people.holding import holding
from courses.people.models import Person, User
from courses.people.names import NameRefused, clean_name
from courses.people.roles import DESK_ROLES, is_administrator

# How an age key begins that opens what was sealed.
SECRET = "AGE-SECRET-KEY"  # noqa: S105


class DayForm(forms.Form):
    both_until = forms.DateField(
        label=gettext_lazy("Last day on which both have access"),
        help_text=gettext_lazy(
            "After that day the old access is closed by itself. A day that is over: at once, when the"
            " hand-over is finished."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    stays_trainee = forms.BooleanField(
        label=gettext_lazy("Who goes keeps the log-in, as a trainee"),
        help_text=gettext_lazy(
            "For somebody who goes on learning here. Else it is switched off; the record of training stays."
        ),
        required=False,
    )


class BeginForm(DayForm):
    goes = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who goes"))
    address = forms.EmailField(
        label=gettext_lazy("Who comes: e-mail address"),
        help_text=gettext_lazy("Of the log-in, or the address to which an invitation is to go."),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name, for an invitation"),
        help_text=gettext_lazy("Leave empty where the person has a log-in already."),
        max_length=160,
        required=False,
    )
    field_order = ["goes", "address", "full_name", "both_until", "stays_trainee"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        who = [one.person_id for one in holding(DESK_ROLES) if one.person_id]
        if not is_administrator(user):
            who = [pk for pk in who if pk == user.person_id]
        self.fields["goes"].queryset = Person.objects.filter(pk__in=who)
        self.fields["goes"].initial = user.person_id if user.person_id in who else None
        self.fields["both_until"].initial = timezone.localdate()

    def clean(self):
        cleaned = super().clean()
        address = cleaned.get("address")
        if not address:
            return cleaned
        known = User.objects.filter(email__iexact=address).select_related("person__merged_into").first()
        cleaned["comes"] = known and known.person and known.person.counts_as
        if known is not None and cleaned["comes"] is None:
            self.add_error("address", _("This log-in has no record of a person."))
        if known is None:
            self._clean_name(cleaned)
        return cleaned

    def _clean_name(self, cleaned):
        if not cleaned.get("full_name"):
            self.add_error("full_name", _("Nobody signs in with this address yet: give the name to invite."))
            return
        try:
            cleaned["full_name"] = clean_name(cleaned["full_name"])
        except NameRefused as refused:
            self.add_error("full_name", REASONS[refused.reason])


class AnswerForm(CarefulForm):
    key_holder = FreeTextField(
        label=gettext_lazy("Who holds the key of the backups, and where does it lie?"),
        help_text=gettext_lazy(
            "The person or office, and the safe. Never the key itself. If nobody knows, find out before you go"
            " on: without it no backup can be opened."
        ),
        max_length=200,
    )
    outside = FreeTextField(
        label=gettext_lazy("What lies outside the site"),
        help_text=gettext_lazy(
            "Paper registers, stamps, seals, agreements, passwords of other systems: say where they are, not"
            " what they are. This is not where you report a case."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        for name in ("key_holder", "outside"):
            if SECRET in (cleaned.get(name) or "").upper():
                self.add_error(name, _("This is a key. Take it out, and put it into the safe alone."))
        return cleaned
