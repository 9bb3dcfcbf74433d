"""What every template may use: names, the hotline, the way to the desk."""

from collections import namedtuple
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from courses.directory import book
from courses.directory.models import ContactRole
from courses.people import devices
from courses.people.roles import may_enter_desk
from lms.home.texts import site_texts

ACCOUNT = "/accounts/"
Place = namedtuple("Place", "address says")


@dataclass(frozen=True)
class Strip:
    """Whom to call, from where this person works."""

    hotline: book.Line | None
    emergency: book.Line | None
    distress: book.Line | None
    # At a post abroad without numbers of its own, Saint Lucia's are shown with a warning.
    may_not_work: bool


def strip_for(post):
    hotline, emergency = (book.entry_for(role, post) for role in (ContactRole.HOTLINE, ContactRole.EMERGENCY))
    shown = [line for line in (hotline, emergency) if line is not None]
    return Strip(
        hotline=hotline,
        emergency=emergency,
        distress=book.entry_for(ContactRole.DISTRESS_HELPLINE, post),
        may_not_work=bool(post and post.abroad) and any(line.post_id is None for line in shown),
    )


def post_of(user):
    person = getattr(user, "person", None)
    return person.post if person else None


@cache
def _menu():
    """{address: whether the pages below it belong to it} of the main menu's items."""
    return {
        **dict.fromkeys((reverse("catalogue"), reverse("workshops"), reverse("verify"), ACCOUNT), True),
        **dict.fromkeys((reverse("home"), reverse("my_record"), reverse("account_login")), False),
        **{reverse("wagtail_serve", args=[page]): False for page in ("help/", "know-the-signs/")},
    }


def place_in_menu(path):
    """(address of the item of the main menu that a page belongs to, what `aria-current` says there)."""
    if path in _menu():
        return Place(path, "page")
    above = (address for address, has_below in _menu().items() if has_below and path.startswith(address))
    return Place(next(above, ""), "true")


def site(request):
    # A request refused early has no user yet.
    user = getattr(request, "user", None)
    return {
        "site_texts": SimpleLazyObject(site_texts),
        "strip": SimpleLazyObject(lambda: strip_for(post_of(user))),
        "own_device": SimpleLazyObject(lambda: hasattr(request, "session") and devices.is_own_device(request)),
        "here": place_in_menu(request.path),
        "at_desk": SimpleLazyObject(lambda: user is not None and may_enter_desk(user)),
    }
