"""What Wagtail must be told so that a focal point can do her work: one group, made by us.

`roles.py` says who may do what; this is the part of it that Wagtail checks itself.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

FOCAL_POINT = "Focal point"

MODELS = {
    "wagtailadmin": ["access_admin"],
    "people": [
        "view_person",
        "add_person",
        "change_person",
        "view_agency",
        "add_agency",
        "change_agency",
        "view_sector",
        "add_sector",
        "change_sector",
        "view_namecorrection",
        "change_namecorrection",
        "change_signupsettings",
    ],
    "courses": [
        "view_course",
        "add_course",
        "change_course",
        "view_enrolment",
        "add_enrolment",
        "change_enrolment",
        "view_letter",
        "view_cohort",
        "add_cohort",
        "change_cohort",
        "view_invitation",
        "view_entry",
        "add_entry",
        "change_entry",
        "delete_entry",
        "view_signatory",
        "add_signatory",
        "change_signatory",
        "view_workshop",
        "add_workshop",
        "change_workshop",
        "view_workshoptopic",
        "add_workshoptopic",
        "change_workshoptopic",
        "view_bankquestion",
        "add_bankquestion",
        "change_bankquestion",
        "publish_bankquestion",
        "view_pocketcard",
        "add_pocketcard",
        "change_pocketcard",
        "view_tabletop",
        "add_tabletop",
        "change_tabletop",
        "delete_tabletop",
        "view_procedure",
        "add_procedure",
        "change_procedure",
        "change_procedureedition",
    ],
    "certificates": [
        "view_design",
        "add_design",
        "change_design",
        "view_certificate",
        "change_certificate",
        "change_refreshercall",
    ],
    "lms": ["change_sitetexts", "change_keepingtimes"],
}
# Wagtail's own review, whose readers nobody here is, and what it is called once the desk reads.
WAGTAILS_REVIEW = "Moderators approval"
REVIEW, READING = "a colleague", "Reading"
PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
FILES = {
    "wagtailimages": ["add_image", "change_image", "choose_image"],
    "wagtaildocs": ["add_document", "change_document", "choose_document"],
}


def focal_point_group():
    group = Group.objects.filter(name=FOCAL_POINT).first()
    return group or install_groups()


def install_groups():
    """Make or repair the group. Permissions whose tables do not exist yet come at the next call."""
    group, _created = Group.objects.get_or_create(name=FOCAL_POINT)
    group.permissions.set(_permissions(MODELS))
    root = Page.objects.filter(depth=1).first()
    for permission in _permissions({"wagtailcore": PAGES}) if root else []:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in _permissions(FILES) if collection else []:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    if root:
        _let_colleagues_read(group)
    return group


def _let_colleagues_read(group):
    """Whoever likes may ask a colleague at the desk to read a draft first; nobody has to."""
    Workflow.objects.filter(name=WAGTAILS_REVIEW).update(name=REVIEW)
    for task in GroupApprovalTask.objects.filter(name=WAGTAILS_REVIEW):
        task.name = READING
        task.save()
        task.groups.add(group)


def _permissions(codenames_by_app):
    wanted = Q(pk=None)
    for app, codenames in codenames_by_app.items():
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return list(Permission.objects.filter(wanted))
