"""Which lesson to teach again, by what a question knows of its place in a course."""

from collections import namedtuple

from courses.catalogue import outline
from courses.catalogue.models import CoursePage, LessonPage
from courses.choices import Topic
from courses.questions.models import BANK
from courses.quizzes.pages import QuizPage

TOPICS = dict(Topic.choices)
Place = namedtuple("Place", "code module lesson address topic", defaults=("", "", "", "", ""))


def places_of(found, course):
    """A Place for each of these MisconceptionFigures: the module and its lesson, or at least the topic.

    The module of the course that the workshop teaches, else of any that has it. Few queries for all.
    """
    modules, by_quiz = _modules(course)
    lessons = _lessons({pk for module in modules for pk in module["page_ids"]})
    return [_place(one, modules, by_quiz, lessons) for one in found]


def _modules(course):
    """(modules of live courses, those of `course` first; {quiz key: module})"""
    pages = list(CoursePage.objects.live().order_by("pk"))
    pages.sort(key=lambda page: course is None or page.course_id != course.pk)
    modules = [module for page in pages for module in outline.modules_in(page.outline.raw_data)]
    ids = {pk for module in modules for pk in module["page_ids"]}
    keys = dict(QuizPage.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    by_quiz = {}
    for module in modules:
        for pk in module["page_ids"]:
            if pk in keys:
                by_quiz.setdefault(str(keys[pk]), module)
    return modules, by_quiz


def _lessons(ids):
    """{page id: (title, summary, the lesson's key)} of live lessons."""
    rows = LessonPage.objects.live().filter(pk__in=ids).values_list("pk", "title", "summary", "translation_key")
    return {pk: facts for pk, *facts in rows}


def _place(one, modules, by_quiz, lessons):
    topic = TOPICS.get(one.topic, "")
    module = None
    if one.module:
        module = next((module for module in modules if module["code"] == one.module), None)
    if module is None and one.home != BANK:
        module = by_quiz.get(one.home)
    if module is None:
        return Place(code=one.module, topic=topic)
    mine = [lessons[pk] for pk in module["page_ids"] if pk in lessons]
    if not mine:
        return Place(code=module["code"], module=module["title"], topic=topic)
    title, _summary, key = max(mine, key=lambda lesson: _common(one, lesson))
    return Place(module["code"], module["title"], title, str(key), topic)


def _common(one, lesson):
    """How many longer words the lesson shares with the question and its objective; alike, the first wins."""
    title, summary, _key = lesson
    return len(_words(f"{one.text} {one.place} {one.answer} {one.objective}") & _words(f"{title} {summary}"))


def _words(text):
    # Five letters and no endings: "identify" meets "identified".
    return {word[:5] for word in text.casefold().replace("-", " ").split() if len(word) > 4}
