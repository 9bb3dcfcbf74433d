from django.urls import reverse

from courses.directory.models import ContactRole, Entry

PAGE = "/admin/doctor/"


def test_what_is_wrong_stands_first(client_of, administrator):
    Entry.objects.create(role=ContactRole.HOTLINE, name="Hotline")
    response = client_of(administrator).get(PAGE)
    verdicts = [line["finding"].verdict for line in response.context["lines"]]
    assert verdicts == sorted(verdicts, reverse=True)
    assert "1 entry of the directory was not checked for a year." in response.text
    assert "Mail server" not in response.text


def test_plain_words_come_first_and_technical_ones_are_folded_away(client_of, administrator, settings):
    settings.SECURE_SSL_REDIRECT = False
    page = client_of(administrator).get(PAGE).text
    plainly, folded = page.index("is not led to the safe connection"), page.index("(security.W008)")
    assert plainly < page.index("<details>", plainly) < folded


def test_other_machines_are_asked_at_a_press(client_of, administrator):
    page = client_of(administrator).post(PAGE).text
    assert "Mail does not leave this machine." in page
    assert "The site does not answer at" in page


def test_the_menu_has_it_for_administrators(client_of, administrator, focal_point):
    assert reverse("desk_doctor") == PAGE
    assert PAGE in client_of(administrator).get("/admin/").text
    assert PAGE not in client_of(focal_point).get("/admin/").text
    assert client_of(focal_point).get(PAGE).status_code in (302, 403)
