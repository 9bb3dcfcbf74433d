"""A person's own pocket card: the page, which is also what a device keeps and what is printed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.people.guard import person_required
from courses.pocket_cards.reading import card_of, stamp_for
from courses.pocket_cards.stamping import stamp_of

__all__ = ["my_card", "stamp_for"]


@require_GET
@person_required
def my_card(request):
    person = request.person
    card = card_of(person)
    lines = card.lines(person.post) if card else []
    return render(
        request,
        "lms/offline/card.html",
        {
            "person": person,
            "card": card,
            "lines": lines,
            "clauses": card.cited() if card else [],
            "post": person.post,
            "stamp": stamp_of(lines) if card else "",
            "now": timezone.now(),
        },
    )
