import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "Saint Lucia 2026!",
        "st-lucia-2026-ok",
        "Tr@ffick1ng 2026",
        "Policepolice123",
        "SOUFRIÈRE-2026-1",
        "G0vernment12345",
        "welcomewelcome!!",
        "short word",
        "password123456",
    ],
)
def test_what_anybody_here_would_guess_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "learn-and-protect",
        "nine green parrots",
        "the police car was painted yellow",
        "kabwit-ka-manjé-zèb",
        "ñ" * 5 + "Castries" + "quickfox",
    ],
)
def test_long_and_own_words_are_taken(password):
    validate_password(password)
