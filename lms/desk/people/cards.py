"""Printing code cards, for one person or many, and stopping one."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.desk_selection import Group
from courses.people import card_sheet
from courses.people.cards import CardRefused, Refusal, issue_card, refusal, revoke_card
from courses.people.deciding import PersonView
from courses.people.models import CodeCard
from lms.desk.people.giving import ManyPeopleView

# Each code is hashed as a password is, which takes its time: six sheets of ten.
MOST_AT_ONCE = 60
ONLY_HERE = gettext_lazy(
    "The codes are in the file alone and are kept nowhere: print it at once, then delete it. A card that was "
    "in force stops, and whoever is signed in with it is signed out."
)


def as_answer(pdf):
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="cards.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class OfOnePersonView(PersonView):
    def get_back_url(self):
        return reverse("people:person", args=[self.object.pk])


class PrintCardView(OfOnePersonView):
    page_title = gettext_lazy("Print a code card")
    header_icon = "key"
    explanation = ONLY_HERE
    button = gettext_lazy("Yes, print the card")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        if refusal(self.object, timezone.localdate()) is not None:
            raise Http404

    def form_valid(self, form):
        try:
            # Drawn in the same transaction: a sheet that fails leaves the old card in force.
            with transaction.atomic():
                return self.decide(self.object, form)
        except CardRefused as refused:
            why = {"name": self.object, "why": refused.reason.label}
            messages.warning(self.request, _("No card was printed: %(name)s %(why)s.") % why)
            return redirect(self.get_back_url())

    def decide(self, person, form):
        """The file, in place of a message."""
        code = issue_card(person, actor=self.request.user, at=self.at)
        return as_answer(card_sheet.draw([card_sheet.card_of(person, code)], self.request))


class StopCardView(OfOnePersonView):
    page_title = gettext_lazy("Stop the code card")
    header_icon = "cross"
    explanation = gettext_lazy(
        "For a card that was lost or given to somebody else. Nobody can sign in with it any more, and whoever "
        "is signed in is signed out. You can print a new one."
    )
    button = gettext_lazy("Yes, stop it")
    serious = True

    def decide(self, person, form):
        if revoke_card(person, actor=self.request.user, at=self.at):
            return _("The card of %(name)s is stopped.") % {"name": person}
        return _("%(name)s had no card in force.") % {"name": person}


class PrintCardsView(ManyPeopleView):
    name = "cards"
    label = gettext_lazy("Print code cards…")
    url_name = "people:print_cards"
    looks_first = False
    page_title = gettext_lazy("Print code cards")
    explanation = ONLY_HERE
    button = gettext_lazy("Yes, print the cards")

    def get_queryset(self):
        return super().get_queryset().select_related("user")

    def groups(self, answers):
        return [group for group in self.plan() if group.rows]

    def plan(self):
        new, again, later, cannot = (
            Group(_("Get a card")),
            Group(_("Get a new card, and the old one stops")),
            Group(_("Left for the next time: %(n)d cards are printed at once") % {"n": MOST_AT_ONCE}),
            Group(_("Get no card")),
        )
        today = timezone.localdate(self.at)
        have = CodeCard.objects.filter(revoked_at=None).filter(
            Q(person__in=self.rows) | Q(person__merged_into__in=self.rows)
        )
        have = set(have.values_list(Coalesce("person__merged_into_id", "person_id"), flat=True))
        for person in self.rows:
            why = refusal(person, today)
            if why is not None:
                cannot.rows.append((person, why.label))
            elif len(new.rows) + len(again.rows) >= MOST_AT_ONCE:
                later.rows.append((person, person.agency))
            else:
                (again if person.pk in have else new).rows.append((person, person.agency))
        return [new, again, later, cannot]

    def decide(self, answers):
        new, again, _later, cannot = self.plan()
        printed = []
        for person in sorted((row for row, _note in new.rows + again.rows), key=lambda row: row.full_name):
            try:
                code = issue_card(person, actor=self.request.user, at=self.at)
            except CardRefused as refused:
                cannot.rows.append((person, Refusal(refused.reason).label))
            else:
                printed.append(card_sheet.card_of(person, code))
        if not printed:
            self.say_left_out(cannot)
            return None
        return as_answer(card_sheet.draw(printed, self.request))
