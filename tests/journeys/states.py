"""People at every stage of a course, and the addresses of what they see there.

Everything is made by the verbs and factories; nothing is clicked. The course is a small
one beside the national course, with every kind of block, quiz and question in it.
"""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from certificates.correcting import correct, withdraw
from certificates.issuing import issue
from courses.catalogue.blocks import LessonBlocks
from courses.catalogue.models import CoursePage
from courses.choices import Approval, EnrolmentWay, Purpose
from courses.directory.models import ContactRole
from courses.national.blocks import lesson_body
from courses.national.loading import COURSE
from courses.people import correcting
from courses.progress.recording import complete_lesson
from courses.quizzes import attempts
from tests import factories as make
from tests.answering import event, right_answer, take, wrong_answer

LONG_NAME = "Marie-Antoinette Théodora Saint-Rose-Deterville de la Charlemagne-Montplaisir"
LONG_ADDRESS = "marie-antoinette.saint-rose-deterville-charlemagne@external-affairs.example.org"


def now():
    return timezone.now()


# --- A lesson with every kind of block --------------------------------------------------


def _file(title, name):
    return Document.objects.create(title=title, file=ContentFile(b"x" * 2048, name)).pk


def every_block():
    """Raw blocks: each kind at least once, each layout of a diagram."""
    items = [{"title": f"Sign {n}", "text": "What it may look like at work."} for n in range(1, 5)]
    layouts = ["list", "grid", "steps", "parts", "cycle", "lanes"]
    from_files = lesson_body(
        [
            {"paragraph": "<h2>Signs</h2><p>One <b>bold</b> word and <a href='/help/'>a link</a>.</p>"},
            {"content_note": {"themes": ["violence"], "text": "It mentions threats, and shows none."}},
            *({"key_point": {"kind": kind, "title": "", "text": "<p>Ask first.</p>"}} for kind in KEY_POINTS),
            {"do_dont": {"title": "First contact", "do": ["Listen"], "dont": ["Promise"]}},
            *({"indicators": {"title": f"As {one}", "layout": one, "items": items}} for one in layouts),
            {"table": {"caption": "Three means", "columns": ["Means", "In life", "Ask"], "rows": WIDE_ROWS}},
            {"quick_question": {"stem": "What first?", "answers": ANSWERS}},
            {"contacts": {"title": "Whom to call", "roles": [role.value for role in ContactRole]}},
        ],
        "X1",
    )
    image = Image.objects.create(title="Bay", file=get_test_image_file(size=(900, 600)))
    media = [
        make.block("picture", image=image.pk, alt_text="Two peaks", decorative=False, caption="Morning"),
        make.block(
            "film",
            title="A quiet word",
            film=_file("Film", "f.mp4"),
            captions=_file("Captions", "c.vtt"),
            transcript="<p>Good morning.</p>",
            minutes=3,
        ),
        make.block(
            "audio", title="Listen", audio=_file("Sound", "a.mp3"), transcript="<p>Hello.</p>", minutes=1
        ),
        make.block("document", document=_file("The form", "form.pdf"), description="With examples"),
    ]
    blocks = [*from_files, *media]
    assert {one["type"] for one in blocks} == set(LessonBlocks().child_blocks)
    return blocks


KEY_POINTS = ["remember", "example", "task", "sop"]
WIDE_ROWS = [["Force", "A threat against the family at home", "What would happen if you left?"]] * 3
ANSWERS = [
    {"text": "Listen", "right": True, "why": "Safety first."},
    {"text": "Promise", "right": False, "why": "You may not keep it."},
]


# --- The course -------------------------------------------------------------------------


def small_course():
    """Two lessons, a check, a test in the middle, a pre-test and a final test."""
    course = make.make_course(title="Signs at work", code="signs-at-work", validity_months=24)
    page = make.make_course_page(
        course, subtitle="For everyone", summary="What to notice.", content_warning="It mentions threats."
    )
    three = [make.single(), make.multiple(), make.true_false()]
    page.lessons = [
        make.make_lesson(page, blocks=every_block(), title="Every kind", slug="every-kind"),
        make.make_lesson(page, title="Second lesson", slug="second"),
    ]
    page.pretest = make.make_quiz(
        page, three, purpose=Purpose.PRETEST, review="test", pass_mark=None, title="Before you begin"
    )
    page.check = make.make_quiz(page, three, title="Check")
    page.test = make.make_quiz(page, three, review="test", title="Test", attempts_allowed=2, wait_minutes=30)
    critical = [make.single(), make.single(), make.single(critical=True)]
    page.final = make.make_quiz(
        page, critical, purpose=Purpose.FINAL, review="test", title="Final test", pass_mark=60
    )
    others = [make.matching(), make.short(), make.case(), make.case()]
    page.kinds = make.make_quiz(page, others, purpose=Purpose.PRACTICE, title="Other kinds")
    module = make.make_module(
        page.pretest,
        *page.lessons,
        page.check,
        page.test,
        title="The signs",
        summary="What to notice.",
        objectives=["Name three signs"],
    )
    make.set_outline(page, [module, make.make_module(page.final, code="F", title="Final test")])
    return page


def user(name, **kwargs):
    person = {"full_name": kwargs.pop("full_name", f"{name.title()} Charles"), "sector": "police", **kwargs}
    return make.make_user(email=f"{name}@example.org", person=make.make_person(**person))


def enrolled(name, page, *, done=(), **kwargs):
    """Somebody who has begun, with these lessons and checks behind them."""
    learner = user(name, **kwargs)
    enrolment = make.make_enrolment(learner.person, page.course)
    for part in done:
        if hasattr(part, "purpose"):
            take(part, learner.person, enrolment, at=now())
        else:
            complete_lesson(enrolment, part, actor=learner, at=now())
    return learner, enrolment


def before_the_final(name, page, **kwargs):
    return enrolled(name, page, done=[*page.lessons, page.check, page.test], **kwargs)


def completed(name, page, **kwargs):
    """Somebody who passed. Returns the user and the certificate, issued by the signal."""
    learner, enrolment = before_the_final(name, page, **kwargs)
    take(page.final, learner.person, enrolment, at=now())
    return learner, learner.person.certificates.get()


def started(quiz, learner, enrolment):
    return attempts.start(
        quiz.translation_key, person=learner.person, enrolment=enrolment, actor=learner, at=now()
    )


def answer(attempt, learner, n, choose=right_answer):
    item = attempt.items.select_related("attempt", "question_edition__question").get(n=n)
    attempts.record_answers([event(item, choose(item))], person=learner.person, at=now())


def submit(attempt, learner):
    attempts.submit(attempt.uuid, person=learner.person, actor=learner, at=now())


# --- Everybody --------------------------------------------------------------------------


def everybody():
    """({name: user}, {name: part of an address})."""
    page, national = small_course(), CoursePage.objects.get(course__code=COURSE)
    users, at = {}, {"course": page.slug, "national": national.slug}
    _readers(page, national, users, at)
    _takers(page, users, at)
    _holders(page, users, at)
    _at_the_doors(users, at)
    for quiz in ("check", "final", "pretest"):
        at[quiz] = str(getattr(page, quiz).translation_key)
    return users, at


def _readers(page, national, users, at):
    mission = make.make_post(
        agency=make.make_agency(name="Ministry of External Affairs"), name="London", abroad=True
    )
    users["new"] = make.make_user(
        email=LONG_ADDRESS,
        person=make.make_person(full_name=LONG_NAME, agency=mission.agency, post=mission, rank="Consul"),
    )
    users["waiting"], _ = enrolled("waiting", national, approval=Approval.PENDING)
    users["studying"], enrolment = enrolled("studying", page, done=page.lessons[:1])
    enrolment.due_on = timezone.localdate() + timedelta(days=9)
    enrolment.save()
    make.make_enrolment(users["studying"].person, national.course)
    users["bare"] = make.make_user(email="bare@example.org", person=None)
    for way in (EnrolmentWay.REQUEST, EnrolmentWay.ASSIGNMENT):
        other = make.make_course_page(make.make_course(code=f"by-{way}", title=f"By {way}", enrolment=way))
        at[way.value] = other.slug
        if way == EnrolmentWay.REQUEST:
            make.make_enrolment(users["studying"].person, other.course)


def _takers(page, users, at):
    """Open and submitted attempts in every state."""
    taker, enrolment = enrolled("taker", page, done=page.lessons)
    check, test = started(page.check, taker, enrolment), started(page.test, taker, enrolment)
    answer(check, taker, 1)
    answer(check, taker, 2, wrong_answer)
    answer(test, taker, 1)
    kinds = started(page.kinds, taker, enrolment)
    answer(kinds, taker, 4, wrong_answer)
    pretest = started(page.pretest, taker, enrolment)
    submit(pretest, taker)
    full, enrolment = enrolled("full", page, done=page.lessons)
    answered = started(page.test, full, enrolment)
    for n in (1, 2, 3):
        answer(answered, full, n)
    failed, enrolment = enrolled("failed", page, done=[*page.lessons, page.check])
    lost = started(page.test, failed, enrolment)
    submit(lost, failed)
    critical, enrolment = before_the_final("critical", page)
    final = started(page.final, critical, enrolment)
    for item in final.items.all():
        answer(final, critical, item.n, wrong_answer if item.critical else right_answer)
    submit(final, critical)
    ready, enrolment = before_the_final("ready", page)
    correcting.ask_name_correction(ready.person, "Réady Charles", at=now())
    in_final, enrolment = before_the_final("in_final", page)
    at["open_final"] = str(started(page.final, in_final, enrolment).uuid)
    users |= {"taker": taker, "full": full, "failed": failed}
    users |= {"critical": critical, "ready": ready, "in_final": in_final}
    at |= {"open_check": str(check.uuid), "open_test": str(test.uuid), "pretest_done": str(pretest.uuid)}
    at["open_kinds"] = str(kinds.uuid)
    at |= {"full_test": str(answered.uuid), "lost_test": str(lost.uuid), "lost_final": str(final.uuid)}


def _holders(page, users, at):
    """Certificates in every state."""
    users["holder"], certificate = completed("holder", page, full_name=LONG_NAME)
    person = users["holder"].person
    at["passed"] = str(person.attempts.get(quiz_key=page.final.translation_key).uuid)
    kept = {"in_force": certificate}
    users["expecting"] = user("expecting")
    make.make_completion(make.make_enrolment(users["expecting"].person, page.course))
    old = now() - timedelta(days=3 * 366)
    for state in ("replaced", "withdrawn", "error", "specimen", "expired"):
        course = make.make_course(
            title=f"Course {state}", approved_by="" if state == "specimen" else "The Department"
        )
        if state == "expired":
            course.validity_months = 24
            course.save()
        when = old if state == "expired" else now()
        completion = make.make_completion(make.make_enrolment(person, course, at=when), at=when)
        kept[state] = issue(completion, actor=None, at=when)
    correct(kept["replaced"], reason="", actor=None, at=now())
    withdraw(kept["withdrawn"], public_reason="other", reason="Private", actor=None, at=now())
    withdraw(kept["error"], public_reason="error", reason="Private", actor=None, at=now())
    correcting.ask_name_correction(person, "Marie Charles", at=now())
    for state, certificate in kept.items():
        at[f"{state}_number"], at[f"{state}_code"] = certificate.number, certificate.short_code


def _at_the_doors(users, at):
    """Links that came by mail, and somebody with a second step."""
    asking = make.make_user(email="asking@example.org")
    at["reset_key"] = f"{user_pk_to_url_str(asking)}-{default_token_generator.make_token(asking)}"
    unproven = make.make_user(email="unproven@example.org")
    address = unproven.emailaddress_set.get()
    unproven.emailaddress_set.update(verified=False)
    at["confirm_key"] = EmailConfirmationHMAC(address).key
    users["guarded"] = guarded = user("guarded")
    secret = {"secret": "JBSWY3DPEHPK3PXP"}
    Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data=secret)
    RecoveryCodes.activate(guarded)
