from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        import courses.enrolment.receivers
        import courses.mailing.receivers
        import courses.progress.receivers
        import courses.questions.receivers
        import courses.quizzes.receivers  # noqa: F401
