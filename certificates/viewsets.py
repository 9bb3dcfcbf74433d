"""The desk's screens for certificates and their designs. Registered by the site's hooks."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import SnippetViewSet

from certificates import deciding
from certificates.batches.desk import PrintCertificatesView, PrintRunsView
from certificates.correcting import NotPossible, correct, withdraw
from certificates.desk_forms import DesignForm, ReasonForm, WithdrawForm
from certificates.fitting import FONTS
from certificates.models import Certificate, Design
from certificates.sheet import FONT_FACES
from certificates.states import CertificateState
from certificates.views import pdf_response
from courses.catalogue.models import Course
from courses.desk import DecideView, KeptPolicy, ListedPolicy
from courses.desk_selection import Selectable
from courses.people.models import Agency
from courses.people.roles import may_manage_certificates
from courses.workshops.models import Registration

STILL_COUNTS = (CertificateState.IN_FORCE, CertificateState.EXPIRED)


def _certificates():
    return Certificate.objects.for_lists(timezone.localdate())


def _sha256(certificate):
    file = getattr(certificate, "file", None)
    return file and file.sha256


def _deeds(certificate):
    """(label, address, icon) of what may be done with a certificate now."""
    deeds = [(_("PDF"), "certificates:pdf", "download")]
    if certificate.state in STILL_COUNTS:
        deeds += [
            (_("Correct"), "certificates:correct", "edit"),
            (_("Withdraw"), "certificates:withdraw", "cross"),
        ]
    return [(label, reverse(name, args=[certificate.pk]), icon) for label, name, icon in deeds]


# --- Certificates -----------------------------------------------------------------------


class CertificateFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        field_name="state", label=gettext_lazy("Status"), choices=CertificateState.choices
    )
    course = django_filters.ModelChoiceFilter(
        field_name="completion__enrolment__course", label=gettext_lazy("Course"), queryset=Course.objects.all()
    )
    agency = django_filters.ModelChoiceFilter(
        method="of_agency", label=gettext_lazy("Agency then"), queryset=Agency.objects.all()
    )

    class Meta:
        model = Certificate
        fields = ["kind", "state", "course", "agency", "specimen"]

    def of_agency(self, queryset, name, agency):
        attended = Registration.objects.filter(attendances__agency=agency).values("uuid")
        return queryset.filter(Q(completion__agency=agency) | Q(attendance_basis__in=attended))


class CertificateIndexView(Selectable, generic.IndexView):
    deeds = [PrintCertificatesView]

    def get_base_queryset(self):
        return _certificates()

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        return buttons + [MenuItem(label, url=url, icon_name=icon) for label, url, icon in _deeds(instance)]


class CertificateInspectView(generic.InspectView):
    def get_object(self, queryset=None):
        return get_object_or_404(_certificates().prefetch_related("events"), pk=self.pk)

    def get_fields_context(self):
        certificate, facts = self.object, self.object.facts
        rows = [
            (_("Status"), CertificateState(certificate.state).label),
            (_("Name"), facts["name"]),
            (_("Agency"), facts["agency"] or _("left out")),
            (_("Kind"), certificate.get_kind_display()),
            (_("Workshop") if certificate.is_attendance else _("Course"), facts["course"]),
            (_("Hours"), facts["hours"]),
            (_("Took part") if certificate.is_attendance else _("Completed"), facts["completed_in_words"]),
            *([(_("Place"), facts["place"] or "–")] if certificate.is_attendance else []),
            (_("Issued"), facts["issued_in_words"]),
            (_("Valid until"), facts["valid_in_words"] or _("does not expire")),
            (_("Specimen"), _("Yes") if certificate.specimen else _("No")),
            (_("Code"), certificate.printed_code),
            (_("Replaces"), facts["replaces"] or "–"),
            (
                _("Replaced by"),
                certificate.replaced_by.number if certificate.state == CertificateState.REPLACED else "–",
            ),
            (
                _("SHA-256 of the PDF"),
                _sha256(certificate) or _("not drawn yet"),
            ),
            *[
                (
                    event.get_verb_display(),
                    f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}, {event.actor}. {event.reason}",
                )
                for event in certificate.events.all()
            ],
        ]
        return [{"label": label, "value": value, "component": None} for label, value in rows]

    @cached_property
    def header_more_buttons(self):
        return [Button(label, url=url, icon_name=icon) for label, url, icon in _deeds(self.object)]


class CertificateDecideView(DecideView):
    index_url_name = "certificates:index"
    header_icon = "doc-full"

    def may(self, user):
        return may_manage_certificates(user)

    def get_queryset(self):
        return _certificates()

    def get_page_subtitle(self):
        return f"{self.object.number}, {self.object.facts['name']}"

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except NotPossible:
            messages.error(
                self.request, _("Nothing changed: this certificate was withdrawn or replaced in the meantime.")
            )
            return redirect(self.index_url_name)


class WithdrawView(CertificateDecideView):
    form_class = WithdrawForm
    page_title = gettext_lazy("Withdraw a certificate")
    explanation = gettext_lazy(
        "From now on the public check says that it was withdrawn, with today's date. This cannot be undone."
    )
    button = gettext_lazy("Withdraw it")
    serious = True

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.object.is_attendance:
            del form.fields["with_completion"]
        return form

    def decide(self, certificate, form):
        withdraw(certificate, **form.cleaned_data, actor=self.request.user, at=self.at)
        return _("%(number)s is withdrawn.") % {"number": certificate.number}


class CorrectView(CertificateDecideView):
    form_class = ReasonForm
    page_title = gettext_lazy("Correct a certificate")
    explanation = gettext_lazy(
        "A new certificate replaces this one, with the person's name and the design as they are now. "
        "Change those first. Course or workshop, hours and dates stay."
    )
    button = gettext_lazy("Issue the corrected certificate")

    def decide(self, certificate, form):
        new = correct(certificate, **form.cleaned_data, actor=self.request.user, at=self.at)
        return _("%(new)s replaces %(old)s.") % {"new": new.number, "old": certificate.number}


def certificate_pdf(request, pk):
    if not may_manage_certificates(request.user):
        raise PermissionDenied
    return pdf_response(get_object_or_404(Certificate, pk=pk))


class CertificateViewSet(ModelViewSet):
    model = Certificate
    name = "certificates"
    icon = "doc-full"
    menu_label = gettext_lazy("Issued certificates")
    index_view_class = CertificateIndexView
    inspect_view_class = CertificateInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields = []
    list_display = [
        # By its name alone: only then does Wagtail set the row's buttons under it.
        "number",
        Column("name", label=gettext_lazy("Name"), accessor=lambda row: row.facts["name"]),
        Column("course", label=gettext_lazy("Course or workshop"), accessor=lambda row: row.facts["course"]),
        DateColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("Status"),
            accessor=lambda row: CertificateState(row.state).label,
            primary=lambda row: row.state == CertificateState.IN_FORCE,
        ),
    ]
    filterset_class = CertificateFilters
    search_fields = ["number", "facts__name", "person__full_name"]
    search_backend_name = None
    ordering = "-issued_at"
    permission_policy = ListedPolicy(Certificate)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("pdf/<int:pk>/", certificate_pdf, name="pdf"),
            path("correct/<int:pk>/", CorrectView.as_view(), name="correct"),
            path("withdraw/<int:pk>/", WithdrawView.as_view(), name="withdraw"),
            path("prints/", PrintRunsView.as_view(), name="prints"),
            path("print/", PrintCertificatesView.as_view(), name="print_many"),
            path("second-person/", deciding.SecondPersonView.as_view(), name="second_person"),
            path("second-person/<int:pk>/", deciding.ConfirmView.as_view(), name="confirm"),
        ]


# --- Designs ----------------------------------------------------------------------------


def font(request, name):
    """A font of the certificate, for the preview."""
    if name not in {file for _family, _weight, _style, file in FONT_FACES}:
        raise Http404
    response = FileResponse((FONTS / name).open("rb"), content_type="font/woff2")
    response["Cache-Control"] = "private, max-age=86400"
    return response


class DesignViewSet(SnippetViewSet):
    model = Design
    base_url_path = "certificate-designs"
    url_namespace = "certificate-designs"
    icon = "edit"
    menu_label = gettext_lazy("Designs")
    list_display = ["name", "kind", "title", "issuer", "language"]
    copy_view_enabled = False
    permission_policy = KeptPolicy(Design)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            MultiFieldPanel(
                [
                    FieldPanel("issuer"),
                    FieldPanel("programme"),
                    FieldPanel("title"),
                    FieldPanel("before_name"),
                    FieldPanel("wording"),
                    FieldPanel("language"),
                    FieldPanel("prefix"),
                ],
                heading=gettext_lazy("Words"),
            ),
            MultiFieldPanel(
                [FieldPanel("crest"), FieldPanel("remove_crest"), FieldPanel("ink"), FieldPanel("accent")],
                heading=gettext_lazy("Look"),
            ),
            InlinePanel("signatures", label=gettext_lazy("Signature"), max_num=2),
            InlinePanel("courses", label=gettext_lazy("Used for the course")),
        ],
        base_form_class=DesignForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("font/<str:name>", font, name="font")]


certificate_viewset = CertificateViewSet()
design_viewset = DesignViewSet()
