from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from certificates.facts import PictureRefused, check_picture
from courses.choices import WithdrawalReason
from courses.people.fields import PlainTextField

LARGEST = 2 * 1024 * 1024


class DesignForm(WagtailAdminModelForm):
    """The crest has no address to link to, so it is shown as kept, replaced or removed."""

    remove_crest = forms.BooleanField(label=gettext_lazy("Remove the crest"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("In which these words are, and dates are written."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["crest"].widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})
        for name in ("ink", "accent"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "color"})
        if self.instance.crest:
            self.fields["crest"].help_text = _("A crest is kept. Choose another to replace it.")
        else:
            self.fields["remove_crest"].widget = forms.HiddenInput()

    def clean_crest(self):
        crest = self.cleaned_data.get("crest")
        if crest and hasattr(crest, "content_type"):
            if crest.size > LARGEST:
                raise forms.ValidationError(_("Choose a picture of less than 2 MB."))
            try:
                check_picture(crest)
            except PictureRefused:
                raise forms.ValidationError(_("Choose a PNG or JPEG picture.")) from None
        return crest

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("remove_crest"):
            cleaned["crest"] = False  # what a file field takes for "clear"
        return cleaned


class ReasonForm(forms.Form):
    reason = PlainTextField(
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
    field_order = ["public_reason", "reason"]
