"""Reading the national directory: whom to call, from where."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from courses.directory.models import ContactRole, Entry

CACHE_KEY = "directory"
# Another process may have changed the directory; this one hears of it after a minute.
CACHE_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """One entry, as pages show it."""

    role: str
    post_id: int | None
    name: str
    phone: str
    email: str
    note: str
    free_all_hours: bool
    checked_on: date | None

    @property
    def label(self):
        return ContactRole(self.role).label

    @property
    def dial(self):
        """The number as a telephone takes it: (758) 468-3754 becomes 7584683754."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign in "+*#")


def book():
    """Every line of the directory by (role, post id). The post id is None for Saint Lucia."""
    lines = caches["bodies"].get(CACHE_KEY)
    if lines is None:
        rows = Entry.objects.filter(role__in=ContactRole.values).values(*Line.__dataclass_fields__)
        lines = {(row["role"], row["post_id"]): Line(**row) for row in rows.order_by("role", "post_id")}
        caches["bodies"].set(CACHE_KEY, lines, CACHE_SECONDS)
    return lines


def entry_for(role, post=None):
    """The line for a role at a duty station, else the one for Saint Lucia, else None."""
    lines = book()
    return (lines.get((role, post.pk)) if post else None) or lines.get((role, None))


def entries_for(roles, post=None):
    """The lines for these roles, in the order asked for; roles without one are left out."""
    found = (entry_for(role, post) for role in roles)
    return [line for line in found if line is not None]


def station(post):
    """The post's id where the directory has lines of its own for it, else 0: for keys of cached pages."""
    return post.pk if post and any(post_id == post.pk for _role, post_id in book()) else 0


def stamp():
    """A short string that changes whenever the directory does, for keys of cached pages."""
    text = repr(sorted(book().items(), key=lambda item: (item[0][0], item[0][1] or 0)))
    return blake2s(text.encode(), digest_size=6).hexdigest()


# These stand here because only a process that imported this module can hold a stale book.
@receiver([post_save, post_delete], sender=Entry)
def forget_the_book(**kwargs):
    caches["bodies"].delete(CACHE_KEY)
