"""Somebody who is not on the list: entered and signed in with one form, in under twenty seconds."""

import uuid as uuids

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.arriving import uuid_of_form
from courses.attendance import marking, walking_in
from courses.attendance.door_views import door_address, session_or_404
from courses.attendance.wording import MARK_REFUSED
from courses.people.fields import NameField, PlainTextField
from courses.people.models import Agency
from courses.people.phones import PhoneRefused, clean_phone
from courses.workshops.guard import runs_workshop

NO_SUGGESTIONS = {"autocomplete": "off"}


class WalkInForm(forms.Form):
    full_name = NameField(
        label=gettext_lazy("Full name"),
        widget=forms.TextInput(attrs={**NO_SUGGESTIONS, "autocapitalize": "words", "spellcheck": "false"}),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Agency"),
        empty_label=gettext_lazy("Not listed"),
        required=False,
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={**NO_SUGGESTIONS, "inputmode": "tel"}),
    )
    service_number = PlainTextField(
        label=gettext_lazy("Service number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("One of the two is enough."),
        widget=forms.TextInput(attrs=NO_SUGGESTIONS),
    )
    check_later = forms.BooleanField(
        label=gettext_lazy("No number at hand: check later who it is"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(retired=False)

    def clean_phone(self):
        try:
            return clean_phone(self.cleaned_data["phone"])
        except PhoneRefused:
            raise forms.ValidationError(
                _("Enter the telephone number in digits, such as 758 450 1234.")
            ) from None

    def clean(self):
        data = super().clean()
        asked = {"phone", "service_number"}
        if not (asked & self.errors.keys() or any(data.get(name) for name in asked) or data.get("check_later")):
            self.add_error("phone", _("Enter a telephone or service number, or tick “check later”."))
        return data

    def person_facts(self):
        names = ["full_name", "agency", "phone", "service_number"]
        return {name: self.cleaned_data[name] for name in names}


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request):
    """Enter somebody who walked in. Where the number is known: is it this person? Nothing merges by itself."""
    at = timezone.now()
    session, _sessions = session_or_404(request, at)
    context = {"workshop": request.workshop, "session": session, "uuid": uuids.uuid4(), "form": WalkInForm()}
    if request.method != "POST":
        return render(request, "attendance/walk_in.html", context)
    form = context["form"] = WalkInForm(request.POST)
    context["uuid"] = uuid_of_form(request.POST)
    if not form.is_valid():
        return render(request, "attendance/walk_in.html", context, status=422)
    facts = form.person_facts()
    likely = walking_in.likely(**{name: facts[name] for name in ("agency", "phone", "service_number")})
    # The same form sent twice finds the person whom it entered.
    likely = [one for one in likely if one.uuid != walking_in.person_name(context["uuid"])]
    answer = request.POST.get("is_it", "")
    chosen = next((one for one in likely if str(one.uuid) == answer), None)
    if likely and chosen is None and answer != "nobody":
        return render(request, "attendance/is_it.html", {**context, "likely": likely})
    try:
        registration = walking_in.enter(
            request.workshop,
            session,
            uuid=context["uuid"],
            person=chosen,
            **({} if chosen else facts),
            actor=request.user,
            at=at,
        )
    except marking.MarkRefused as refused:
        messages.warning(request, MARK_REFUSED[refused.code])
        return redirect(door_address(request.workshop, session))
    told = _("%(name)s is registered and here. Row %(row)s.")
    messages.success(request, told % {"name": registration.person.full_name, "row": registration.label})
    return redirect(door_address(request.workshop, session))
