import pytest
from tests.people import *
from tests.factories import PASSWORD, make_site
@pytest.mark.django_db
def test_x(client, focal_point, settings):
    make_site()
    settings.STAFF_SECOND_FACTOR = True
    r = client.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD, "own_device": "no"})
    print(r.status_code, r["Location"], dict(client.session))
    r = client.get("/accounts/2fa/totp/activate/")
    print(r.status_code, r.get("Location"), dict(client.session))
    assert 0
