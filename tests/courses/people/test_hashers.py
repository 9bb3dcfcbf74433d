from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import override_settings

PRODUCTION = ["courses.people.hashers.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@override_settings(PASSWORD_HASHERS=PRODUCTION)
def test_a_password_is_hashed_with_what_owasp_asks_at_the_least():
    assert make_password("a long enough one").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@override_settings(PASSWORD_HASHERS=PRODUCTION)
def test_a_hash_of_another_strength_is_made_anew_when_its_person_signs_in():
    before, kept = Argon2PasswordHasher().encode("a long enough one", "somesaltsomesalt"), []
    assert check_password("a long enough one", before, setter=kept.append)
    assert kept == ["a long enough one"]
    assert not check_password("another", before, setter=kept.append)
