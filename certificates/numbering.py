from django.db import transaction

from certificates.codes import AVOIDED, check_character
from certificates.models import NumberSeries


def take_number(prefix, year):
    """The next number of the year, taken under a row lock and never given again."""
    (number,) = take_numbers(prefix, year, 1)
    return number


@transaction.atomic
def take_numbers(prefix, year, count):
    """The next numbers of the year, all under one lock."""
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)
    numbers = []
    while len(numbers) < count:
        series.last += 1
        number = f"{prefix}-{year}-{series.last:05d}"
        check = check_character(number)
        if check not in AVOIDED:
            numbers.append(f"{number}-{check}")
    series.save(update_fields=["last"])
    return numbers
