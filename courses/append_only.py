from django.db import models


class AppendOnlyError(TypeError):
    """Raised when code tries to change or delete a row of the record."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed.")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted.")

    bulk_update = update

    def _erase(self, **blanks):
        """The one lawful exception, for an erasure (a test holds who may call it): blank these fields, or
        without any remove the rows. Returns how many."""
        if blanks:
            return super().update(**blanks)
        return super().delete()[1].get(self.model._meta.label, 0)


class AppendOnly(models.Model):
    """A row that is written once. Changing or deleting it raises AppendOnlyError."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted.")
