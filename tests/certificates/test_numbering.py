from certificates import codes
from certificates.models import NumberSeries
from certificates.numbering import take_number


def test_numbers_rise_within_a_year_and_each_checks_itself(db):
    numbers = [take_number("SL", 2026) for _ in range(80)]
    assert len(set(numbers)) == 80
    assert numbers == sorted(numbers)
    assert all(codes.is_well_formed(number) for number in numbers)
    assert not {number[-1] for number in numbers} & set("*OI")


def test_each_year_and_prefix_counts_for_itself(db):
    # 00001 of this year would check with "O": it is passed over.
    assert take_number("SL", 2026) == "SL-2026-00002-Y"
    assert take_number("SL", 2027).startswith("SL-2027-0000")
    assert take_number("AT", 2026).startswith("AT-2026-0000")
    assert NumberSeries.objects.count() == 3
