"""The pages that anybody reaches are good pages, with the cast's own browser."""

import pytest
from django.urls import reverse

from tests.browser import assert_good_page, go, sign_in, tab_order
from tests.factories import make_site

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_doors_are_good_pages(visit, name):
    make_site()
    go(visit, reverse(name))
    assert_good_page(visit)


def test_signing_in_by_keyboard_reaches_the_field_first(visit):
    make_site()
    go(visit, reverse("account_login"))
    reached = tab_order(visit)
    assert reached.index("login") < reached.index("password")


@pytest.mark.parametrize("js", [True, False])
def test_a_constable_signs_in(open_tab, constable, js):
    make_site()
    tab = open_tab(js=js)
    sign_in(tab, constable)
    assert tab.url.endswith(reverse("home"))
    assert tab.locator("h1").count() == 1
