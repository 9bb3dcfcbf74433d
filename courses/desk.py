"""What the admin screens of every area share."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy


class KeptPolicy(ModelPermissionPolicy):
    """Rows that evidence hangs on: nobody deletes them, not even an administrator."""

    refused = {"delete"}

    def user_has_permission(self, user, action):
        return action not in self.refused and super().user_has_permission(user, action)


class ListedPolicy(KeptPolicy):
    """Rows that verbs alone write: the screens only show them."""

    refused = {"add", "change", "delete"}


class DecideView(WagtailAdminTemplateMixin, FormView):
    """One deed on one row: a page that says what will happen, and a POST that does it.

    Give `queryset`, `may(user)`, the words, and `decide(obj, form)`, which calls the verb
    and returns the message.
    """

    form_class = forms.Form
    template_name = "people/desk/decide.html"
    index_url_name = None
    explanation = ""
    button = ""
    serious = False

    def may(self, user):
        raise NotImplementedError

    def decide(self, obj, form):
        raise NotImplementedError

    def get_queryset(self):
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        if not self.may(request.user):
            raise PermissionDenied
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        self.at = timezone.now()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object, back_url=reverse(self.index_url_name), panel=None, **kwargs
        )

    def form_valid(self, form):
        messages.success(self.request, self.decide(self.object, form))
        return redirect(self.index_url_name)
