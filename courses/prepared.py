"""Questions that almost every page asks: their SQL is worked out once in a process, and filled in each time.

Working it out takes Django several times as long as the database takes to answer.
"""

from copy import copy

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Value


class Blank(Value):
    """Stands in a queryset for a value that is given when it is asked; by default that of a key."""

    def __init__(self, name, output_field=None):
        super().__init__(None, output_field=output_field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled_in(self, values, connection):
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared:
    """`make()` gives a queryset with Blanks. Called with their values it gives the rows, like that queryset.

    What depends on anything but the Blanks (the time, the language) must not stand in the queryset.
    """

    def __init__(self, make):
        self.make, self.known = make, {}

    def __call__(self, **values):
        queryset, compiler, sql, params, converters = self._worked_out()
        connection = connections[DEFAULT_DB_ALIAS]
        filled = tuple(
            param.filled_in(values, connection) if isinstance(param, Blank) else param for param in params
        )
        asking, again = copy(compiler), queryset.all()
        asking.connection, asking.as_sql = connection, lambda: (sql, filled)
        asking.get_converters = lambda _columns: converters
        again.query.get_compiler = lambda *args, **kwargs: asking
        return list(again)

    def first(self, **values):
        """The first row or None. `make` says the order, and that one is enough."""
        return next(iter(self(**values)), None)

    def get(self, **values):
        """The one row. Raises DoesNotExist."""
        found = self.first(**values)
        if found is None:
            raise self._worked_out()[0].model.DoesNotExist
        return found

    def _worked_out(self):
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self.known:
            queryset = self.make()
            compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_more in compiler.select])
            self.known[vendor] = (queryset, compiler, sql, params, converters)
        return self.known[vendor]
