"""The four signs on the wall by which people sign in to one session."""

from django.db import transaction

from courses import codes
from courses.workshops.models import Session, Workshop

# Nothing that is read as something else (0 O, 1 I L, 2 Z, 5 S, 8 B, V U), and no vowels: no words.
ALPHABET = "CDFGHJKMNPQRTWXY34679"
LENGTH = 4


@transaction.atomic
def give_wall_codes(workshop):
    """Give each session of the workshop that has none a code that no other session has. Codes given stay."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    for session in Session.objects.filter(workshop=workshop, wall_code=""):
        code = _new_code()
        while Session.objects.filter(wall_code=code).exists():
            code = _new_code()
        session.wall_code = code
        session.save(update_fields=["wall_code"])


def _new_code():
    return codes.new_code(LENGTH, ALPHABET)
