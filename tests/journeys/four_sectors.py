"""From signing up to a checked certificate: the same story for each sector, two with script and two without."""

from django.core import mail
from django.utils import timezone

from certificates.models import Certificate
from courses.catalogue.models import CoursePage
from courses.catalogue.reading import lesson_page
from courses.choices import Purpose
from courses.enrolment.models import Enrolment
from courses.people.approving import approve
from courses.people.models import User
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.progress.standing import Standing
from courses.quizzes.pages import QuizPage
from tests.answering import take
from tests.journeys.study import Trainee, fresh_email

PEOPLE = {
    "police": ("Kervin Jn. Baptiste", "Constable", "P1"),
    "diplomatic": ("Éloïse Du Boulay", "Consul", "D1"),
    "health": ("Shanelle Marie Joseph", "Staff nurse", "H1"),
    "civil": ("Bernadette Ti-Jean", "Social worker", "S1"),
}
# One with script and one without read the module of their own sector and fail the final test once; the police
# officer also reads the first module that all have in common. The others come to the final test at once. Every
# lesson is looked at in `test_good_pages`, and the whole path is walked in `test_study` without a browser.
READ = {"police": {"C1", "P1"}, "civil": {"S1"}}


def walk(national, sector, *, js):
    name, rank, module = PEOPLE[sector]
    context = national.browser.new_context(
        service_workers="block",
        base_url=national.server.url,
        java_script_enabled=js,
        viewport={"width": 360, "height": 740},
        accept_downloads=True,
    )
    context.set_default_timeout(20_000)
    trainee, email = Trainee(context.new_page()), fresh_email()
    tab = trainee.tab

    # Signs up, proves the address, and studies while waiting
    mail.outbox.clear()
    trainee.sign_up(name=name, email=email, agency=national.agencies[sector].name, rank=rank)
    trainee.confirm_address(mail.outbox[-1])
    trainee.sign_in(email)
    assert "waiting for approval" in tab.content()
    trainee.start_course()
    person = User.objects.get(email=email).person
    have_studied_the_rest(person, but=READ.get(sector, ()))
    trainee.study_until_final()
    assert "opens when the training team has approved" in tab.content()

    # Approved: the final test opens; the first time it is failed
    person.refresh_from_db()
    approve(person, actor=national.focal_point, at=timezone.now())
    if sector in READ:
        trainee.start_final()
        trainee.take(right=False, answered=3)
        assert "You have not passed yet" in tab.content()
        assert not Completion.objects.filter(enrolment__person=person).exists()

    # Passes; the questions were drawn from the whole path
    trainee.start_final()
    attempt = trainee.take(right=True)
    assert "You passed" in tab.content()
    modules = {item.module for item in attempt.items.all()}
    assert modules == {"C1", "C2", "C3", "C4", "C5", module}
    assert attempt.items.filter(critical=True).count() >= 3
    completion = Completion.objects.get(enrolment__person=person)
    assert (completion.sector_code, completion.rank) == (sector, rank)

    # Downloads the certificate
    certificate = Certificate.objects.get(completion=completion)
    tab.goto("/my/record/")
    assert certificate.number in tab.content()
    pdf = context.request.get(f"{national.server.url}/certificates/{certificate.number}.pdf")
    assert pdf.ok
    assert pdf.body() == bytes(certificate.file.pdf)
    assert pdf.body().startswith(b"%PDF")

    # A stranger checks it, and gets nothing else
    stranger = national.browser.new_context(
        base_url=national.server.url, java_script_enabled=js, service_workers="block"
    )
    other = stranger.new_page()
    other.goto(f"/v/{certificate.short_code}/")
    assert name in other.inner_text("main")
    assert email not in other.content()
    assert national.agencies[sector].name not in other.inner_text("main")
    assert (
        stranger.request.get(f"{national.server.url}/certificates/{certificate.number}.pdf").url.find("login")
        > 0
    )
    stranger.close()
    context.close()


def have_studied_the_rest(person, *, but):
    """The lessons and checks of all modules but these, by the verbs that the pages call."""
    enrolment, now = Enrolment.objects.get(person=person), timezone.now()
    path = Standing(CoursePage.objects.get(course=enrolment.course), person).outline
    for module in path.modules:
        for part in [] if module.code in but else module.parts:
            if part.is_lesson:
                complete_lesson(enrolment, lesson_page(part.page_id), actor=person.user, at=now)
            elif part.purpose == Purpose.CHECK:
                take(QuizPage.objects.get(translation_key=part.key), person, enrolment, at=now)
