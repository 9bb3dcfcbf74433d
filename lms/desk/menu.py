"""The desk's menu in plain words: Courses, Questions, Workshops, People, Certificates, Site."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from certificates.viewsets import certificate_viewset, design_viewset
from courses.catalogue.viewsets import course_viewset
from courses.directory.viewsets import entry_viewset, signatory_viewset
from courses.drills.tabletop.viewsets import table_top_viewset
from courses.enrolment.viewsets import enrolment_viewset
from courses.mailing.viewsets import letter_viewset
from courses.people import roles
from courses.people.viewsets import agency_viewset, sector_viewset
from courses.procedures.viewsets import procedure_viewset
from courses.workshops.viewsets import topic_viewset, workshop_viewset
from lms.desk.cohorts.invitations import invitation_viewset
from lms.desk.cohorts.viewset import cohort_viewset
from lms.desk.names import name_correction_viewset
from lms.desk.people.viewset import person_viewset

# Wagtail's own entries that are found elsewhere here, or that only administrators need.
MOVED = {"explorer", "images", "documents", "snippets"}
FOR_ADMINISTRATORS = {"reports", "help"}


class WriterItem(MenuItem):
    def is_shown(self, request):
        return roles.may_write_courses(request.user)


class AdministratorItem(MenuItem):
    def is_shown(self, request):
        return roles.is_administrator(request.user)


class PeopleItem(MenuItem):
    def is_shown(self, request):
        return roles.may_manage_people(request.user)


class ResultsItem(MenuItem):
    def is_shown(self, request):
        return roles.may_see_results(request.user)


class FiguresItem(MenuItem):
    """The reports are pages of the site: the way back is the browser's, or the site's own menu."""

    def is_shown(self, request):
        return roles.may_see_every_figure(request.user)


class CoursesGroup(ViewSetGroup):
    menu_label = _("Courses")
    menu_name = "courses"
    menu_icon = "folder-open-1"
    menu_order = 100
    items = (course_viewset, procedure_viewset)

    def get_submenu_items(self):
        pages = WriterItem(_("Course pages"), reverse_lazy("desk_courses"), icon_name="folder-open-1", order=0)
        new = WriterItem(_("Write something new"), reverse_lazy("desk_new"), icon_name="plus-inverse", order=-1)
        results = ResultsItem(_("Results"), reverse_lazy("results"), icon_name="table", order=900)
        return [new, pages, *super().get_submenu_items(), results]


class WorkshopsGroup(ViewSetGroup):
    menu_label = _("Workshops")
    menu_name = "workshops"
    menu_icon = "calendar-alt"
    menu_order = 250
    items = (workshop_viewset, topic_viewset)

    def get_submenu_items(self):
        # Exercises are a snippet, which Wagtail registers by itself.
        return [*super().get_submenu_items(), table_top_viewset.get_menu_item(order=90)]


class PeopleGroup(ViewSetGroup):
    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 300
    items = (
        person_viewset,
        enrolment_viewset,
        cohort_viewset,
        invitation_viewset,
        name_correction_viewset,
        letter_viewset,
        agency_viewset,
        sector_viewset,
    )

    def get_submenu_items(self):
        waiting = WriterItem(
            _("Waiting for approval"), reverse_lazy("people:waiting"), icon_name="user", order=0
        )
        same = WriterItem(_("Same person?"), reverse_lazy("people:same"), icon_name="group", order=1)
        imports = [
            WriterItem(_("Import people"), reverse_lazy("desk_imports"), icon_name="upload", order=910),
            WriterItem(
                _("Import a paper register"),
                reverse_lazy("desk_import_new", args=["register"]),
                icon_name="upload",
                order=920,
            ),
        ]
        return [waiting, same, *super().get_submenu_items(), *imports]


class CertificatesGroup(ViewSetGroup):
    menu_label = _("Certificates")
    menu_name = "certificates"
    menu_icon = "doc-full"
    menu_order = 400
    items = (certificate_viewset,)

    def get_submenu_items(self):
        waiting = WriterItem(
            _("Waiting for a second person"),
            reverse_lazy("certificates:second_person"),
            icon_name="user",
            order=1,
        )
        prints = WriterItem(_("Print runs"), reverse_lazy("certificates:prints"), icon_name="download", order=1)
        # Designs are a snippet, which Wagtail registers by itself.
        return [*super().get_submenu_items(), prints, waiting, design_viewset.get_menu_item(order=2)]


# Among the desk's groups, after the certificates.
FIGURES_ITEM = FiguresItem(
    _("Figures"), reverse_lazy("reports_overview"), name="figures", icon_name="table", order=450
)
# Beside Wagtail's settings, in its menu that is called "Site" here.
SITE_ITEMS = [
    WriterItem(_("All pages"), reverse_lazy("desk_pages"), name="pages", icon_name="folder-open-1", order=10),
    WriterItem(
        _("Pictures"), reverse_lazy("wagtailimages:index"), name="pictures", icon_name="image", order=20
    ),
    WriterItem(
        _("Documents"), reverse_lazy("wagtaildocs:index"), name="files", icon_name="doc-full-inverse", order=30
    ),
    AdministratorItem(
        _("Is the site in order?"), reverse_lazy("desk_doctor"), name="doctor", icon_name="help", order=900
    ),
]
SITE_VIEWSETS = [entry_viewset, signatory_viewset]


def style_sheet():
    """Hook insert_global_admin_css."""
    return format_html('<link rel="stylesheet" href="{}">', static("lms/desk.css"))


def show_plain_menu(request, items):
    """Hook construct_main_menu."""
    hidden = MOVED if roles.is_administrator(request.user) else MOVED | FOR_ADMINISTRATORS
    items[:] = [item for item in items if item.name not in hidden]
    for item in items:
        if item.name == "settings":
            item.label = _("Site")
