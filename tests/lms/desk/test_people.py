import csv
import datetime
import io

import pytest
from django.core import mail
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval, EnrolmentState, Role
from courses.enrolment.models import Enrolment
from courses.people.models import Agency, NameCorrection, Person, Sector
from tests.factories import make_agency, make_course, make_person, make_post, make_sector, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def person_form(person, **changes):
    return {
        "full_name": person.full_name,
        "agency": person.agency_id,
        "post": person.post_id or "",
        "sector": "",
        "rank": person.rank,
        "service_number": "",
        "sex": "",
        "language": "en",
        "agency_on_certificate": "on",
        "left_on": "",
        **changes,
    }


# --- The menu and the first page --------------------------------------------------------


def test_the_first_page_says_who_waits(desk, pending):
    page = desk.get("/admin/").content.decode()

    assert "1 person waits for approval" in page
    assert 'href="/admin/people/waiting/"' in page


def menu_names(user, rf):
    from wagtail.admin.menu import admin_menu

    request = rf.get("/admin/")
    request.user = user
    return [
        item.name for item in sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    ]


def test_the_focal_points_menu_is_short(focal_point, rf):
    names = ["courses", "questions", "workshops", "people", "certificates", "figures", "settings"]
    assert menu_names(focal_point, rf) == names


def test_every_entry_of_the_menu_leads_somewhere(desk, focal_point, rf):
    from wagtail.admin.menu import admin_menu

    request = rf.get("/admin/")
    request.user = focal_point
    links = []
    for item in admin_menu.menu_items_for_request(request):
        menu = getattr(item, "menu", None)
        links += [str(sub.url) for sub in menu.menu_items_for_request(request)] if menu else [str(item.url)]

    assert len(links) >= 15
    assert {desk.get(link, follow=True).status_code for link in links} == {200}


def test_the_administrator_also_sees_reports_and_users(administrator, rf, client_of):
    assert {"reports", "help"} <= set(menu_names(administrator, rf))
    assert client_of(administrator).get("/admin/users/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/",
        "/admin/groups/new/",
        "/admin/sites/",
        "/admin/locales/",
        "/admin/people/role/1/",
    ],
)
def test_the_focal_point_has_no_hand_on_users_and_groups(desk, focal_point, path):
    path = path.replace("/1/", f"/{focal_point.person.pk}/")

    assert desk.get(path).status_code in (302, 403)
    assert desk.post(path, {"role": "administrator"}).status_code in (302, 403)
    focal_point.refresh_from_db()
    assert (focal_point.role, focal_point.is_superuser) == (Role.FOCAL_POINT, False)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/desk/courses/",
        "/admin/desk/pages/",
        "/admin/people/",
        "/admin/people/new/",
        "/admin/people/waiting/",
        "/admin/people/waiting/results/",
        "/admin/people/results/",
        "/admin/people/assign/",
        "/admin/people/withdraw/",
        "/admin/agencies/",
        "/admin/agencies/new/",
        "/admin/sectors/",
        "/admin/enrolments/",
        "/admin/enrolments/assign/",
        "/admin/name-corrections/",
        "/admin/directory/",
        "/admin/directory/new/",
        "/admin/signatories/",
        "/admin/signatories/new/",
        "/admin/certificates/",
        "/admin/certificates/second-person/",
        "/admin/certificate-designs/",
        "/admin/course-records/",
        "/admin/course-records/new/",
        "/admin/snippets/courses/bankquestion/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/settings/lms/sitetexts/",
        "/admin/settings/lms/keepingtimes/",
        "/admin/settings/people/signupsettings/",
    ],
)
def test_the_focal_points_screens_open(desk, path):
    assert desk.get(path, follow=True).status_code == 200


# --- Approving --------------------------------------------------------------------------


def test_looking_at_the_page_approves_nobody(desk, pending):
    page = desk.get(f"/admin/people/approve/{pending.person.pk}/")

    pending.person.refresh_from_db()
    assert page.status_code == 200
    assert pending.person.approval == Approval.PENDING


def test_one_is_approved_after_confirming(desk, pending):
    desk.post(f"/admin/people/approve/{pending.person.pk}/")

    pending.person.refresh_from_db()
    assert pending.person.approval == Approval.APPROVED
    assert len(mail.outbox) == 1


def test_refusing_wants_a_reason(desk, pending):
    page = desk.post(f"/admin/people/refuse/{pending.person.pk}/", {"reason": ""})
    pending.person.refresh_from_db()
    without = pending.person.approval

    desk.post(f"/admin/people/refuse/{pending.person.pk}/", {"reason": "Unknown to the agency"})

    pending.person.refresh_from_db()
    assert (page.status_code, without, pending.person.approval) == (200, Approval.PENDING, Approval.REFUSED)


def test_an_absent_person_is_not_found(desk):
    assert desk.get("/admin/people/approve/99999/").status_code == 404


def test_the_administrator_gives_a_role(client_of, administrator, constable):
    client_of(administrator).post(f"/admin/people/role/{constable.person.pk}/", {"role": "facilitator"})

    constable.refresh_from_db()
    assert constable.role == Role.FACILITATOR


# --- Editing ----------------------------------------------------------------------------


def test_editing_a_person_changes_no_privilege(desk, constable):
    person = constable.person
    response = desk.post(
        f"/admin/people/edit/{person.pk}/",
        person_form(
            person,
            full_name="Constance  Joseph-Félicien",
            approval="refused",
            merged_into="1",
            uuid="11111111-1111-1111-1111-111111111111",
            user="1",
            role="administrator",
            is_superuser="on",
        ),
    )

    was = person.uuid
    person.refresh_from_db()
    constable.refresh_from_db()
    assert response.status_code == 302
    assert person.full_name == "Constance Joseph-Félicien"
    assert (person.approval, person.merged_into, person.uuid) == (Approval.APPROVED, None, was)
    assert (constable.role, constable.is_superuser, constable.person_id) == (Role.TRAINEE, False, person.pk)


@pytest.mark.parametrize("name", ["Ann\u202eBell", "<b>Ann</b>", "=1+1"])
def test_the_desk_refuses_what_is_no_name(desk, constable, name):
    response = desk.post(
        f"/admin/people/edit/{constable.person.pk}/", person_form(constable.person, full_name=name)
    )

    assert list(response.context["form"].errors) == ["full_name"]


def test_the_desk_refuses_a_post_of_another_agency(desk, constable, hospital):
    post = make_post(agency=hospital)

    response = desk.post(
        f"/admin/people/edit/{constable.person.pk}/", person_form(constable.person, post=post.pk)
    )

    assert list(response.context["form"].errors) == ["post"]


def test_whom_the_focal_point_enters_is_approved(desk, police):
    blank = Person(full_name="Walk Inn", agency=police)

    response = desk.post("/admin/people/new/", person_form(blank))

    assert response.status_code == 302
    assert Person.objects.get(full_name="Walk Inn").approval == Approval.APPROVED


@pytest.mark.parametrize("name", ["focal_point", "administrator"])
def test_nobody_deletes_people_agencies_or_sectors(request, client_of, name, constable):
    client = client_of(request.getfixturevalue(name))
    for path in ["people/delete/{}", "agencies/delete/{}", "sectors/delete/{}"]:
        client.post(f"/admin/{path}/".format(constable.person.pk))
        client.post(f"/admin/{path}/".format(constable.person.agency_id))

    assert Person.objects.filter(pk=constable.person.pk).exists()
    assert Agency.objects.filter(pk=constable.person.agency_id).exists()
    assert Sector.objects.filter(code="police").exists()


def test_a_sectors_code_does_not_change(desk):
    sector = make_sector("police")

    desk.post(
        f"/admin/sectors/edit/{sector.pk}/", {"name": "The police", "code": "cops", "order": "1", "retired": ""}
    )

    sector.refresh_from_db()
    assert (sector.name, sector.code) == ("The police", "police")


def posts_form(agency, *posts, delete=()):
    form = {
        "name": agency.name,
        "short_name": "",
        "sector": agency.sector_id,
        "headcount": "",
        "posts-TOTAL_FORMS": len(posts),
        "posts-INITIAL_FORMS": len([post for post in posts if post.pk]),
        "posts-MIN_NUM_FORMS": 0,
        "posts-MAX_NUM_FORMS": 1000,
    }
    for n, post in enumerate(posts):
        form |= {f"posts-{n}-id": post.pk or "", f"posts-{n}-name": post.name, f"posts-{n}-headcount": ""}
        if post in delete:
            form[f"posts-{n}-DELETE"] = "on"
    return form


def test_a_post_with_people_is_not_removed(desk, constable):
    agency, post = constable.person.agency, constable.person.post

    response = desk.post(f"/admin/agencies/edit/{agency.pk}/", posts_form(agency, post, delete=[post]))

    assert response.status_code == 200
    assert "cannot be removed" in response.content.decode()
    assert list(agency.posts.all()) == [post]


def test_an_empty_post_is_removed(desk, police):
    post = make_post(agency=police)

    desk.post(f"/admin/agencies/edit/{police.pk}/", posts_form(police, post, delete=[post]))

    assert police.posts.count() == 0


# --- The list ---------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 20, 100])
def test_the_list_asks_the_database_a_constant_number_of_times(desk, police, n, django_assert_max_num_queries):
    for _ in range(n):
        make_user(person=make_person(agency=police))
    desk.get("/admin/people/")

    with django_assert_max_num_queries(25):
        desk.get("/admin/people/")


def test_it_finds_by_name_and_address_and_filters(desk, constable, nurse, pending):
    def found(**query):
        return {person.full_name for person in desk.get("/admin/people/", query).context["object_list"]}

    assert found(q="nadege") | found(q="Nadège") >= {"Nadège St. Prix"}
    assert found(q=constable.email) == {"Constance Joseph"}
    assert found(approval="pending") == {"Perpetua Waiting"}
    assert found(role="focal_point") == {"Francine Focal"}
    assert found(user__password__startswith="p", _connector="OR") == found()


def test_the_sheet_runs_no_formula_and_names_no_sex_or_number(desk, police):
    make_person(agency=police, full_name="Ann Bell", rank="=HYPERLINK(1)", service_number="SN-77", sex="female")

    response = desk.get("/admin/people/", {"export": "csv"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert ["Ann Bell", police.name, "Police", "", "'=HYPERLINK(1)", "Approved", "", "never"] in rows
    assert "SN-77" not in text
    assert "emale" not in text
    assert AuditEntry.objects.filter(verb="people exported").count() == 1


# --- Courses, requests, names -----------------------------------------------------------


def course_form(course, **changes):
    return {
        "title": course.title,
        "code": course.code,
        "neutral_title": course.neutral_title,
        "enrolment": course.enrolment,
        "needs_lessons": "on",
        "needs_checks": "on",
        "needs_final": "on",
        "validity_months": "",
        "approved_by": "",
        "approved_on": "",
        **changes,
    }


def test_content_is_approved_by_name_and_day(desk, focal_point):
    course = make_course(approved_by="", approved_on=None)
    half = desk.post(
        f"/admin/course-records/edit/{course.pk}/", course_form(course, approved_by="The Director")
    )

    desk.post(
        f"/admin/course-records/edit/{course.pk}/",
        course_form(course, code="other", approved_by="The Director", approved_on="2026-11-01"),
    )

    was = course.code
    course.refresh_from_db()
    assert half.status_code == 200
    assert (course.approved_by, course.approved_on, course.code) == (
        "The Director",
        datetime.date(2026, 11, 1),
        was,
    )
    assert AuditEntry.objects.get(verb="content approved").actor_id == focal_point.pk


def test_a_course_is_assigned_to_an_agency(desk, police, constable, colleague, nurse, pending):
    course = make_course()
    colleague.person.left_on = timezone.localdate()
    colleague.person.save()

    desk.post(
        "/admin/enrolments/assign/",
        {"course": course.pk, "agency": police.pk, "person": "", "due_on": "2099-01-31"},
    )

    rows = set(Enrolment.objects.values_list("person__full_name", "due_on"))
    due = datetime.date(2099, 1, 31)
    assert rows == {("Constance Joseph", due), ("Perpetua Waiting", due)}


def test_assigning_wants_a_person_or_an_agency(desk, police, constable):
    both = {"course": make_course().pk, "agency": police.pk, "person": "Constance Joseph", "due_on": ""}

    assert desk.post("/admin/enrolments/assign/", both).status_code == 200
    assert desk.post("/admin/enrolments/assign/", {**both, "agency": "", "person": ""}).status_code == 200
    assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("typed", ["constance joseph", "Constance@example.org", "THÉODORA  ÉMILE"])
def test_a_person_is_found_by_the_whole_name_or_address_and_is_named(desk, constable, typed):
    other = make_person(full_name="Théodora Émile", agency=constable.person.agency)
    person = other if typed.startswith("T") else constable.person
    given = {"course": make_course().pk, "agency": "", "person": typed, "due_on": ""}

    shown = desk.post("/admin/enrolments/assign/", given, follow=True)

    assert Enrolment.objects.get().person == person
    assert f"Assigned to {person.full_name}." in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("C", "More than one person fits: Cletus Charles (cletus@example.org), Constance Joseph"),
        ("Joseph", "One person fits: Constance Joseph (constance@example.org). Enter the whole name"),
        ("Theodora", "More than one person fits: Théodora Émile (The Guard)"),
        (
            "théodora émile",
            "has this name: Théodora Émile (The Guard), Théodora Émile (The Guard). Enter the e-mail",
        ),
        ("Nobody", "Nobody who can get a course has this name or address."),
    ],
)
def test_a_name_that_leads_to_nobody_or_to_several_is_asked_again(desk, constable, colleague, typed, told):
    guard = make_agency(name="The Guard")
    for _n in range(2):
        make_person(full_name="Théodora Émile", agency=guard)
    given = {"course": make_course().pk, "agency": "", "person": typed, "due_on": ""}

    assert told in desk.post("/admin/enrolments/assign/", given).content.decode()
    assert Enrolment.objects.count() == 0


def request_of(person, course):
    from courses.enrolment.enrolling import enrol

    return enrol(person, course, actor=None, at=timezone.now())


def test_a_request_is_accepted_once(desk, constable):
    enrolment = request_of(constable.person, make_course(enrolment="request"))

    first = desk.post(f"/admin/enrolments/accept/{enrolment.pk}/")
    second = desk.post(f"/admin/enrolments/decline/{enrolment.pk}/")

    enrolment.refresh_from_db()
    assert (first.status_code, second.status_code, enrolment.state) == (302, 404, EnrolmentState.ACTIVE)


def test_a_request_is_declined(desk, constable):
    enrolment = request_of(constable.person, make_course(enrolment="request"))

    desk.post(f"/admin/enrolments/decline/{enrolment.pk}/")

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.REFUSED


def test_the_lists_lead_to_the_decisions(desk, constable):
    """Wagtail sets a row's buttons only under a first column that is given by its name."""
    enrolment = request_of(constable.person, make_course(enrolment="request"))
    wish = NameCorrection.objects.create(person=constable.person, wanted="Josèph", asked_at=timezone.now())

    enrolments, names = (
        desk.get(f"/admin/{name}/").content.decode() for name in ("enrolments", "name-corrections")
    )

    assert f'href="/admin/enrolments/accept/{enrolment.pk}/"' in enrolments
    assert f'href="/admin/enrolments/decline/{enrolment.pk}/"' in enrolments
    assert f'href="/admin/name-corrections/decide/{wish.pk}/"' in names


def test_nobody_edits_enrolments_by_form(desk, client_of, administrator, constable):
    enrolment = request_of(constable.person, make_course())

    for client in [desk, client_of(administrator)]:
        assert client.get(f"/admin/enrolments/edit/{enrolment.pk}/").status_code in (302, 403)
        assert client.get("/admin/enrolments/new/").status_code in (302, 403)


@pytest.mark.parametrize(("decision", "name"), [("accept", "Constance Josèph"), ("refuse", "Constance Joseph")])
def test_a_name_is_corrected_or_not(desk, constable, decision, name):
    wish = NameCorrection.objects.create(
        person=constable.person, wanted="Constance Josèph", asked_at=timezone.now()
    )

    page = desk.get("/admin/name-corrections/")
    desk.post(f"/admin/name-corrections/decide/{wish.pk}/", {"decision": decision})

    constable.person.refresh_from_db()
    assert page.status_code == 200
    assert constable.person.full_name == name
    assert desk.get(f"/admin/name-corrections/decide/{wish.pk}/").status_code == 404


def test_the_list_offers_every_deed_on_many(desk):
    names = [deed.name for deed in desk.get("/admin/people/").context["deeds"]]

    assert names == ["assign", "withdraw", "cohort", "invite", "cards", "print"]
