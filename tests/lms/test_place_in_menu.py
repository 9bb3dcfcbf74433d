import pytest
from django.urls import reverse

from lms.context import place_in_menu


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", ("/", "page")),
        ("/courses/", ("/courses/", "page")),
        ("/courses/slu-ctip/", ("/courses/", "true")),
        ("/accounts/login/", ("/accounts/login/", "page")),
        ("/accounts/email/", ("/accounts/", "true")),
        ("/my/record/", ("/my/record/", "page")),
        ("/help/", ("/help/", "page")),
        ("/help/elsewhere/", ("", "true")),
        ("/attempts/0/1/", ("", "true")),
    ],
)
def test_page_is_marked_in_the_menu_it_belongs_to(path, place):
    assert place_in_menu(path) == place


def test_account_is_above_what_the_menu_opens():
    assert place_in_menu(reverse("account_email")) == ("/accounts/", "true")
