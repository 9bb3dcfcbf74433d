"""Whose records may I see. Many-row questions about people are methods here."""

from django.apps import apps
from django.db import models

from courses.append_only import AppendOnlyQuerySet
from courses.choices import Approval, Role
from courses.people import roles


def same_as(person):
    """The keys of all records that are this person: their own, and those merged into it. For `__in`.

    `person`: the surviving record, or an OuterRef to one. A subquery, not a join with OR: evidence is
    found by its index on the person.
    """
    key = getattr(person, "pk", person)
    return _person().objects.filter(models.Q(pk=key) | models.Q(merged_into=key)).order_by().values("pk")


def _person():
    return apps.get_model("people", "Person")


class OfPerson(models.QuerySet):
    """What belongs to people: `of` is the one rule of whose it is, merged records included."""

    # The path to the person.
    owner = "person"

    def of(self, person):
        """The person's own, and those of records merged into this one."""
        return self.filter(**{f"{self.owner}__in": same_as(person)})


class OfPersonAppendOnly(OfPerson, AppendOnlyQuerySet):
    """The same for rows that are written once."""


class PersonQuerySet(models.QuerySet):
    def with_place(self):
        return self.select_related("agency__sector", "post", "sector")

    def current(self):
        return self.filter(merged_into=None)

    def pending(self):
        return self.current().filter(approval=Approval.PENDING)

    def visible_to(self, user):
        """The focal point sees all, a supervisor the own agency, a trainee the own record."""
        if roles.may_manage_people(user):
            return self
        if not user.is_authenticated or not user.is_active or user.person_id is None:
            return self.none()
        if roles.has_role(user, {Role.SUPERVISOR}) and user.person.agency_id is not None:
            return self.filter(agency_id=user.person.agency_id)
        return self.filter(pk=user.person.pk)
