from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from courses.choices import Role
from tests.factories import PASSWORD, make_cohort, make_registration, make_site, make_user, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def with_app(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


# --- Second factor ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["focal_point", "administrator"])
def test_the_desk_asks_staff_for_a_second_factor_first(request, client_of, settings, name):
    settings.STAFF_SECOND_FACTOR = True
    user = request.getfixturevalue(name)

    before = client_of(user).get("/admin/people/")
    after = client_of(with_app(user)).get("/admin/people/")

    assert (before.status_code, before["Location"]) == (
        302,
        "/accounts/2fa/totp/activate/?next=%2Fadmin%2Fpeople%2F",
    )
    assert after.status_code == 200


def test_a_post_without_second_factor_does_nothing(client_of, settings, focal_point, pending):
    settings.STAFF_SECOND_FACTOR = True

    client_of(focal_point).post(f"/admin/people/approve/{pending.person.pk}/")

    pending.person.refresh_from_db()
    assert pending.person.approval == "pending"


@pytest.mark.parametrize("name", ["facilitator", "supervisor_police"])
def test_figures_ask_staff_for_a_second_factor(request, client_of, settings, name):
    settings.STAFF_SECOND_FACTOR = True

    response = client_of(request.getfixturevalue(name)).get("/reports/")

    assert response["Location"] == "/accounts/2fa/totp/activate/?next=%2Freports%2F"


def test_pages_that_show_names_to_whoever_runs_something_ask_for_it_too(
    client_of, settings, facilitator, supervisor_police, constable
):
    settings.STAFF_SECOND_FACTOR = True
    workshop = make_workshop(facilitators=[facilitator.person])
    row = make_registration(workshop, constable.person)
    cohort = make_cohort(facilitator=facilitator.person)
    at = f"/workshops/{workshop.uuid}"
    leads, sends = client_of(facilitator), client_of(supervisor_police)

    for client, address in [
        (leads, f"{at}/people/"),
        (leads, f"{at}/door/"),
        (leads, f"/check-in/r/{row.uuid}/"),
        (leads, "/cohorts/"),
        (leads, f"/cohorts/{cohort.uuid}/"),
        (sends, f"{at}/team/"),
    ]:
        answer = client.get(address)
        asked = "/accounts/2fa/totp/activate/?" + urlencode({"next": address})
        assert (answer.status_code, answer.get("Location")) == (302, asked), address
    # What everybody has stays open, also to a supervisor who only comes to learn.
    assert sends.get(f"{at}/").status_code == 200
    with_app(facilitator)
    assert leads.get(f"{at}/people/").status_code == 200


def test_trainees_are_not_asked_and_see_no_figures(client_of, settings, constable):
    settings.STAFF_SECOND_FACTOR = True
    client = client_of(constable)

    assert client.get("/reports/").status_code == 403
    assert client.get("/accounts/password/change/").status_code == 200


def test_where_the_site_does_not_ask_staff_enter(client_of, settings, focal_point):
    settings.STAFF_SECOND_FACTOR = False

    assert client_of(focal_point).get("/admin/people/").status_code == 200


def test_the_page_that_sets_it_up_opens(client_of, settings, focal_point, client):
    settings.STAFF_SECOND_FACTOR = True
    client.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD, "own_device": "no"})

    asked = client.get("/accounts/2fa/totp/activate/")
    response = client.post(asked["Location"], {"password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accounts/2fa/totp/activate/", 302)]
    assert response.status_code == 200


# --- Who enters -------------------------------------------------------------------------

ADDRESSES = [
    "/admin/",
    "/admin/people/",
    "/admin/people/waiting/",
    "/admin/people/edit/1/",
    "/admin/pages/",
    "/admin/api/main/pages/",
    "/admin/bulk/wagtailcore/page/publish/?id=1",
    "/admin/images/",
    "/admin/account/",
    "/admin/login/",
]


@pytest.mark.parametrize("name", ["pending", "constable", "facilitator", "supervisor_police"])
def test_without_a_desk_role_every_admin_address_says_no(request, client_of, name):
    client = client_of(request.getfixturevalue(name))

    assert {client.get(address).status_code for address in ADDRESSES} == {403}
    assert {client.post(address).status_code for address in ADDRESSES} == {403}


def test_a_stranger_is_led_to_the_one_log_in(client):
    response = client.get("/admin/people/")

    assert response["Location"] == "/accounts/login/?next=/admin/people/"


@pytest.mark.parametrize("name", ["focal_point", "administrator"])
def test_the_desk_opens_for_its_roles(request, client_of, name):
    client = client_of(request.getfixturevalue(name))

    assert client.get("/admin/").status_code == 200


# --- Wagtail's own log-in ---------------------------------------------------------------


def test_wagtails_log_in_takes_no_password(client, administrator):
    response = client.post("/admin/login/", {"username": administrator.email, "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_its_name_leads_to_the_one_log_in_too(client):
    response = client.get(reverse("wagtailadmin_login") + "?next=/admin/people/")

    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2Fpeople%2F"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_it_carries_no_foreign_address_along(client, target):
    response = client.get("/admin/login/", {"next": target})

    assert response["Location"] == "/accounts/login/"


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/password_reset/confirm/x/y/"])
def test_wagtails_password_reset_is_ours(client, path):
    assert client.post(path, {"email": "a@example.org"})["Location"] == "/accounts/password/reset/"


def test_signing_out_of_the_desk_is_signing_out(client_of, focal_point):
    client = client_of(focal_point)

    response = client.post(reverse("wagtailadmin_logout"))

    assert response["Clear-Site-Data"] == '"cache"'
    assert client.get("/admin/").status_code == 302


# --- Nothing is kept --------------------------------------------------------------------


def test_what_a_signed_in_person_sees_is_not_stored(client_of, constable):
    response = client_of(constable).get("/accounts/password/change/")

    assert "no-store" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/people/", "/admin/pages/", "/admin/images/", "/admin/account/"]
)
def test_the_desk_loads_nothing_from_elsewhere(client_of, administrator, path):
    page = client_of(administrator).get(path).content.decode()

    assert "gravatar" not in page
    assert "releases.wagtail" not in page
    assert not [
        piece[:60]
        for attribute in ('src="', "src='", 'srcset="', 'action="', '<link rel="stylesheet" href="')
        for piece in page.split(attribute)[1:]
        if piece.startswith(("http:", "https:", "//"))
    ]


def test_a_bare_log_in_is_no_staff(client_of, settings):
    settings.STAFF_SECOND_FACTOR = True

    assert client_of(make_user(person=None, role=Role.TRAINEE)).get("/admin/").status_code == 403
