"""When a course is completed: a pure rule, evaluated whenever something ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """What the path still asks for: keys, in the order of the path."""

    lessons: tuple = ()
    checks: tuple = ()
    final: tuple = ()

    def __bool__(self):
        return bool(self.lessons or self.checks or self.final)

    @property
    def before_final(self):
        return self.lessons + self.checks


def missing(rule, *, lessons, done, checks, final, passed):
    """What is missing for completion.

    `rule`: {"lessons": bool, "checks": bool, "final": bool}. `lessons`, `checks`, `final`:
    keys on the person's path, in order. `done`: keys of lessons done. `passed`: keys of
    quizzes passed. A part that the rule does not ask for is never missing.
    """

    def left(asked, keys, got):
        return tuple(key for key in keys if key not in got) if asked else ()

    return Missing(
        lessons=left(rule.get("lessons"), lessons, done),
        checks=left(rule.get("checks"), checks, passed),
        final=left(rule.get("final"), final, passed),
    )


def is_complete(rule, *, lessons, done, checks, final, passed):
    """Whether the path is completed. A path that asks for nothing at all never is."""
    asks = (rule.get("lessons") and lessons) or (rule.get("checks") and checks) or (rule.get("final") and final)
    return bool(asks) and not missing(
        rule, lessons=lessons, done=done, checks=checks, final=final, passed=passed
    )
