"""Who may do what: every such rule has its name here, and nowhere else.

Predicates take a log-in (User, also an anonymous one) or a Person and ask no database
beyond what the log-in brings along; the two about keys do, and say so.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from courses.audit import log
from courses.audit.models import AuditEntry
from courses.choices import Approval, Role
from courses.dates import add_months
from courses.people.ending import end_sessions
from courses.people.groups import focal_point_group

STAFF_ROLES = {Role.FACILITATOR, Role.SUPERVISOR, Role.AUDITOR, Role.FOCAL_POINT, Role.ADMINISTRATOR}
DESK_ROLES = {Role.FOCAL_POINT, Role.ADMINISTRATOR}
FIGURE_ROLES = {Role.AUDITOR, *DESK_ROLES}
# Whoever writes courses reads every answer key.
KEY_ROLES = DESK_ROLES
ROLE_GIVEN = "role given"
# For how long an auditor may look at most.
AUDITOR_MONTHS = 12


def has_role(user, roles):
    """Whether this log-in holds one of the roles today. A superuser is an administrator."""
    return user.is_authenticated and user.is_active and _holds(user, roles)


def _holds(user, roles):
    if user.role_until is not None and user.role_until < timezone.localdate():
        return False
    return user.role in roles or (user.is_superuser and Role.ADMINISTRATOR in roles)


def has_left(person, today):
    return person.left_on is not None and person.left_on <= today


def may_sign_in(user):
    """A log-in that was switched off, or whose person left or was refused, is no longer one."""
    if not user.is_active:
        return False
    person = user.person and user.person.counts_as
    return person is None or not (person.approval == Approval.REFUSED or has_left(person, timezone.localdate()))


def may_get_mail(person, today):
    """Somebody who was turned away or has left hears no more of us; a merged record stands for the other."""
    person = person.counts_as
    return not (person.approval == Approval.REFUSED or has_left(person, today))


def is_staff_role(user):
    return has_role(user, STAFF_ROLES)


def belongs_to_staff(user):
    """Whether a log-in, or None, has a role of staff today. Also one that is switched off: it may be switched
    on again. A role whose last day is over is none."""
    return user is not None and _holds(user, STAFF_ROLES)


def is_administrator(user):
    return has_role(user, {Role.ADMINISTRATOR})


def is_auditor(user):
    """Looks at figures and lists today, and changes nothing."""
    return has_role(user, {Role.AUDITOR})


def last_day_for_auditor(today):
    """The latest day until which the role can be given."""
    return add_months(today, AUDITOR_MONTHS)


def needs_second_factor(user):
    return settings.STAFF_SECOND_FACTOR and is_staff_role(user)


def may_enter_desk(user):
    return has_role(user, DESK_ROLES)


def may_write_courses(user):
    """Pages, pictures, documents, the bank of questions; so this log-in can see every key."""
    return has_role(user, DESK_ROLES)


def may_approve_content(user):
    return has_role(user, DESK_ROLES)


def may_manage_people(user):
    return has_role(user, DESK_ROLES)


def may_manage_certificates(user):
    return has_role(user, DESK_ROLES)


def may_take_archives(user):
    """The whole record in one file, sealed for the keys of the backups."""
    return has_role(user, DESK_ROLES)


def may_confirm_certificate(user, person):
    """As the second person: somebody with a record of their own, and not their own certificate."""
    if not may_manage_certificates(user) or user.person_id is None:
        return False
    return not is_oneself(user, person)


def may_grant_exceptions(user):
    return has_role(user, DESK_ROLES)


def may_decide_late_answers(user):
    """Whether answers count that came too late; never about one's own: see `is_oneself`."""
    return has_role(user, DESK_ROLES)


def may_repair_keys(user):
    """Put a wrong key right and have everybody's answers marked again; about one's own attempt somebody else
    decides: see `is_oneself`."""
    return has_role(user, DESK_ROLES)


def is_oneself(user, person):
    """Whether the log-in is this person's, or that of a record merged into it."""
    if user is None or user.person_id is None:
        return False
    # The log-in's record may be a merged one that stands on the surviving one: see PersonBackend.
    mine = {user.person_id, user.person.pk, user.person.merged_into_id} - {None}
    return bool(mine & {person.pk, person.merged_into_id})


def may_change_site(user):
    return has_role(user, DESK_ROLES)


def may_give_roles(user):
    return is_administrator(user)


def may_hand_over(user):
    """Prepare a hand-over from one who runs the site to the next, and take over what is open."""
    return has_role(user, DESK_ROLES)


def may_begin_hand_over(user, goes):
    """An administrator for anybody, who may be absent; a focal point for herself."""
    return may_hand_over(user) and (is_administrator(user) or is_oneself(user, goes))


def may_settle_hand_over(user, comes):
    """Give the rights and close the old access: an administrator, and never to themselves."""
    return is_administrator(user) and not is_oneself(user, comes)


def may_see_results(user):
    """Who did what and how: scores, attempts and answers of everybody."""
    return has_role(user, DESK_ROLES)


def may_see_keys(user):
    """What is right, beside somebody's answers. Whoever writes the questions knows it anyway."""
    return may_write_courses(user)


def may_see_questions(user):
    """How questions did: which answers were chosen, beside what is right."""
    return may_see_results(user) and may_see_keys(user)


def may_see_figures(user):
    """The overview and the coverage; a supervisor sees the own agency alone."""
    return has_role(user, {Role.SUPERVISOR, *FIGURE_ROLES})


def may_see_every_figure(user):
    """Figures of every agency, the lists behind them, registers and evidence; no answers and no scores of
    anybody."""
    return has_role(user, FIGURE_ROLES)


def may_invite_to_renew(user):
    """Ask people by mail to renew what lapses."""
    return has_role(user, DESK_ROLES)


def may_make_packs(user):
    """Freeze figures and send them out; correct a pack by another."""
    return has_role(user, DESK_ROLES)


def may_supervise(user, agency):
    """Status, dates and validity of this agency's people; never scores or answers."""
    if has_role(user, DESK_ROLES):
        return True
    if agency is None or not has_role(user, {Role.SUPERVISOR}) or user.person is None:
        return False
    return user.person.agency_id == agency.pk


def may_teach(user):
    """Workshops and sign-in sheets."""
    return has_role(user, {Role.FACILITATOR, Role.FOCAL_POINT, Role.ADMINISTRATOR})


def may_register_team(user):
    """Send people of the own agency to a workshop, and see which of them go."""
    return has_role(user, {Role.SUPERVISOR}) and user.person is not None and user.person.agency_id is not None


def may_run_every_workshop(user):
    """Plan, run and close any workshop; a facilitator has their own alone."""
    return has_role(user, DESK_ROLES)


def may_take_final(person):
    """A waiting person may study; the final test and the certificate open on approval."""
    return person.approval == Approval.APPROVED and not has_left(person, timezone.localdate())


def who_saw_keys():
    """Log-ins that can see the answer keys of tests, or once could: a key once read stays known.

    By their role now, and by the record of roles given.
    """
    given = AuditEntry.objects.filter(
        Q(facts__role__in=KEY_ROLES) | Q(facts__was__in=KEY_ROLES),
        verb=ROLE_GIVEN,
        object_type="people.user",
        # As text: what is no number in another row's key would fail where the whole column is cast.
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return get_user_model().objects.filter(Q(role__in=KEY_ROLES) | Q(is_superuser=True) | Exists(given))


def saw_keys(person):
    """Whether this person is certified only with a second person. Asks the database."""
    same = {person.pk, person.merged_into_id} - {None}
    return who_saw_keys().filter(Q(person__in=same) | Q(person__merged_into__in=same)).exists()


@transaction.atomic
def give_role(user, role, *, actor, at, until=None):
    """Change what a log-in may do: its role, its last day, Wagtail's group and the superuser mark together.

    `until`: the last day on which an auditor may look, at most a year away; other roles have none.
    Raises ValueError for a role that there is not, and for a day that cannot be.
    """
    user_model = get_user_model()
    role = Role(role)
    _check_last_day(role, until, timezone.localdate(at))
    locked = user_model.objects.select_for_update().get(pk=user.pk)
    was = locked.role
    locked.role, locked.role_until = role, until
    locked.is_superuser = locked.is_staff = role == Role.ADMINISTRATOR
    locked.save(update_fields=["role", "role_until", "is_superuser", "is_staff"])
    group = focal_point_group()
    if role == Role.FOCAL_POINT:
        locked.groups.add(group)
    else:
        locked.groups.remove(group)
    for name in ("role", "role_until", "is_superuser", "is_staff"):
        setattr(user, name, getattr(locked, name))
    # The permissions Django keeps on the object that was passed in are stale now.
    for cache in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(cache, None)
    facts = {"was": was, "role": role.value}
    if until is not None:
        facts["until"] = until.isoformat()
    log.record(ROLE_GIVEN, locked, actor=actor, at=at, **facts)
    if was != role:
        end_sessions([locked])
    return user


def _check_last_day(role, until, today):
    if role != Role.AUDITOR:
        if until is not None:
            raise ValueError("Only an auditor's role has a last day.")
    elif until is None or not today <= until <= last_day_for_auditor(today):
        raise ValueError("An auditor needs a last day, at most a year away.")
