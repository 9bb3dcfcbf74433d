"""What is held on somebody, sheet by sheet. A test walks every model that leads to a person: it is here, or it
is in LEFT_OUT with the reason."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q


@dataclass(frozen=True)
class Sheet:
    """The rows of a model, by the paths that lead from it to the person. `secret` columns stay here."""

    model: str
    paths: tuple[str, ...] = ("person",)
    secret: tuple[str, ...] = ()

    @property
    def name(self):
        return self.model.split(".")[1].lower()

    @property
    def title(self):
        return str(apps.get_model(self.model)._meta.verbose_name_plural)

    @property
    def columns(self):
        return [
            field for field in apps.get_model(self.model)._meta.concrete_fields if field.name not in self.secret
        ]

    def rows(self, people):
        wanted = Q()
        for path in self.paths:
            wanted |= Q(**{f"{path}__in": people})
        model = apps.get_model(self.model)
        return model._default_manager.filter(
            pk__in=model._default_manager.filter(wanted).values("pk")
        ).order_by("pk")


OF_USER, OF_ENROLMENT, OF_ATTEMPT = ("user__person",), ("enrolment__person",), ("attempt__person",)
OF_RUN, OF_REGISTRATION, OF_CERTIFICATE = ("run__person",), ("registration__person",), ("certificate__person",)

SHEETS = [
    Sheet("people.Person", ("pk",)),
    Sheet("people.User", secret=("password",)),
    Sheet("account.EmailAddress", OF_USER),
    Sheet("mfa.Authenticator", OF_USER, secret=("data",)),
    Sheet("usersessions.UserSession", OF_USER, secret=("session_key", "data")),
    Sheet("people.NameCorrection"),
    Sheet("people.ApprovalQuestion"),
    Sheet("people.PersonNote"),
    Sheet("people.Merge", ("person", "into")),
    Sheet("people.CodeCard", secret=("hash",)),
    Sheet("people.Device"),
    Sheet("courses.Letter"),
    Sheet("lms.Reminder"),
    Sheet("lms.Erasure"),
    Sheet("lms.Look"),
    Sheet("courses.Invitation", secret=("token_hash",)),
    Sheet("courses.ImportRow", secret=("offered", "same_as", "digest")),
    Sheet("courses.CohortMember"),
    Sheet("courses.Enrolment"),
    Sheet("courses.SetAside", OF_ENROLMENT),
    Sheet("courses.LessonDone", OF_ENROLMENT),
    Sheet("courses.Reopened", OF_ENROLMENT),
    Sheet("courses.Recognition", OF_ENROLMENT),
    Sheet("courses.RecognisedPart", OF_ENROLMENT),
    Sheet("courses.AttemptGrant", OF_ENROLMENT),
    Sheet("courses.Completion", OF_ENROLMENT),
    Sheet("courses.CompletionWithdrawn", ("completion__enrolment__person",)),
    Sheet("certificates.SecondPerson", ("completion__enrolment__person",)),
    Sheet("courses.Attempt"),
    # What was asked and answered is in `answers.csv`, in words; which key was used, and what each answer
    # came to, would tell what is right before a test's own rule does.
    Sheet("courses.AttemptItem", OF_ATTEMPT, secret=("question_edition", "option_order")),
    Sheet("courses.AnswerEvent", ("item__attempt__person",)),
    Sheet("courses.LateDecision", ("event__item__attempt__person",)),
    Sheet("courses.Marking", OF_ATTEMPT, secret=("key_versions", "details")),
    Sheet("courses.RepairedAttempt", OF_ATTEMPT),
    Sheet("courses.PassTakenBack", OF_ATTEMPT),
    Sheet("courses.Run"),
    Sheet("courses.Move", OF_RUN),
    Sheet("courses.RunMarking", OF_RUN),
    Sheet("courses.CaseRun"),
    Sheet("courses.RepairedRun", ("run__person", "case_run__person")),
    Sheet("courses.CaseAnswer", OF_RUN),
    Sheet("courses.CaseMarking", OF_RUN),
    Sheet("courses.CaseJudgement", OF_RUN),
    Sheet("courses.PracticeCase", ("assigned_to",)),
    Sheet("courses.Registration"),
    Sheet("courses.Attendance", OF_REGISTRATION),
    Sheet("courses.AttendanceEvent", OF_REGISTRATION),
    Sheet("courses.RoomAttempt", OF_ATTEMPT),
    Sheet("courses.SurveyReceipt", OF_REGISTRATION),
    Sheet("courses.EarlierTraining"),
    Sheet("courses.EarlierTrainingStruck", ("training__person",)),
    Sheet("certificates.Certificate", secret=("token",)),
    Sheet("certificates.CertificateFile", OF_CERTIFICATE, secret=("pdf",)),
    Sheet("certificates.CertificateEvent", OF_CERTIFICATE),
    Sheet("certificates.RefresherCalled"),
    Sheet("certificates.RefresherTry"),
    Sheet("certificates.RefresherDone", ("called__person",)),
]

FIGURES = "A view for counting: every row is in the sheets already."
OFFICE = "Work of the office: who wrote, owns or changed content. Acts are in `acts.csv`."
LEFT_OUT = {
    "people.NotTheSame": "It would tell who else is called alike.",
    "account.EmailConfirmation": "A link that was mailed: whoever has it confirms an address.",
    "certificates.PrintRunItem": "That a certificate was on a list to print; its pages are the certificates.",
    "courses.Cohort": OFFICE,
    "courses.Workshop": OFFICE,
    "lms.ArchiveOrder": OFFICE,
    "lms.Handover": OFFICE,
    "lms.PackOrder": OFFICE,
    "lms.PartDone": FIGURES,
    "lms.Training": FIGURES,
    "lms.Completed": FIGURES,
    "lms.Attended": FIGURES,
    "lms.Certified": FIGURES,
    "lms.Earlier": FIGURES,
    "lms.Tested": FIGURES,
}
# Apps whose rows point at a log-in for what somebody did with pages, pictures and documents. Pages too.
OFFICE_APPS = {"wagtailcore", "wagtailimages", "wagtaildocs", "wagtailusers", "wagtailadmin"}


def objects_of(people):
    """{(object type, object key)} of everything that is held on these people, as the audit log names it."""
    return {
        (sheet.model.lower(), str(pk))
        for sheet in SHEETS
        for pk in sheet.rows(people).values_list("pk", flat=True)
    }
