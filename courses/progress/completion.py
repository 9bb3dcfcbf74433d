"""When a course is completed: a pure rule, evaluated whenever something ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """What the path still asks for: keys, in the order of the path."""

    lessons: tuple = ()
    checks: tuple = ()
    drills: tuple = ()
    final: tuple = ()

    def __bool__(self):
        return bool(self.before_final or self.final)

    @property
    def before_final(self):
        return self.lessons + self.checks + self.drills


def held(keys, began_with):
    """Of these keys on a path those that somebody began with: what was added since is offered, not asked.

    All of them where it is not known what they began with, or where nothing of it is left: then the course was
    written anew, and an empty path would be completed by doing nothing.
    """
    kept = [key for key in keys if str(key) in began_with]
    return kept or list(keys)


def missing(rule, *, lessons, done, checks, drills, final, passed):
    """What is missing for completion.

    `rule`: {"lessons": bool, "checks": bool, "final": bool}, and "drills" where they are asked for.
    `lessons`, `checks`, `drills`, `final`: keys on the person's path, in order. `done`: keys of lessons
    done. `passed`: keys of quizzes and drills passed. A part that the rule does not ask for is never missing.
    """

    def left(asked, keys, got):
        return tuple(key for key in keys if key not in got) if asked else ()

    return Missing(
        lessons=left(rule.get("lessons"), lessons, done),
        checks=left(rule.get("checks"), checks, passed),
        drills=left(rule.get("drills"), drills, passed),
        final=left(rule.get("final"), final, passed),
    )


def is_complete(rule, *, lessons, done, checks, drills, final, passed):
    """Whether the path is completed. A path that asks for nothing at all never is."""
    parts = {"lessons": lessons, "checks": checks, "drills": drills, "final": final}
    asks = any(rule.get(name) and keys for name, keys in parts.items())
    return asks and not missing(rule, **parts, done=done, passed=passed)
