"""The people who run the site: their second step, and whether one of them could be missed."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.choices import Role
from courses.people import roles
from courses.people.holding import holding
from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok


class SecondStep(Check):
    name = "second_step"
    title = gettext_lazy("Second step")

    def look(self, at):
        if not settings.STAFF_SECOND_FACTOR:
            return [
                look(
                    _("Staff may sign in with a password alone."),
                    _("Set STAFF_SECOND_FACTOR=true in .env, and say so."),
                )
            ]
        staff = holding(roles.STAFF_ROLES, also_superusers=True)
        without = sum(not user.has_second_step for user in staff)
        if not without:
            return [ok(_("All staff have a second step."))]
        says = ngettext(
            "%(n)s of the staff has no second step yet, and cannot work at the desk.",
            "%(n)s of the staff have no second step yet, and cannot work at the desk.",
            without,
        )
        return [
            look(says % {"n": without}, _("They set it up when they sign in next. Remove roles nobody uses."))
        ]


class Succession(Check):
    name = "succession"
    title = gettext_lazy("Succession")

    def look(self, at):
        if not holding({Role.ADMINISTRATOR}, also_superusers=True):
            return [broken(_("Nobody is administrator."), _("Make one: manage.py setup_site."))]
        focal_points = len(holding({Role.FOCAL_POINT}))
        if focal_points > 1:
            return [ok(_("More than one person can run the training."))]
        says = (
            _("Only one person is focal point. If that person is away, nobody runs the training.")
            if focal_points
            else _("Nobody is focal point.")
        )
        return [look(says, _("An administrator gives the role to a deputy: on the desk, under People."))]
