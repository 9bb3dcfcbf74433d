from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.facts import PictureRefused, check_picture
from courses.choices import WithdrawalReason
from courses.desk import KeptPictureForm
from courses.people.careful import CarefulForm, FreeTextField


class DesignForm(KeptPictureForm):
    picture = "crest"
    kept = gettext_lazy("A crest is kept. Choose another to replace it.")

    remove_crest = forms.BooleanField(label=gettext_lazy("Remove the crest"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("In which these words are, and dates are written."),
    )
    clean_crest = KeptPictureForm.clean_picture

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("ink", "accent"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "color"})

    def check_upload(self, upload):
        try:
            check_picture(upload)
        except PictureRefused:
            raise forms.ValidationError(_("Choose a PNG or JPEG picture.")) from None


class ReasonForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=400,
        help_text=gettext_lazy("For the office; the public does not see it. Nothing about a case."),
    )


class WithdrawForm(ReasonForm):
    public_reason = forms.ChoiceField(
        label=gettext_lazy("What the public check says"),
        choices=[
            (WithdrawalReason.ERROR, gettext_lazy("Withdrawn, issued in error")),
            (WithdrawalReason.OTHER, gettext_lazy("Withdrawn")),
        ],
        widget=forms.RadioSelect,
    )
    with_completion = forms.BooleanField(
        label=gettext_lazy("The course does not count as completed either"),
        required=False,
        help_text=gettext_lazy(
            "Then it leaves the person's record and the figures, and the person can take the course again. "
            "Leave it out where only the paper was wrong."
        ),
    )
    field_order = ["public_reason", "reason", "with_completion"]
