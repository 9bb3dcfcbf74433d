"""Code cards: how people without e-mail sign in. The focal point prints them; the code is kept nowhere.

What is kept is a hash by Django's password hashers, as for a password.
"""

import contextlib
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import codes
from courses.audit import log
from courses.choices import Approval, Role
from courses.people.ending import end_sessions
from courses.people.models import CodeCard, Person, User
from courses.people.phones import PhoneRefused, clean_phone
from courses.people.roles import belongs_to_staff, has_left
from courses.people.visibility import same_as

GROUPS = (4, 4, 4)
# Two agencies may give one service number, and two people share a telephone; more than this is a mistake.
MOST_CANDIDATES = 4


class Refusal(models.TextChoices):
    MERGED = "merged", _("merged into another record")
    REFUSED = "refused", _("was refused")
    LEFT = "left", _("has left")
    STAFF = "staff", _("has a role in running the site, and signs in with e-mail and a second step")
    NOTHING_TO_TYPE = "nothing_to_type", _("has neither a service number nor a telephone number here")


class CardRefused(Exception):
    """No card is printed; `reason` is a Refusal."""

    def __init__(self, reason):
        self.reason = Refusal(reason)
        super().__init__(reason)


def new_code():
    """Twelve signs in groups of four: 58 bits."""
    return codes.in_groups(codes.new_code(sum(GROUPS)), GROUPS)


def plain(code):
    """What somebody typed, as it was hashed: capitals, without spaces and dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def refusal(person, today):
    """Why this person gets no code card, a Refusal, or None. Asks nothing with the log-in brought along."""
    user = getattr(person, "user", None)
    if person.merged_into_id is not None:
        return Refusal.MERGED
    if person.approval == Approval.REFUSED:
        return Refusal.REFUSED
    if has_left(person, today):
        return Refusal.LEFT
    if belongs_to_staff(user):
        return Refusal.STAFF
    if not (person.service_number or person.phone):
        return Refusal.NOTHING_TO_TYPE
    return None


@transaction.atomic
def issue_card(person, *, actor, at):
    """Give a person a new code, and a log-in where there is none. A card in force stops, and its sessions end.

    Returns the code, which is in no other place. Raises CardRefused.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person = Person.objects.select_related("user").get(pk=person.pk)
    reason = refusal(person, timezone.localdate(at))
    if reason is not None:
        raise CardRefused(reason)
    if getattr(person, "user", None) is None:
        user = User(person=person, role=Role.TRAINEE)
        user.set_unusable_password()
        user.save()
    reprinted = _stop(person, at)
    code = new_code()
    card = CodeCard.objects.create(
        person=person, hash=make_password(plain(code)), issued_at=at, issued_by=str(actor or log.SYSTEM)
    )
    log.record("code card issued", person, actor=actor, at=at, card=card.pk, reprinted=reprinted)
    return code


@transaction.atomic
def revoke_card(person, *, actor, at):
    """Stop the card in force, also that of a merged record, and end every session. Whether there was one."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    stopped = _stop(person, at)
    if stopped:
        log.record("code card stopped", person, actor=actor, at=at)
    return stopped


def _stop(person, at):
    # A merged record's card opens this one's: whoever stops the person's card means that, too.
    stopped = CodeCard.objects.filter(person__in=same_as(person), revoked_at=None).update(revoked_at=at)
    if stopped:
        end_sessions(User.objects.filter(person__in=same_as(person)))
    return bool(stopped)


def card_in_force(person):
    """The card with which this person can sign in, the newest of those of merged records, or None."""
    return CodeCard.objects.filter(person__in=same_as(person), revoked_at=None).first()


def user_of(number, code, *, at):
    """The log-in whose card this is, or None.

    An unknown number costs as much as a wrong code: nobody learns by the clock who is trained here.
    """
    cards = list(_cards_of(number))
    for card in cards:
        if check_password(plain(code), card.hash):
            user = getattr(card.person, "user", None)
            if user is None or belongs_to_staff(user):
                return None
            CodeCard.objects.filter(pk=card.pk).update(last_used_at=at)
            return user
    if not cards:
        check_password(plain(code), _nobodys_hash())
    return None


def _cards_of(number):
    number = number.strip()
    wanted = Q(person__service_number__iexact=number)
    with contextlib.suppress(PhoneRefused):
        wanted |= Q(person__phone=clean_phone(number))
    cards = CodeCard.objects.filter(wanted, revoked_at=None) if number else CodeCard.objects.none()
    return cards.select_related("person__user", "person__merged_into").order_by("pk")[:MOST_CANDIDATES]


@lru_cache(maxsize=1)
def _nobodys_hash():
    return make_password(new_code())
