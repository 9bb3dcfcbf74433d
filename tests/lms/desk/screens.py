"""The desk's screens that are ours, found in the URL configuration, with an address of each.

A screen for one row needs a row that it can be shown for: `rows` names it, by the name of the
address or of its part before the colon. Where nothing is named, the rows of `likely` are tried.
"""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from certificates.models import Design
from courses.choices import CohortWay, ErasureWhy, ImportOutcome, ImportState, LetterState, Role, WorkshopState
from courses.enrolment.cohorts import CohortMember
from courses.imports.models import ImportJob, ImportRow
from courses.mailing.models import Letter
from courses.people.cards import issue_card
from courses.people.merging import merge
from courses.quizzes import attempts
from courses.quizzes.models import AttemptItem
from courses.quizzes.writing import Template, write_lesson, write_part
from lms.archive.models import ArchiveOrder, ArchiveState
from lms.erasing.models import Erasure
from lms.handover import beginning, giving, taking
from lms.handover.models import HandoverRecord
from lms.looks.noting import looked
from lms.looks.places import Place
from lms.reports.figures import scope as scopes
from lms.reports.packs import making
from lms.reports.packs.models import OrderState, PackOrder
from tests.answering import event, right_answer
from tests.certificates.refreshers.calling import (
    call_about,
    certified,
    course_citing,
    old_procedure,
    point,
    reworded,
)
from tests.courses.drills.cases.writing import handed_in
from tests.courses.procedures.writing import begin, make_citation, make_procedure
from tests.crowd import fill
from tests.drill_repaired import make_drill_repair
from tests.factories import (
    from_bank,
    make_bank_question,
    make_cohort,
    make_completion,
    make_course_page,
    make_earlier_training,
    make_enrolment,
    make_entry,
    make_invitation,
    make_person,
    make_pocket_card,
    make_quiz,
    make_scenario,
    make_sector,
    make_signatory,
    make_site,
    make_table_top,
    make_topic,
    make_user,
    make_workshop,
)
from tests.repaired import make_repair

OURS = ("lms.", "courses.", "certificates.")
# Told to a script, to a picture or to nobody; and what Wagtail shows of a row's history under two names.
NO_SCREENS = (
    *("wagtailadmin_api:", "desk_login", "desk_password_reset", "reports_sheet", "repair_sheet"),
    "wagtailusers_",
)
IMPORT_SCREENS = ("", "_columns", "_decide", "_run", "_delete", "_progress")
ERASURE_SCREENS = ["erasure", "erasure_confirm", "erasure_withdraw"]
HANDOVER_SCREENS = ["handover"]
HANDOVER_SCREENS += [f"handover_{name}" for name in ("day", "rights", "take", "questions", "site", "finish")]
HANDOVER_SCREENS += [f"handover_{name}" for name in ("close", "give_up", "record")]
NO_SCREEN_ENDS = (":font", ":pdf", ":revisions_view", ":chosen", ":chosen_multiple", "_qr", "_scan")


@dataclass(frozen=True)
class Screen:
    name: str
    holders: tuple


def screens(resolver=None, inside=False, names=""):
    """Every view of ours, or of Wagtail's for a model of ours, below /admin/ and /reports/."""
    for pattern in (resolver or get_resolver()).url_patterns:
        below = inside or str(pattern.pattern).startswith(("admin/", "reports/"))
        if isinstance(pattern, URLResolver):
            yield from screens(pattern, below, f"{names}{pattern.namespace}:" if pattern.namespace else names)
        elif below and _is_ours(pattern.callback):
            name = f"{names}{pattern.name}"
            if not name.startswith(NO_SCREENS) and not name.endswith(NO_SCREEN_ENDS):
                yield Screen(name, tuple(pattern.pattern.regex.groupindex))


def _is_ours(callback):
    view = getattr(callback, "view_class", callback)
    model = getattr(callback, "view_initkwargs", {}).get("model") or getattr(view, "model", None)
    return any(getattr(each, "__module__", "").startswith(OURS) for each in (view, model))


def in_menu(user):
    """The addresses of the menu, whoever registered them."""
    request = RequestFactory().get("/admin/")
    request.user = user
    found, menus = [], [admin_menu]
    while menus:
        for item in menus.pop().menu_items_for_request(request):
            if hasattr(item, "menu"):
                menus.append(item.menu)
            else:
                found.append(str(item.url))
    return found


def make_world(n):
    """A site of `n` people with more rows in each list than queries may grow by, and its focal point."""
    make_site()
    world = SimpleNamespace(now=timezone.now(), **vars(fill(n)))
    world.focal_point = make_user(email="focal@example.org", role=Role.FOCAL_POINT)
    colleague = make_user(email="colleague@example.org", role=Role.FOCAL_POINT).person
    world.waiting = make_completion(make_enrolment(colleague, world.other))
    world.questions = [make_bank_question() for _ in range(12)]
    world.quiz = make_quiz(world.page, [from_bank(one) for one in world.questions])
    world.design = Design.objects.create(name="Plain")
    world.picture = get_image_model().objects.create(title="Picture", file="none.png", width=8, height=8)
    world.document = get_document_model().objects.create(
        title="Paper", file=ContentFile(b"paper", name="paper.pdf")
    )
    world.signatory, world.entry = make_signatory(), make_entry()
    world.procedure = make_procedure()
    world.draft = begin(world.procedure)
    world.citation = make_citation(world.procedure.in_force, world.procedure.clauses.first())
    world.call = _call(world)
    world.card_of_police = make_pocket_card()
    world.card_of_police.save_revision()
    world.table_top = make_table_top(make_scenario(make_course_page()))
    world.table_top.save_revision()
    states = [WorkshopState.CANCELLED, WorkshopState.PLANNED, *[WorkshopState.OPEN] * 12]
    world.workshops = [make_workshop(state=state, facilitators=world.people[:2]) for state in states]
    deed = {"actor": world.focal_point, "at": world.now}
    world.lesson = write_lesson("From paper", [], world.page, module_id="", left_out={}, **deed)
    for n in range(6):
        write_part(Template.LESSON, f"Draft {n}", world.page, module_id="", **deed)
    world.letters = [
        Letter.objects.create(
            key=f"world:{person.pk}:{state}",
            person=person,
            address=f"crowd{person.pk}@example.org",
            subject="About your sign-up",
            body="Dear you",
            state=state,
            posted_at=world.now,
            next_try_at=world.now,
            answer="550 no such user",
        )
        for state in (LetterState.BOUNCED, LetterState.SENT)
        for person in world.people[:60]
    ]
    world.job = _import(world)
    world.cohort, world.closed = make_cohort(course=world.page.course), make_cohort(closed_at=world.now)
    for _n in range(12):
        make_cohort(course=world.other)
    CohortMember.objects.bulk_create(
        CohortMember(cohort=world.cohort, person=person, way=CohortWay.CODE, joined_at=world.now)
        for person in world.people[:200]
    )
    world.without_login = make_person()
    world.invitations = [make_invitation(cohort=world.cohort) for _n in range(12)]
    world.earlier = make_earlier_training(world.people[0])
    # Somebody in the middle of everything.
    world.enrolment = world.enrolments[0]
    world.open = attempts.start(
        world.page.check.translation_key, person=world.people[0], enrolment=world.enrolment, **deed
    )
    world.late = _late_answers(world)
    world.repair = make_repair(world.page)
    world.run, world.drill_repair = make_drill_repair(make_course_page())
    world.case_run = handed_in(world.people[1])
    twin = make_person(full_name="Person of the Crowd", phone="+17584521234")
    world.card = twin
    issue_card(twin, actor=None, at=world.now)
    world.merge = merge(make_person(full_name="Twin"), world.people[0], **deed)
    this_year = scopes.read({"period": f"calendar-{world.now.year}"})
    world.pack = making.make(this_year, actor=None, at=world.now)
    world.pack_order = PackOrder.objects.create(
        asked="period=any", language="en", by="Jo", at=world.now, begun_at=world.now, state=OrderState.FAILED
    )
    world.archive = _archives(world)
    world.handover = _handover(world)
    world.erasure = _erasures(world)
    for person in world.people[:30]:
        looked(world.focal_point, Place.RECORD, person=person, at=world.now)
    return world


def _erasures(world):
    """One waits for its second person; some are done; of others the time is over."""
    asked = {"why": ErasureWhy.TIME, "asked_at": world.now, "asked_by": "Jo", "asked_by_id": 0}
    confirmed = {"done_at": world.now, "confirmed_by": "Al", "confirmed_by_id": 1}
    _due, done, waits = (
        make_person(full_name=f"Long Gone {n}", agency=world.people[0].agency, left_on=date(2000 + n, 1, 1))
        for n in range(3)
    )
    Erasure.objects.create(person=done, **asked, **confirmed)
    return Erasure.objects.create(person=waits, **asked)


def _archives(world):
    """Of every state; returns the one that can be taken away."""
    facts = {"people": True, "by": "Jo", "at": world.now, "begun_at": world.now}
    for state in [*ArchiveState.values, *[ArchiveState.THROWN_AWAY] * 12]:
        if state != ArchiveState.READY:
            ArchiveOrder.objects.create(state=state, **facts)
    made = ArchiveOrder(state=ArchiveState.READY, made_at=world.now, size=6, **facts)
    made.file.save("archive", ContentFile(b"sealed"))
    return made


def _handover(world):
    """The focal point goes; the rights are given, some of what is open is taken over, the record is made."""
    comes = make_user(email="comes@example.org")
    begun = beginning.begin(
        world.focal_point.person, comes=comes.person, both_until=world.now.date(), actor=None, at=world.now
    )
    giving.give_rights(begun, actor=None, at=world.now)
    taking.take_over(begun, {"pending", "workshops"}, actor=comes, at=world.now)
    HandoverRecord.objects.create(
        handover=begun, made_at=world.now, made_by="Jo", facts={}, pdf=b"%PDF-1.7", sha256=""
    )
    return begun


def _import(world):
    """A checked list with rows of every outcome, and many to decide."""
    job = ImportJob.objects.create(
        kind="people",
        file=ContentFile(b"Name,Email\nAnna,a@example.org\n", name="table"),
        file_name="list.csv",
        columns={"full_name": 0, "email": 1},
        state=ImportState.CHECKED,
        row_count=60,
        author="Francine Focal",
        created_at=world.now,
        checked_at=world.now,
    )
    outcomes = [*ImportOutcome.values, *[ImportOutcome.DECIDE] * 7]
    ImportRow.objects.bulk_create(
        ImportRow(
            job=job,
            n=n + 2,
            values={"full_name": f"Person {n}", "agency": "Office", "rank": "Officer"},
            outcome=outcomes[n % len(outcomes)],
            notes=[["same_name", {}]],
            offered=[world.people[n % 10].pk],
            person=world.people[n % 10] if outcomes[n % len(outcomes)] == ImportOutcome.UPDATE else None,
        )
        for n in range(60)
    )
    return job


def _call(world):
    """To a refresher, not sent yet, that concerns a dozen people."""
    procedure = old_procedure()
    course = course_citing(point(procedure.clauses.first()))
    for person in world.people[:12]:
        certified(course, person)
    return call_about(reworded(procedure, "4.1"))


def _late_answers(world):
    """Tests that were handed in empty, and answers that came after it. Returns one of them."""
    studying = [one for one in world.enrolments[1:] if one.may_study and one.course == world.page.course]
    for enrolment in studying[:12]:
        who = {"person": enrolment.person, "at": world.now}
        late = attempts.start(world.page.check.translation_key, enrolment=enrolment, actor=None, **who)
        attempts.submit(late.uuid, actor=None, **who)
        items = late.items.select_related("attempt", "question_edition__question")
        attempts.record_answers([event(item, right_answer(item)) for item in items], **who)
    return late


def rows_of(world):
    """What stands in the place holders of an address: by its name, or by the part before the colon."""
    pending = next(person for person in world.people if person.is_pending)
    request = next(one for one in world.enrolments if not one.may_study)
    final = world.page.final.translation_key
    enrolment, question, bank = world.enrolment.pk, world.questions[0], "wagtailsnippets_courses_bankquestion"
    cohort, invitation = world.cohort.pk, world.invitations[0].pk
    return {
        "cohorts": cohort,
        "cohorts:reopen": world.closed.pk,
        "cohorts:remove": world.cohort.members.first().pk,
        "cohorts:sheet": (cohort, "csv"),
        "invitations": invitation,
        "people:invite": world.without_login.pk,
        "people": world.people[0].pk,
        "people:ask": pending.pk,
        "people:approve": pending.pk,
        "people:merge_into": (world.people[2].pk, world.people[0].pk),
        "people:unmerge": world.merge.pk,
        "people:card": world.card.pk,
        "people:card_stop": world.card.pk,
        "enrolments": enrolment,
        "enrolments:accept": request.pk,
        "enrolments:decline": request.pk,
        "name-corrections": world.corrections[1].pk,
        "letters": world.letters[0].pk,
        "letters:came_back": world.letters[-1].pk,
        "agencies": world.people[0].agency_id,
        "sectors": make_sector("police").pk,
        "course-records": world.page.course.pk,
        "certificates": world.certificates[0].pk,
        "certificates:confirm": world.waiting.pk,
        "certificate-designs": world.design.pk,
        "directory": world.entry.pk,
        "procedures": world.procedure.pk,
        "procedure_editions": world.draft.pk,
        "clause_chooser": world.procedure.clauses.first().pk,
        "desk_procedure": world.procedure.pk,
        "desk_procedure_publish": world.draft.pk,
        "desk_procedure_take_in": world.draft.pk,
        "desk_procedure_throw_away": world.draft.pk,
        "desk_citation": world.citation.pk,
        "desk_refresher": world.call.pk,
        "desk_refresher_send": world.call.pk,
        "refresher_calls": world.call.pk,
        "pocket-cards": world.card_of_police.pk,
        "table-tops": world.table_top.pk,
        "table-tops:revisions_revert": (world.table_top.pk, world.table_top.latest_revision_id),
        "table-tops:revisions_compare": (world.table_top.pk, "earliest", "latest"),
        "pocket-cards:revisions_revert": (world.card_of_police.pk, world.card_of_police.latest_revision_id),
        "pocket-cards:revisions_compare": (world.card_of_police.pk, "earliest", "latest"),
        "signatories": world.signatory.pk,
        bank: question.pk,
        f"{bank}:revisions_revert": (question.pk, question.latest_revision_id),
        f"{bank}:revisions_unschedule": (question.pk, question.latest_revision_id),
        f"{bank}:revisions_compare": (question.pk, "earliest", "latest"),
        "workshops": world.workshops[-1].pk,
        "workshops:open": world.workshops[1].pk,
        "workshops:resume": world.workshops[0].pk,
        "workshop-topics": make_topic().pk,
        "desk_exception_grant": (enrolment, final),
        "desk_exception_end": (enrolment, world.open.uuid),
        "desk_earlier": world.people[0].pk,
        "desk_earlier_strike": world.earlier.pk,
        "desk_document_report": world.lesson.pk,
        "desk_delete_image": world.picture.pk,
        "desk_delete_document": world.document.pk,
        "desk_new_part": "lesson",
        "try_question": (world.quiz.pk, 1),
        "desk_import_new": "people",
        "desk_import_report": (world.job.uuid, "csv"),
        **{f"desk_import{end}": world.job.uuid for end in IMPORT_SCREENS},
        **_figures(world, final),
        "results_course": world.page.course.pk,
        "results_course_rows": world.page.course.pk,
        "results_quiz": final,
        "results_quiz_rows": final,
        "results_attempt": world.attempts[0].uuid,
        "results_late_attempt": world.late.uuid,
        "results_scenario": world.drill_repair.key,
        "results_scenario_rows": world.drill_repair.key,
        "results_run": world.run.uuid,
        "results_case": world.case_run.case_key,
        "results_case_rows": world.case_run.case_key,
        "results_case_run": world.case_run.uuid,
        "drill_repair_propose": (world.drill_repair.kind, world.drill_repair.key),
        "drill_repair": world.drill_repair.uuid,
        **dict.fromkeys(HANDOVER_SCREENS, world.handover.uuid),
        **dict.fromkeys(ERASURE_SCREENS, world.erasure.uuid),
        "erasure_ask": world.people[0].uuid,
        "archive_file": world.archive.uuid,
        "repair_key": world.repair.question.key,
        "repair": world.repair.done.uuid,
        "repair_otherwise": world.repair.stands.pk,
        "repair_left": world.repair.left.pk,
    }


def _figures(world, final):
    """Of the pages of figures, which the desk's menu leads to."""
    csv, course = "csv", world.page.course.uuid
    held, pack = world.workshops[-1].uuid, world.pack.uuid
    order = world.pack_order.uuid
    item = AttemptItem.objects.select_related("attempt", "question_edition__question").first()
    question = (item.attempt.quiz_key, item.question_edition.question.key)
    return {
        "figure": "people",
        "figure_sheet": ("people", csv),
        "figure_parts": ("people", "agency"),
        "figure_parts_sheet": ("people", "agency", csv),
        "figure_people": "trained",
        "figure_people_sheet": ("trained", csv),
        "reports_overview_sheet": ("agencies", csv),
        "coverage_sheet": csv,
        "coverage_people": "no-post",
        "coverage_people_sheet": ("no-post", csv),
        "reports_learning_cohort": world.cohort.uuid,
        "reports_learning_sheet": ("course", csv),
        "reports_drills_sheet": ("steps", csv),
        "reports_questions_sheet": csv,
        "reports_quiz_items_sheet": (final, csv),
        "reports_item": question,
        "reports_item_sheet": (*question, csv),
        "gradebook": course,
        "gradebook_sheet": (course, csv),
        "transcript": world.people[0].uuid,
        "data_of": world.people[0].uuid,
        "report_workshops_sheet": csv,
        "report_register": held,
        "report_register_sheet": (held, csv),
        "reports_workshop_evidence": held,
        "reports_pack": pack,
        "reports_pack_words": (pack, "inside", "year"),
        "reports_pack_rows": (pack, "people"),
        "reports_pack_rows_sheet": (pack, "people", csv),
        "reports_pack_order": order,
        "reports_pack_file": (pack, "inside", "text"),
        "reports_pack_evidence": pack,
    }


def likely_of(world):
    """For a screen of which nothing is named, rows of every kind that a place holder may mean."""
    rows = [world.page, world.lesson, world.quiz, world.people[0], world.enrolment, world.questions[0]]
    keys = [world.quiz.translation_key, world.page.final.translation_key, world.open.uuid]
    return [(each,) for each in [*(row.pk for row in rows), *keys]] + [
        (world.enrolment.pk, key) for key in keys
    ]


def addresses_of(screen, rows, likely):
    """Addresses of the screen, the likeliest first: one, where it is about no row or its row is named."""
    if not screen.holders:
        return [reverse(screen.name)]
    named = rows.get(screen.name, rows.get(screen.name.rpartition(":")[0]))
    if named is not None:
        return [reverse(screen.name, args=named if isinstance(named, tuple) else (named,))]
    return [address for row in likely if (address := _address(screen, row))]


def _address(screen, row):
    try:
        return reverse(screen.name, args=row)
    except NoReverseMatch:
        return None
