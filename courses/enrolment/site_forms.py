"""Forms on the site: a code that is typed in, and what somebody invited fills in."""

from django import forms
from django.utils.translation import gettext_lazy

from courses.enrolment import accepting
from courses.people.forms import PERSON_FACTS, SignupForm

# What the office may have entered already.
KNOWN = ["full_name", "agency", "post", "sector", "rank"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy(
            "Eight letters and digits, as on the poster. Capitals and hyphens do not matter."
        ),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class InvitedForm(SignupForm):
    """The sign-up form of somebody who was invited. The address is fixed; for a record that exists
    already only the password is asked."""

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        email = self.fields["email"]
        email.initial, email.disabled = invitation.address, True
        email.help_text = gettext_lazy("Your invitation was sent here. You sign in with it.")
        if invitation.person_id is not None:
            for name in PERSON_FACTS:
                del self.fields[name]
            return
        for name in KNOWN:
            self.fields[name].initial = getattr(invitation, name)

    def clean_email(self):
        # Past the site's list of welcome addresses: the office chose this one.
        return super(SignupForm, self).clean_email()

    def join(self, user, *, at):
        """Raises InvitationOver."""
        if self.invitation.person_id is not None:
            accepting.accept_for_record(self.invitation, user, at=at)
        else:
            accepting.accept_as_new(self.invitation, user, self.person_facts(), at=at)
