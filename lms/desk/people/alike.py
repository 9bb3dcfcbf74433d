"""The list "Same person?": records that may be one, walk-ins first, and what was said about a pair."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.audit import log
from courses.choices import RegistrationWay
from courses.desk import DeskScreen
from courses.desk_selection import whole_numbers
from courses.people import likeness, roles
from courses.people.models import NotTheSame, Person
from courses.workshops.models import Registration

PAIRS_A_PAGE = 25
WHY = {
    likeness.PHONE: gettext_lazy("the same telephone number"),
    likeness.NUMBER: gettext_lazy("the same service number"),
    likeness.NAME: gettext_lazy("the same name"),
    likeness.PART: gettext_lazy("one name is part of the other, in one agency"),
}


@dataclass(frozen=True)
class Shown:
    """A pair on the page: `person` is the one to be merged into `into`, if they are the same."""

    person: Person
    into: Person
    why: list
    is_walk_in: bool


def pairs_for(user):
    """Pairs that nobody has said are two people, those with a walk-in first. Three queries, however many
    people there are."""
    return sorted(_pairs(user), key=lambda pair: not (pair.one in pair.walk_ins or pair.other in pair.walk_ins))


@dataclass(frozen=True)
class _Open:
    one: int
    other: int
    why: tuple
    walk_ins: frozenset


def _pairs(user):
    people = Person.objects.visible_to(user).current().order_by("pk")
    found = likeness.alike(
        likeness.Record(*row)
        for row in people.values_list("pk", "full_name", "agency_id", "service_number", "phone")
    )
    answered = set(NotTheSame.objects.values_list("one_id", "other_id"))
    walked_in = Registration.objects.filter(way=RegistrationWay.WALK_IN, person__user=None)
    walk_ins = frozenset(walked_in.order_by().values_list("person_id", flat=True))
    return [
        _Open(pair.one, pair.other, pair.why, walk_ins)
        for pair in found
        if (pair.one, pair.other) not in answered
    ]


def others_like(person, user):
    """The keys of records that may be the same as this one."""
    found = set()
    for pair in _pairs(user):
        if person.pk in (pair.one, pair.other):
            found |= {pair.one, pair.other} - {person.pk}
    return found


def shown(pairs):
    """The pairs of a page, with their people, in one query."""
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    people = Person.objects.with_place().select_related("user").in_bulk(keys)
    return [_shown(people[pair.one], people[pair.other], pair) for pair in pairs]


def _shown(one, other, pair):
    # Who can sign in stays, then who is approved, then who was there first.
    person, into = sorted(
        [one, other], key=lambda each: (getattr(each, "user", None) is not None, each.is_approved, -each.pk)
    )
    walk_in = person.pk in pair.walk_ins or into.pk in pair.walk_ins
    return Shown(person, into, [WHY[why] for why in pair.why], walk_in)


@transaction.atomic
def keep_apart(one, other, *, actor, at):
    """Remember that two records are two people. Saying it again changes nothing. Whether it was new."""
    one, other = sorted([one, other], key=lambda each: each.pk)
    Person.objects.select_for_update(no_key=True).get(pk=one.pk)
    if NotTheSame.objects.filter(one=one, other=other).exists():
        return False
    NotTheSame.objects.create(one=one, other=other, author=str(actor or log.SYSTEM), at=at)
    log.record("not the same", one, actor=actor, at=at, other=other.pk, name=other.full_name)
    log.record("not the same", other, actor=actor, at=at, other=one.pk, name=one.full_name)
    return True


class SamePersonView(DeskScreen, TemplateView):
    template_name = "lms/desk/same_person.html"
    page_title = gettext_lazy("Same person?")
    header_icon = "group"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_context_data(self, **kwargs):
        listing = Paginator(pairs_for(self.request.user), PAIRS_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(listing=listing, pairs=shown(listing), panel=None, **kwargs)

    def post(self, request, *args, **kwargs):
        """Remember that a pair is two people."""
        keys = set(whole_numbers([request.POST.get("one", ""), request.POST.get("other", "")]))
        people = list(Person.objects.visible_to(request.user).current().filter(pk__in=keys))
        if len(people) != 2:
            messages.warning(request, _("One of the two is not in the list any more, so nothing changed."))
        elif keep_apart(*people, actor=request.user, at=timezone.now()):
            messages.success(
                request,
                _("%(one)s and %(other)s are not asked about again.") % {"one": people[0], "other": people[1]},
            )
        page = whole_numbers([request.POST.get("p", "")])
        return redirect(f"{request.path}?p={page[0]}" if page else request.path)
