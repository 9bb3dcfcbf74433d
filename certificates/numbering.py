from django.db import transaction

from certificates.codes import AVOIDED, check_character
from certificates.models import NumberSeries


@transaction.atomic
def take_number(prefix, year):
    """The next number of the year, taken under a row lock and never given again."""
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)
    while True:
        series.last += 1
        number = f"{prefix}-{year}-{series.last:05d}"
        check = check_character(number)
        if check not in AVOIDED:
            series.save(update_fields=["last"])
            return f"{number}-{check}"
