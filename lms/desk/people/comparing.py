"""Two records side by side, before they are joined: what each has, and what joining would do."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.models import Certificate
from courses.enrolment.models import Enrolment
from courses.enrolment.setting_aside import open_in_both
from courses.people.cards import card_in_force
from courses.people.correcting import open_correction
from courses.workshops.models import Registration


def rows(person, into):
    """[(label, [what `person` has], [what `into` has], whether `into`'s stays alone), ...]."""
    mine, theirs = _told(person), _told(into)
    return [(label, has, theirs[label][0], stays) for label, (has, stays) in mine.items()]


def _told(person):
    """{label: ([lines], whether the surviving record's stays alone)}: what is not so is both's afterwards."""
    agency, post = person.agency, person.post
    return {
        _("Name"): ([person.full_name], True),
        _("Agency"): ([str(agency)] if agency else [], True),
        _("Post"): ([str(post)] if post else [], True),
        _("Job title or rank"): ([person.rank] if person.rank else [], True),
        _("Service number"): ([person.service_number] if person.service_number else [], True),
        _("Telephone"): ([person.phone] if person.phone else [], True),
        _("Approval"): ([person.get_approval_display()], True),
        _("Added"): ([date_format(timezone.localtime(person.created_at), "j F Y")], True),
        _("Signing in"): (_sign_in(person), False),
        _("Courses"): (_courses(person), False),
        _("Workshops"): (_workshops(person), False),
        _("Certificates"): (_certificates(person), False),
        _("Merged into it before"): ([one.full_name for one in person.merged.all()], False),
    }


def _sign_in(person):
    user = getattr(person, "user", None)
    told = []
    if user is not None and user.email:
        told.append(user.email)
    if user is not None and card_in_force(person):
        told.append(_("a code card"))
    if user is not None:
        told.append(_("Role: %(role)s.") % {"role": user.get_role_display()})
    return told or [_("cannot sign in")]


def _courses(person):
    found = Enrolment.objects.of(person).select_related("course").order_by("course__title", "cycle")
    return [f"{one.course}: {one.get_state_display()}" for one in found]


def _workshops(person):
    found = Registration.objects.of(person).select_related("workshop").order_by("-workshop_id")
    return [f"{one.workshop}: {one.get_state_display()}" for one in found]


def _certificates(person):
    found = Certificate.objects.of(person).order_by("-issued_at", "-pk")
    return [f"{number}: {course}" for number, course in found.values_list("number", "facts__course")]


def warnings(person, into):
    """What whoever joins these two should know, in sentences."""
    told = [
        _("%(course)s is open in both. It is gone on with as it stands in the record that stays; what was "
          "begun in the other is set aside, and kept.") % {"course": theirs.course}
        for theirs, _kept in open_in_both(person, into)
    ]  # fmt: skip
    registered = Registration.objects.of(into).values("workshop_id")
    for twice in Registration.objects.of(person).filter(workshop__in=registered).select_related("workshop"):
        told.append(
            _("Both are registered for %(workshop)s. Both rows stay on its sheet.")
            % {"workshop": twice.workshop}
        )
    if open_correction(person) and open_correction(into):
        told.append(_("Both ask for a correction of the name. Answer both."))
    for label, name in ((_("service number"), "service_number"), (_("telephone number"), "phone")):
        if getattr(person, name) and not getattr(into, name):
            told.append(
                _("The record that stays has no %(what)s. If it is the same, enter it there afterwards.")
                % {"what": label}
            )
    return told
