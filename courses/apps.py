from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        import courses.drills.cases.receivers
        import courses.drills.scenarios.receivers
        import courses.enrolment.receivers
        import courses.mailing.receivers
        import courses.progress.receivers
        import courses.questions.receivers
        import courses.quizzes.receivers
        import courses.room.receivers  # noqa: F401
        from courses.attendance.registers import RegisterKind
        from courses.audit import desk
        from courses.drills.scenarios.patterns import write_scenario
        from courses.imports import kinds
        from courses.imports.people import PeopleKind
        from courses.quizzes import writing

        desk.watch_forms()
        writing.install(writing.Template.SCENARIO, write_scenario)
        for kind in (PeopleKind(), RegisterKind()):
            kinds.install(kind)
