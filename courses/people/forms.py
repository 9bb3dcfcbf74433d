import unicodedata

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courses.choices import Sex
from courses.people import admission, devices
from courses.people.fields import GroupedModelChoiceField, NameField, PlainTextField
from courses.people.joining import sign_up
from courses.people.models import Agency, Post, Sector

# What somebody who signs up says of themselves.
PERSON_FACTS = ["full_name", "agency", "post", "sector", "rank", "service_number", "sex", "language"]


class OwnDeviceField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            label=gettext_lazy("Is this your own device?"),
            choices=[
                ("yes", gettext_lazy("Yes, only I use it")),
                ("no", gettext_lazy("No, others use it too")),
            ],
            widget=forms.RadioSelect,
            help_text=gettext_lazy("On a shared device nothing is kept when you close the browser."),
            error_messages={"required": gettext_lazy("Say whether this is your own device.")},
            **kwargs,
        )


class LoginForm(AllauthLoginForm):
    own_device = OwnDeviceField()
    field_order = ["login", "password", "own_device"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # allauth puts a link between the address and the password: the page has it below.
        self.fields["password"].help_text = ""
        self.order_fields(self.field_order)

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url)
        devices.remember_choice(request, own=self.cleaned_data["own_device"] == "yes")
        return response


class ResetForm(AllauthResetForm):
    def clean_email(self):
        """Long s, the Kelvin sign and capitals are the same address: they give no allowance of their own."""
        self.cleaned_data["email"] = unicodedata.normalize("NFKC", self.cleaned_data["email"]).casefold()
        context.request.allowance = ("reset_password", self.cleaned_data["email"])
        return super().clean_email()


class SignupForm(AllauthSignupForm):
    """Only the fields named here are read: role, approval and the rest cannot be sent along."""

    full_name = NameField(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("As it should read on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    agency = GroupedModelChoiceField(
        Agency.objects.none(),
        group_of=lambda agency: agency.sector,
        label=gettext_lazy("Agency"),
        empty_label=gettext_lazy("Choose your agency"),
    )
    post = GroupedModelChoiceField(
        Post.objects.none(),
        group_of=lambda post: post.agency,
        label=gettext_lazy("Post or duty station"),
        help_text=gettext_lazy("Leave it empty if yours is not listed."),
        empty_label=gettext_lazy("Not listed"),
        required=False,
    )
    sector = forms.ModelChoiceField(
        Sector.objects.none(),
        label=gettext_lazy("Line of work"),
        help_text=gettext_lazy("Only if your work differs from your agency’s."),
        empty_label=gettext_lazy("Same as my agency"),
        required=False,
    )
    rank = PlainTextField(label=gettext_lazy("Job title or rank"), max_length=120)
    service_number = PlainTextField(
        label=gettext_lazy("Service number"),
        max_length=40,
        required=False,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z][0-9A-Za-z ./-]*$",
                gettext_lazy("Use only letters, digits, spaces, full stops, slashes and hyphens."),
            )
        ],
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        help_text=gettext_lazy("Used only in totals."),
        choices=[("", gettext_lazy("No answer")), *Sex.choices],
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Preferred language"), choices=settings.LANGUAGES)
    field_order = [*PERSON_FACTS, "email", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(retired=False).select_related("sector")
        self.fields["agency"].queryset = agencies.order_by("sector__order", "sector__name", "name")
        self.fields["post"].queryset = (
            Post.objects.filter(agency__retired=False).select_related("agency").order_by("agency__name", "name")
        )
        self.fields["sector"].queryset = Sector.objects.filter(retired=False)
        self.fields["language"].initial = get_language()

    def clean_email(self):
        email = super().clean_email()
        if email and not admission.address_is_welcome(email, context.request):
            raise forms.ValidationError(_("Use your work address. Addresses of this kind are not taken here."))
        return email

    def clean(self):
        cleaned = super().clean()
        agency, post = cleaned.get("agency"), cleaned.get("post")
        if agency and post and post.agency_id != agency.pk:
            self.add_error("post", _("This post belongs to another agency. Choose one of yours, or none."))
        return cleaned

    def person_facts(self):
        return {name: self.cleaned_data[name] for name in PERSON_FACTS}

    def join(self, user, *, at):
        """Save the log-in, still unsaved, with its person."""
        sign_up(user, **self.person_facts(), at=at)

    def try_save(self, request):
        """Whether the address is known shows neither in the answer nor in the time it takes."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Somebody else signed up with this address a moment ago.
            self.account_already_exists = True
            return super().try_save(request)
