"""Whose records may I see. Many-row questions about people are methods here."""

from django.db import models

from courses.choices import Approval, Role
from courses.people import roles


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
        return self.filter(pk=user.person_id)
