"""Installing the national course from its files, and keeping off what people have edited.

Each page and bank question that is installed leaves an audit entry with its revision and
the fingerprint of its source. As long as that revision is still the newest, a newer file
may replace it; once somebody has edited or deleted it, it is theirs.
"""

import hashlib
import json

from django.db import transaction
from wagtail.models import Locale

from courses.audit import log
from courses.audit.models import AuditEntry
from courses.catalogue.models import Course, CourseIndexPage, CoursePage, LessonPage
from courses.catalogue.writing import free_address
from courses.choices import Pool, Purpose, Review
from courses.national import blocks, files
from courses.national.cases import install_cases
from courses.national.procedures import install_procedure
from courses.national.scenarios import install_scenarios
from courses.national.table_tops import install_table_tops
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage

LOADED = "loaded from file"
COURSE = "slu-ctip"


def _fingerprint(values):
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


class Loader:
    """One run. Counts what it made, renewed and left alone."""

    def __init__(self, at):
        self.at = at
        self.counts = {"created": 0, "renewed": 0, "kept": 0}
        self.locale = Locale.get_default()

    def last_loaded(self, model, name):
        return (
            AuditEntry.objects.filter(verb=LOADED, object_type=model._meta.label_lower, facts__name=name)
            .order_by("-id")
            .first()
        )

    def settle(self, model, name, found, values, make):
        """Create, renew or keep one object.

        `found`: what is there now, or None. `make(found)`: returns the saved object with
        its newest revision published.
        """
        entry = self.last_loaded(model, name)
        print_now = _fingerprint(values)
        deleted = found is None and entry is not None
        edited = (
            found is not None
            and found.latest_revision_id is not None
            and (entry is None or entry.facts["revision"] != found.latest_revision_id)
        )
        same = entry is not None and entry.facts["fingerprint"] == print_now
        if deleted or edited or (found is not None and same):
            self.counts["kept"] += 1
            return found
        saved = make(found)
        self.counts["renewed" if entry else "created"] += 1
        self.note(saved, name, revision=saved.latest_revision_id, fingerprint=print_now)
        return saved

    def note(self, saved, name, **facts):
        """So that it is not installed once more."""
        log.record(LOADED, saved, actor=None, at=self.at, name=name, **facts)

    def page(self, model, name, parent, values):
        """One page below `parent`, known by its name for ever."""
        key = blocks.name_id("page", name)
        found = model.objects.filter(translation_key=key, locale=self.locale).first()

        def make(page):
            # One transaction a page: a refused page leaves no half of itself.
            with transaction.atomic():
                if page is None:
                    page = model(translation_key=key, locale=self.locale, **values)
                    page.slug = values.get("slug") or free_address(parent, values["title"])
                    page.live = False
                    parent.add_child(instance=page)
                else:
                    for field, value in values.items():
                        setattr(page, field, value)
                page.save_revision(changed=True).publish()
            page.refresh_from_db()
            return page

        return self.settle(model, name, found, values, make)

    def bank_question(self, item, pool):
        key = blocks.name_id("bank", item["key"])
        values = {
            "code": item["key"],
            "pool": pool,
            "module": item["module"],
            "objective": item.get("objective", ""),
            "topic": item["topic"],
            "difficulty": item["difficulty"],
            "sectors": item.get("sectors", []),
            "critical": bool(item.get("critical")),
            "source": str(item.get("source", ""))[:300],
            "body": json.dumps([blocks.question_block(item)]),
        }

        def make(question):
            with transaction.atomic():
                if question is None:
                    question = BankQuestion(key=key, live=False, **values)
                else:
                    for field, value in values.items():
                        setattr(question, field, value)
                question.save()
                question.save_revision(changed=True).publish()
            question.refresh_from_db()
            return question

        found = BankQuestion.objects.filter(key=key).first()
        return self.settle(BankQuestion, item["key"], found, values, make)


def _course_record(meta):
    rule = meta["rule"]
    course, _created = Course.objects.get_or_create(
        code=meta["code"],
        defaults={
            "title": meta["title"],
            "neutral_title": meta["neutral_title"],
            "enrolment": meta["enrolment"],
            "needs_lessons": rule["lessons"],
            "needs_checks": rule["checks"],
            "needs_final": rule["final"],
            "validity_months": meta["validity_months"],
        },
    )
    return course


def _check_page(loader, parent, module, pass_mark):
    return loader.page(
        QuizPage,
        f"{module['module']}-check",
        parent,
        {
            "title": f"Check: {module['title']}",
            "slug": f"check-{module['module'].lower()}",
            "intro": "",
            "purpose": Purpose.CHECK,
            "review": Review.PRACTICE,
            "pass_mark": pass_mark,
            "sectors": module.get("sectors", []),
            "questions": json.dumps([blocks.question_here(item) for item in module["check"]]),
        },
    )


def _lesson_page(loader, parent, module, lesson, clauses):
    body = [_citing(entry, clauses) for entry in lesson["body"]]
    return loader.page(
        LessonPage,
        lesson["key"],
        parent,
        {
            "title": lesson["title"],
            "summary": lesson.get("summary", "")[:300],
            "sources": str(lesson.get("sources", "")),
            "sectors": module.get("sectors", []),
            "body": json.dumps(blocks.lesson_body(body, lesson["key"])),
        },
    )


def _citing(entry, clauses):
    """An entry of a lesson that names clauses by their numbers, with their keys."""
    if "clauses" not in entry:
        return entry
    return {**entry, "clauses": [clauses[number] for number in entry["clauses"] if number in clauses]}


def _module_block(code, title, parts, **values):
    return {
        "type": "module",
        "id": str(blocks.name_id("module", code)),
        "value": {
            "code": code,
            "title": title,
            "summary": values.get("summary", ""),
            "objectives": blocks.listed(values.get("objectives", []), "objectives", code),
            "sectors": values.get("sectors", []),
            "parts": blocks.listed([page.pk for page in parts if page], "parts", code),
        },
    }


def _pretest_pages(loader, parent, meta):
    """Two parallel forms: A opens the course, B waits for workshops."""
    pages = []
    for form in "AB":
        items = [item for item in files.read_items("pretest") if item["form"] == form]
        questions = [loader.bank_question(item, Pool.PRETEST) for item in items]
        stream = [
            {
                "type": "bank",
                "value": {"question": question.pk},
                "id": str(blocks.name_id("pretest", question.code)),
            }
            for question in questions
            if question
        ]
        pages.append(
            loader.page(
                QuizPage,
                f"pretest-{form}",
                parent,
                {
                    "title": meta["title"] if form == "A" else f"{meta['title']} (form {form})",
                    "slug": "before-you-start" if form == "A" else f"before-you-start-{form.lower()}",
                    "intro": meta["intro"],
                    "purpose": Purpose.PRETEST,
                    "review": Review.TEST,
                    "pass_mark": None,
                    "questions": json.dumps(stream),
                },
            )
        )
    return pages


def _final_page(loader, parent, meta):
    for item in files.read_items("final"):
        loader.bank_question(item, Pool.FINAL)
    return loader.page(
        QuizPage,
        "final",
        parent,
        {
            "title": meta["title"],
            "slug": "final-test",
            "intro": meta["intro"],
            "purpose": Purpose.FINAL,
            "review": Review.TEST,
            "pass_mark": meta["pass_mark"],
            "questions": json.dumps([blocks.draw_block(draw, n) for n, draw in enumerate(meta["draws"], 1)]),
        },
    )


def load(*, at):
    """Install or renew the national course. Returns {"created", "renewed", "kept"} counts.

    Needs the course catalogue page (lms.home.site_content installs it).
    """
    plan = files.read_course()
    loader = Loader(at)
    index = CourseIndexPage.objects.filter(locale=loader.locale).get()
    meta = plan["course"]
    course = _course_record(meta)
    texts = {
        "title": meta["title"],
        "slug": meta["slug"],
        "subtitle": meta["subtitle"],
        "summary": meta["summary"].strip(),
        "notice": meta["notice"].strip(),
        "content_warning": meta["content_warning"].strip(),
        "course": course,
    }
    key = blocks.name_id("page", meta["code"])
    page = CoursePage.objects.filter(translation_key=key, locale=loader.locale).first()
    if page is None and loader.last_loaded(CoursePage, meta["code"]):
        return loader.counts  # somebody removed the course: it stays removed
    if page is None:
        page = CoursePage(translation_key=key, locale=loader.locale, live=False, **texts)
        index.add_child(instance=page)

    clauses = install_procedure(loader)
    drills = install_scenarios(loader, page, clauses)
    install_table_tops(loader, clauses)
    for module, cases in install_cases(loader, page, clauses).items():
        drills.setdefault(module, []).extend(cases)
    pretest, _form_b = _pretest_pages(loader, page, plan["pretest"])
    outline = [_module_block("start", "Before you start", [pretest])]
    for module in files.read_modules():
        parts = [_lesson_page(loader, page, module, lesson, clauses) for lesson in module["lessons"]]
        parts += drills.get(module["module"], [])
        parts.append(_check_page(loader, page, module, plan["check"]["pass_mark"]))
        outline.append(
            _module_block(
                module["module"],
                module["title"],
                parts,
                summary=module.get("summary", ""),
                objectives=module["objectives"],
                sectors=module.get("sectors", []),
            )
        )
    outline.append(_module_block("final", plan["final"]["title"], [_final_page(loader, page, plan["final"])]))
    loader.page(CoursePage, meta["code"], index, {**texts, "outline": json.dumps(outline)})
    return loader.counts
