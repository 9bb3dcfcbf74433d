"""The path of one person through a course: the trunk plus the parts for their sector. Pure."""

from dataclasses import dataclass, field

from courses.catalogue.raw import bare

LESSON = "lesson"
QUIZ = "quiz"
DRILL = "drill"
# Purposes of a drill: each is the name of the route that leads to it.
SCENARIO, CASE = "scenario", "case"


@dataclass(frozen=True)
class Part:
    """A lesson, a quiz or a drill on the path."""

    kind: str
    page_id: int
    key: object  # the page's translation key, a UUID
    title: str
    slug: str
    minutes: int = 0
    purpose: str = ""  # of a quiz or a drill
    questions: int = 0  # of a quiz
    sectors: tuple = ()

    @property
    def is_lesson(self):
        return self.kind == LESSON

    @property
    def is_drill(self):
        return self.kind == DRILL


@dataclass(frozen=True)
class Module:
    code: str
    title: str
    summary: str = ""
    objectives: tuple = ()
    parts: tuple = ()


@dataclass(frozen=True)
class Outline:
    modules: tuple = ()
    parts: tuple = field(init=False, compare=False, repr=False)
    lessons: tuple = field(init=False, compare=False, repr=False)
    quizzes: tuple = field(init=False, compare=False, repr=False)
    drills: tuple = field(init=False, compare=False, repr=False)

    def __post_init__(self):
        parts = tuple(part for module in self.modules for part in module.parts)
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "lessons", tuple(part for part in parts if part.is_lesson))
        object.__setattr__(self, "quizzes", tuple(part for part in parts if part.kind == QUIZ))
        object.__setattr__(self, "drills", tuple(part for part in parts if part.is_drill))

    @property
    def minutes(self):
        return sum(part.minutes for part in self.parts)

    def find(self, **wanted):
        """The first part whose attributes equal `wanted`, or None."""
        return next(
            (
                part
                for part in self.parts
                if all(getattr(part, name) == value for name, value in wanted.items())
            ),
            None,
        )

    def number_of(self, part):
        """The lesson's place among the lessons of the path, from 1."""
        return self.lessons.index(part) + 1

    def before(self, part):
        place = self.parts.index(part)
        return self.parts[place - 1] if place else None

    def after(self, part):
        place = self.parts.index(part) + 1
        return self.parts[place] if place < len(self.parts) else None

    def module_of(self, part):
        return next(module for module in self.modules if part in module.parts)


def build(modules, parts, sector, is_for):
    """The outline for a sector code.

    `modules`: dicts with code, title, summary, objectives, sectors, page_ids, in order.
    `parts`: {page id: Part}; pages that are not live are absent and drop out.
    `is_for(marks, sector)`: the rule of sectors.
    """
    built = []
    for module in modules:
        if not is_for(module["sectors"], sector):
            continue
        chosen = tuple(
            parts[page_id]
            for page_id in module["page_ids"]
            if page_id in parts and is_for(parts[page_id].sectors, sector)
        )
        if chosen:
            built.append(
                Module(
                    code=module["code"],
                    title=module["title"],
                    summary=module["summary"],
                    objectives=tuple(module["objectives"]),
                    parts=chosen,
                )
            )
    return Outline(tuple(built))


def modules_in(blocks):
    """The modules as `build` takes them, from the raw blocks of a course page's outline."""
    return [
        {
            "code": block["value"].get("code", ""),
            "title": block["value"].get("title", ""),
            "summary": block["value"].get("summary") or "",
            "objectives": [bare(item) for item in block["value"].get("objectives", [])],
            "sectors": block["value"].get("sectors") or [],
            "page_ids": [bare(item) for item in block["value"].get("parts", [])],
        }
        for block in blocks
    ]
