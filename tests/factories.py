"""Rows and pages for tests: make_x(**kwargs), each the plainest thing that works.

What is not given is made. Pages are published by their own gate, as authors publish them,
so that quizzes freeze their editions.
"""

import itertools
import json
import uuid
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from courses.attendance import signing_in
from courses.catalogue.models import Course, CourseIndexPage, CoursePage, LessonPage
from courses.choices import (
    Approval,
    AttendanceMark,
    AttendanceMethod,
    LetterState,
    Pool,
    Purpose,
    RegistrationWay,
    Role,
    Topic,
    WorkshopState,
)
from courses.directory.models import ContactRole, Entry, Signatory
from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.tabletop.models import TableTop
from courses.enrolment import enrolling, grouping, inviting
from courses.enrolment.cohorts import Cohort
from courses.mailing.models import Letter
from courses.people.groups import install_groups
from courses.people.models import Agency, Person, Post, Sector, User
from courses.people.roles import give_role
from courses.pocket_cards.models import PocketCard
from courses.progress.models import Completion, LessonDone
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage
from courses.transcript.recording import record_earlier
from courses.workshops import registering
from courses.workshops.models import Session, Workshop, WorkshopTopic
from lms.home.models import HomePage
from tests.blocks import (  # noqa: F401 - for those who write courses in tests
    block,
    case,
    choice,
    draw,
    ending,
    from_bank,
    list_item,
    matching,
    multiple,
    numeric,
    ordering,
    paragraph,
    quick_question,
    short,
    single,
    situation,
    true_false,
)

PASSWORD = "learn-and-protect"
_n = itertools.count(1)

# --- People -----------------------------------------------------------------------------


def make_sector(code="police", **kwargs):
    """The sector with this code; made when it is not there."""
    return Sector.objects.get_or_create(code=code, defaults={"name": code.title(), **kwargs})[0]


def make_agency(**kwargs):
    kwargs.setdefault("name", f"Agency {next(_n)}")
    kwargs.setdefault("sector", None)
    kwargs["sector"] = kwargs["sector"] or make_sector()
    return Agency.objects.create(**kwargs)


def make_post(**kwargs):
    kwargs.setdefault("name", f"Post {next(_n)}")
    if "agency" not in kwargs:
        kwargs["agency"] = make_agency()
    return Post.objects.create(**kwargs)


def make_person(**kwargs):
    """An approved person of a new agency. `sector="health"` makes it an agency of that sector."""
    sector = kwargs.pop("sector", None)
    kwargs.setdefault("full_name", f"Trainee {next(_n)}")
    kwargs.setdefault("approval", Approval.APPROVED)
    if "agency" not in kwargs:
        kwargs["agency"] = make_agency(sector=make_sector(sector) if isinstance(sector, str) else sector)
    elif sector:
        kwargs["sector"] = make_sector(sector) if isinstance(sector, str) else sector
    return Person.objects.create(**kwargs)


def make_user(**kwargs):
    """A log-in with a confirmed address, and a person unless `person` is given (None: a bare log-in)."""
    kwargs.setdefault("email", f"user{next(_n)}@example.org")
    if "person" not in kwargs:
        kwargs["person"] = make_person()
    role = kwargs.pop("role", Role.TRAINEE)
    until = kwargs.pop("role_until", None)
    password = kwargs.pop("password", PASSWORD)
    user = User(**kwargs)
    user.set_password(password)
    user.save()
    if user.email:
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if role != Role.TRAINEE:
        give_role(user, role, actor=None, at=timezone.now(), until=until)
    return user


# --- The site and its pages -------------------------------------------------------------


def publish(page):
    """Publish the page as it stands, through its gate. Returns it fresh from the database."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def _add(parent, page):
    parent = type(parent).objects.get(pk=parent.pk)  # its numchild and path as they are now
    page.live = False
    parent.add_child(instance=page)
    return publish(page)


def _plant(parent, page):
    """A page that holds the place of others, for whose history nobody asks: live, without a revision. Most
    tests need the two above every course, and publishing them is a tenth of the time of all tests."""
    parent = type(parent).objects.get(pk=parent.pk)
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def make_root():
    """The root of all pages, and a site. Wagtail's migrations make them; a test with real transactions
    empties the tables."""
    root = Page.objects.filter(depth=1).first()
    if root is None:
        make_locale("en")
        root = Page.add_root(title="Root", slug="root")
        if not Collection.objects.filter(depth=1).exists():
            Collection.add_root(name="Root")
        Site.objects.get_or_create(is_default_site=True, defaults={"root_page": root, "hostname": "localhost"})
        install_groups()
    return root


def make_site(**kwargs):
    """The site's front page, at its root: the one there is, or a new one."""
    home = HomePage.objects.first()
    if home is None:
        kwargs.setdefault("title", "Home")
        kwargs.setdefault("slug", "front")
        home = _plant(make_root(), HomePage(**kwargs))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
        )
        Site.clear_site_root_paths_cache()
    return home


def make_index_page(**kwargs):
    """The catalogue at /courses/: the one there is, or a new one."""
    index = CourseIndexPage.objects.first()
    if index is None:
        kwargs.setdefault("title", "Courses")
        kwargs.setdefault("slug", "courses")
        index = _plant(make_site(), CourseIndexPage(**kwargs))
    return index


def make_locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]


def make_course(**kwargs):
    """The lasting record of a course, whose content is approved."""
    n = next(_n)
    kwargs.setdefault("code", f"course-{n}")
    kwargs.setdefault("title", f"Course {n}")
    kwargs.setdefault("approved_by", "The Department")
    kwargs.setdefault("approved_on", timezone.localdate() if kwargs["approved_by"] else None)
    return Course.objects.create(**kwargs)


def make_course_page(course=None, modules=(), **kwargs):
    """A published course page. `modules`: see `set_outline`."""
    course = course or make_course()
    kwargs.setdefault("title", course.title)
    kwargs.setdefault("slug", course.code)
    page = _add(make_index_page(), CoursePage(course=course, **kwargs))
    return set_outline(page, modules) if modules else page


def make_lesson(course_page=None, blocks=None, **kwargs):
    """A published lesson with one paragraph, or the `blocks` given. Not yet in the outline."""
    n = next(_n)
    kwargs.setdefault("title", f"Lesson {n}")
    kwargs.setdefault("slug", f"lesson-{n}")
    body = json.dumps(blocks if blocks is not None else [paragraph("<p>Ask, listen, refer.</p>")])
    return _add(course_page or make_course_page(), LessonPage(body=body, **kwargs))


def make_quiz(course_page=None, questions=None, **kwargs):
    """A published quiz with two single-choice questions, or the blocks given."""
    n = next(_n)
    kwargs.setdefault("title", f"Quiz {n}")
    kwargs.setdefault("slug", f"quiz-{n}")
    kwargs.setdefault("purpose", Purpose.CHECK)
    kwargs.setdefault("pass_mark", 50)
    blocks = questions if questions is not None else [single(), single()]
    return _add(course_page or make_course_page(), QuizPage(questions=json.dumps(blocks), **kwargs))


def make_scenario(course_page=None, scenes=None, **kwargs):
    """A published scenario: a door with a right way, a way that warns the suspect, and a room behind it; or the
    scenes given."""
    n = next(_n)
    kwargs.setdefault("title", f"Scenario {n}")
    kwargs.setdefault("slug", f"scenario-{n}")
    kwargs.setdefault("content_note", "It mentions threats.")
    if scenes is None:
        scenes = [
            situation(
                "door",
                choice("Ask to speak alone", "room", 2),
                choice("Ask the man first", "repair", critical="alerts_suspect"),
                choice("Come back later", "end"),
            ),
            situation(
                "repair", choice("Take her aside now", "room", 1), choice("Leave it", "end"), step="recognise"
            ),
            situation("room", choice("Ask what she wants", "end", 2), choice("Decide", "end"), step="consent"),
            ending("end", text="She was heard.", text_if_missed="A step was missed."),
        ]
    return _add(course_page or make_course_page(), ScenarioPage(scenes=json.dumps(scenes), **kwargs))


def make_table_top(scenario=None, clauses=(), **kwargs):
    """An exercise for two agencies on a scenario as `make_scenario` makes it: each has a duty at the door, and
    Health one in the room. `clauses`: keys that the first duty cites."""
    cited = [list_item(key) for key in clauses]
    kwargs.setdefault("title", f"Table-top {next(_n)}")
    kwargs.setdefault("roles", [_role("Police"), _role("Health")])
    kwargs.setdefault(
        "duties",
        [
            _duty("Police", "door", "Moves the man out of sight", cited),
            _duty("Health", "door", "Asks about injuries"),
            _duty("Health", "room", "Treats her alone"),
        ],
    )
    inject = {"title": "A call", "text": "Somebody rings.", "to": "Health", "at": "room", "minute": 10}
    kwargs.setdefault("injects", [block("inject", **inject)])
    kwargs.setdefault("questions", [{"type": "question", "value": "Who was asked?", "id": str(uuid.uuid4())}])
    streams = {name: json.dumps(kwargs.pop(name)) for name in ("roles", "duties", "injects", "questions")}
    return TableTop.objects.create(scenario=scenario or make_scenario(), **streams, **kwargs)


def _role(agency):
    return block(
        "role", agency=agency, who="You are on duty.", knows="The road is closed.", can="You can call."
    )


def _duty(agency, at, text, clauses=()):
    return block("duty", agency=agency, at=at, text=text, clauses=list(clauses))


def make_module(*parts, code="C1", title="Module", sectors=(), summary="", objectives=()):
    """A module of an outline, for `set_outline`."""
    return {
        "type": "module",
        "id": str(uuid.uuid4()),
        "value": {
            "code": code,
            "title": title,
            "summary": summary,
            "objectives": list(objectives),
            "parts": [list_item(part.pk) for part in parts],
            "sectors": list(sectors),
        },
    }


def set_outline(course_page, modules):
    """Publish the course page with these modules (see `make_module`)."""
    course_page = CoursePage.objects.get(pk=course_page.pk)
    course_page.outline = json.dumps(list(modules))
    return publish(course_page)


def make_small_course(*, with_scenario=False, **kwargs):
    """A whole course: two lessons, a module check and a final test, all for everyone.

    Returns the course page; its parts are `page.lesson_pages`, `page.check` and `page.final`, and
    `page.scenario` where one is wanted.
    """
    page = make_course_page(**kwargs)
    lessons = [make_lesson(page, title="First lesson"), make_lesson(page, title="Second lesson")]
    check = make_quiz(page, title="Module check")
    final = make_quiz(page, title="Final test", purpose=Purpose.FINAL, review="test", pass_mark=80)
    drills = [make_scenario(page)] if with_scenario else []
    signs = make_module(*lessons, *drills, check, title="The signs")
    page = set_outline(page, [signs, make_module(final, code="F", title="Final test")])
    page.lesson_pages, page.check, page.final = lessons, check, final
    page.scenario = drills[0] if drills else None
    return page


# --- The bank ---------------------------------------------------------------------------


def make_bank_question(question=None, **kwargs):
    """A published question of the bank. `question`: a block such as single()."""
    question = question or single()
    value = {
        name: part
        for name, part in question["value"].items()
        if name not in ("topic", "difficulty", "objective", "critical", "sectors")
    }
    kwargs.setdefault("code", f"Q{next(_n)}")
    kwargs.setdefault("pool", Pool.CHECK)
    kwargs.setdefault("topic", Topic.INDICATORS)
    bank_question = BankQuestion(body=json.dumps([{**question, "value": value}]), live=False, **kwargs)
    bank_question.save()
    bank_question.save_revision().publish()
    return BankQuestion.objects.get(pk=bank_question.pk)


# --- What happened ----------------------------------------------------------------------


def make_enrolment(person=None, course=None, at=None, **kwargs):
    """The person starts the course. Other fields are set as given."""
    person = person or make_person()
    enrolment = enrolling.enrol(person, course or make_course(), actor=None, at=at or timezone.now())
    for name, value in kwargs.items():
        setattr(enrolment, name, value)
    enrolment.save()
    return enrolment


def make_lesson_done(enrolment, lesson, at=None, **kwargs):
    """The row alone: nothing is evaluated."""
    kwargs.setdefault("page_revision", lesson.live_revision_id)
    return LessonDone.objects.create(
        enrolment=enrolment,
        lesson_key=lesson.translation_key,
        title=lesson.title,
        at=at or timezone.now(),
        **kwargs,
    )


def make_completion(enrolment=None, at=None, **kwargs):
    """The row alone: no certificate hears of it."""
    enrolment = enrolment or make_enrolment()
    kwargs.setdefault("rule", enrolment.edition.rule)
    kwargs.setdefault("evidence", {"lessons": [], "quizzes": [], "minutes": 60})
    kwargs.setdefault("minutes", 60)
    return Completion.objects.create(
        enrolment=enrolment,
        at=at or timezone.now(),
        agency=enrolment.person.agency,
        **{**enrolment.person.as_now(), **kwargs},
    )


def make_letter(state=LetterState.FAILED, **kwargs):
    """The row alone: nothing is sent."""
    kwargs.setdefault("key", f"letter:{next(_n)}")
    kwargs.setdefault("address", "somebody@example.org")
    kwargs.setdefault("subject", "About your sign-up")
    kwargs.setdefault("body", "Dear you")
    kwargs.setdefault("posted_at", timezone.now())
    kwargs.setdefault("next_try_at", kwargs["posted_at"])
    return Letter.objects.create(state=state, **kwargs)


def make_cohort(people=(), **kwargs):
    """An open cohort of a new course, with these people in it."""
    n = next(_n)
    kwargs.setdefault("name", f"Cohort {n}")
    kwargs["course"] = kwargs.get("course") or make_course()
    cohort = grouping.open_cohort(Cohort(**kwargs), actor=None, at=timezone.now())
    if people:
        grouping.add_members(cohort, people, actor=None, at=timezone.now())
    return cohort


def make_invitation(address=None, at=None, **kwargs):
    """An invitation sent now. Its link is `inviting.token_of(invitation)`."""
    kwargs.setdefault("full_name", f"Invited Person {next(_n)}")
    address = address or f"invited{next(_n)}@example.org"
    return inviting.invite(address, actor=None, at=at or timezone.now(), **kwargs)


# --- Workshops --------------------------------------------------------------------------


def make_topic(name="Identifying victims"):
    return WorkshopTopic.objects.get_or_create(name=name)[0]


def make_workshop(days=1, starts_at=None, sessions=2, facilitators=(), **kwargs):
    """Open for registration; each day `sessions` of three hours. Begins today at nine, if not said."""
    starts_at = starts_at or timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    kwargs.setdefault("title", f"Workshop {next(_n)}")
    kwargs.setdefault("state", WorkshopState.OPEN)
    kwargs.setdefault("venue", "Police Training School")
    workshop = Workshop.objects.create(topic=kwargs.pop("topic", None) or make_topic(), **kwargs)
    for day in range(days):
        for n in range(sessions):
            begins = starts_at + timedelta(days=day, hours=4 * n)
            Session.objects.create(workshop=workshop, starts_at=begins, ends_at=begins + timedelta(hours=3))
    workshop.facilitators.set(facilitators)
    workshop.save()
    return Workshop.objects.get(pk=workshop.pk)


def make_registration(workshop=None, person=None, way=RegistrationWay.OFFICE, **kwargs):
    workshop = workshop or make_workshop()
    registration = registering.register(
        workshop, person or make_person(), way=way, actor=None, at=kwargs.pop("at", None) or timezone.now()
    )
    for name, value in kwargs.items():
        setattr(registration, name, value)
    registration.save()
    return registration


def make_attendance(registration, session=None, mark=AttendanceMark.PRESENT, at=None, **kwargs):
    """Found by name at the door, at the beginning of the session: the workshop's first if none is given."""
    session = session or registration.workshop.sessions.first()
    kwargs.setdefault("method", AttendanceMethod.NAME)
    sign_in = signing_in.SignIn(
        uuid.uuid4(), registration, session, mark=mark, at=at or session.starts_at, **kwargs
    )
    return signing_in.write(sign_in, author="Felix Facilitator", at=timezone.now()).attendance


def make_earlier_training(person=None, scan=b"", **kwargs):
    """A course of a day in 2018. `scan`: the content of a PDF."""
    facts = {"title": "First steps", "provider": "IOM", "held_on": date(2018, 5, 4), "minutes": 480, **kwargs}
    file = SimpleUploadedFile("scan.pdf", scan) if scan else None
    return record_earlier(person or make_person(), scan=file, actor=None, at=timezone.now(), **facts)[0]


# --- Directory --------------------------------------------------------------------------


def make_entry(**kwargs):
    kwargs.setdefault("role", ContactRole.HOTLINE)
    kwargs.setdefault("name", "National hotline")
    kwargs.setdefault("phone", "847")
    kwargs.setdefault("checked_on", timezone.localdate())
    return Entry.objects.create(**kwargs)


def make_pocket_card(sector="police", contacts=("emergency", "hotline"), **kwargs):
    """The card of a sector, with one of everything."""
    phrase = {"english": "You decide.", "spanish": "Usted decide.", "purpose": "To an adult."}
    kwargs.setdefault("steps", [("step", "Meet needs first.")])
    kwargs.setdefault("signs", [("sign", "One person answers for all.")])
    kwargs.setdefault("phrases", [("phrase", phrase)])
    kwargs.setdefault("note", "A sign is no proof.")
    contacts = [("contact", role) for role in contacts]
    return PocketCard.objects.create(sector=make_sector(sector), contacts=contacts, **kwargs)


def make_signatory(**kwargs):
    kwargs.setdefault("name", f"Signatory {next(_n)}")
    kwargs.setdefault("title", "Director")
    kwargs.setdefault("mandate_from", timezone.localdate().replace(month=1, day=1))
    return Signatory.objects.create(**kwargs)
