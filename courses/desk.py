"""What the admin screens of every area share."""

from abc import ABC, abstractmethod

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from courses.pictures import Undrawable, drawn_anew


class KeptPolicy(ModelPermissionPolicy):
    """Rows that evidence hangs on: nobody deletes them, not even an administrator."""

    refused = {"delete"}

    def user_has_permission(self, user, action):
        return action not in self.refused and super().user_has_permission(user, action)


class ListedPolicy(KeptPolicy):
    """Rows that verbs alone write: the screens only show them."""

    refused = {"add", "change", "delete"}


class KeptPictureForm(WagtailAdminModelForm):
    """A picture in private storage has no address to link to: it is shown as kept, replaced or removed.

    Give `picture`, the field's name; a BooleanField `remove_<picture>`; and
    `clean_<picture> = KeptPictureForm.clean_picture`.
    """

    LARGEST = 2 * 1024 * 1024
    picture = ""
    kept = gettext_lazy("A picture is kept. Choose another to replace it.")
    too_large = gettext_lazy("Choose a picture of less than 2 MB.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.picture]
        field.widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})
        if getattr(self.instance, self.picture):
            field.help_text = self.kept
        else:
            self.fields[f"remove_{self.picture}"].widget = forms.HiddenInput()

    def clean_picture(self):
        upload = self.cleaned_data.get(self.picture)
        if upload and hasattr(upload, "content_type"):
            if upload.size > self.LARGEST:
                raise forms.ValidationError(self.too_large)
            self.check_upload(upload)
            try:
                return drawn_anew(upload)
            except Undrawable:
                raise forms.ValidationError(gettext("Choose a PNG or JPEG picture.")) from None
        return upload

    def check_upload(self, upload):
        """Raise ValidationError for a file that is no use."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(f"remove_{self.picture}"):
            cleaned[self.picture] = False  # what a file field takes for "clear"
        return cleaned


class DeskScreen(WagtailAdminTemplateMixin, ABC):
    """A screen of ours in the desk's frame, behind one predicate."""

    @abstractmethod
    def may(self, user):
        """Whether this log-in may be here."""

    def prepare(self, **kwargs):
        """Find what the screen is about; called only for those who may be here."""

    def dispatch(self, request, *args, **kwargs):
        if not self.may(request.user):
            raise PermissionDenied
        self.prepare(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        # Its own name at the top, where Wagtail would say only "Home".
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]


class DecideView(DeskScreen, FormView):
    """One deed on one row: a page that says what will happen, and a POST that does it.

    Give the words and the abstract methods.
    """

    form_class = forms.Form
    template_name = "people/desk/decide.html"
    index_url_name = None
    explanation = ""
    button = ""
    serious = False

    @abstractmethod
    def get_queryset(self):
        """The rows on which it may be done now."""

    @abstractmethod
    def decide(self, obj, form):
        """Call the verb and return the message."""

    def prepare(self, **kwargs):
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        self.at = timezone.now()

    def get_page_subtitle(self):
        return str(self.object)

    def get_back_url(self):
        """Where the deed leads, and the way out without it."""
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs):
        return super().get_context_data(object=self.object, back_url=self.get_back_url(), panel=None, **kwargs)

    def form_valid(self, form):
        messages.success(self.request, self.decide(self.object, form))
        return redirect(self.get_back_url())
