"""The form of Wagtail's pictures: what is uploaded is drawn anew before it is kept."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.images.forms import BaseImageForm

from courses.pictures import Undrawable, drawn_anew


class PictureForm(BaseImageForm):
    def _clean_fields(self):
        """Wagtail counts the dots of a picture with Pillow, which stops at a bomb: an error 500 otherwise."""
        try:
            super()._clean_fields()
        except DecompressionBombError:
            self.add_error("file", _("This picture has too many dots. Make it smaller and try once more."))

    def clean_file(self):
        """Pictures have a public address: where they were taken must not travel with them."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        try:
            return drawn_anew(upload)
        except Undrawable:
            raise forms.ValidationError(
                _("This picture cannot be opened. Save it anew as JPEG or PNG and try once more.")
            ) from None


class AvatarForm(AvatarPreferencesForm):
    def clean_avatar(self):
        """Wagtail keeps small ones as they come; they lie where pictures of pages do."""
        avatar = super().clean_avatar()
        if not isinstance(avatar, UploadedFile):
            return avatar
        try:
            return drawn_anew(avatar)
        except Undrawable:
            raise forms.ValidationError(_("Choose a PNG or JPEG picture.")) from None


def draw_avatars_anew():
    AvatarSettingsPanel.form_class = AvatarForm
