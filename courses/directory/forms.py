from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

LARGEST = 2 * 1024 * 1024


class SignatoryForm(WagtailAdminModelForm):
    """The image has no address to link to, so it is shown as kept, replaced or removed."""

    remove_image = forms.BooleanField(label=gettext_lazy("Remove the image"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["image"].widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})
        if self.instance.image:
            self.fields["image"].help_text = _("An image is kept. Choose another to replace it.")
        else:
            self.fields["remove_image"].widget = forms.HiddenInput()

    def clean_image(self):
        image = self.cleaned_data.get("image")
        if image and hasattr(image, "content_type") and image.size > LARGEST:
            raise forms.ValidationError(_("Choose an image of less than 2 MB."))
        return image

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("remove_image"):
            cleaned["image"] = False  # what a file field takes for "clear"
        return cleaned
