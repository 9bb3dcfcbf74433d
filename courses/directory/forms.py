from django import forms
from django.utils.translation import gettext_lazy

from courses.desk import KeptPictureForm


class SignatoryForm(KeptPictureForm):
    picture = "image"
    kept = gettext_lazy("An image is kept. Choose another to replace it.")
    too_large = gettext_lazy("Choose an image of less than 2 MB.")

    remove_image = forms.BooleanField(label=gettext_lazy("Remove the image"), required=False)
    clean_image = KeptPictureForm.clean_picture
