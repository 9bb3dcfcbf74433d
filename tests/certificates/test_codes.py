import random

import pytest

from certificates import codes


def test_a_number_ends_with_its_iso_7064_mod_37_2_check_character():
    # The worked example of the standard's use in blood donation numbers: G123 498 654 321 H.
    assert codes.check_character("G123498654321") == "H"
    assert codes.is_well_formed("G123 498 654 321-H")


@pytest.fixture
def number():
    return "SL-2026-00417-" + codes.check_character("SL-2026-00417")


def test_every_single_wrong_character_is_found(number):
    plain = number.replace("-", "")
    for place in range(len(plain)):
        for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if other != plain[place]:
                assert not codes.is_well_formed(plain[:place] + other + plain[place + 1 :])


def test_every_swap_of_neighbours_is_found():
    for serial in random.Random(7).sample(range(100_000), 300):
        body = f"SL2026{serial:05d}"
        plain = body + codes.check_character(body)
        for place in range(len(plain) - 1):
            a, b = plain[place], plain[place + 1]
            if a != b and "*" not in (a, b):
                assert not codes.is_well_formed(plain[:place] + b + a + plain[place + 2 :])


@pytest.mark.parametrize("typed", ["sl-2026-00417-{}", " SL 2026 00417 {}", "SL202600417{}"])
def test_a_number_is_read_however_it_is_typed(number, typed):
    assert codes.clean_number(typed.format(number[-1].lower())) == number


@pytest.mark.parametrize("typed", ["", "hello", "2026-00417-K", "SL-26-1-K", "SL-2026-00417"])
def test_what_is_no_number_is_nothing(typed):
    assert codes.clean_number(typed) == ""


def test_codes_are_random_readable_and_printed_in_groups():
    made = {codes.new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert not set("".join(made)) & set("01OIL")
    assert codes.printed_code("7QK429HMX3") == "7QK4-29HM-X3"
    assert codes.clean_code(" 7qk4 29hm-x3") == "7QK429HMX3"
    assert [codes.clean_code(text) for text in ("", "7QK4-29HM", "0QK429HMX3", "' OR 1=1")] == [""] * 4


def test_tokens_hold_at_least_128_bits():
    assert len(codes.new_token()) * 6 >= 128
    assert len({codes.new_token() for _ in range(100)}) == 100
