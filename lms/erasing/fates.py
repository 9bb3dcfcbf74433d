"""What an erasure does with each kind of row that is held on somebody, in the order in which it is done.

A test holds that no sheet of `own_data` is forgotten here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lms.own_data.sheets import SHEETS, Sheet


@dataclass(frozen=True)
class Removed:
    """The rows go."""


@dataclass(frozen=True)
class Blanked:
    """The rows stay; these fields get these values."""

    fields: dict


@dataclass(frozen=True)
class Kept:
    why: str


RECORD = Kept(_("It is the record of training: who was trained in what, when, and with what result."))
AS_IT_WAS = Kept(_("It is proof that others hold in their hands, and check."))
COUNTED = Kept(_("It names nothing but what was done and when; the figures count it."))

OF_ITSELF = {
    "post": None,
    "rank": "",
    "service_number": "",
    "phone": "",
    "contact_email": "",
    "reminders_muted": True,
}
OF_AN_IMPORT = {
    **dict.fromkeys(("email_key", "number_key", "phone_key", "name_key", "digest"), ""),
    "values": {},
    "notes": [],
    "changes": [],
    "offered": [],
}

FATES = {
    # What refers to something goes before it.
    "lms.Reminder": Removed(),
    "courses.Invitation": Removed(),
    "courses.Letter": Removed(),
    "courses.LateDecision": Removed(),
    "courses.AnswerEvent": Removed(),
    "courses.Move": Removed(),
    "courses.CaseAnswer": Removed(),
    "courses.CaseJudgement": Removed(),
    "courses.AttemptGrant": Removed(),
    "people.NameCorrection": Removed(),
    "people.ApprovalQuestion": Removed(),
    "people.PersonNote": Removed(),
    "people.NotTheSame": Removed(),
    "people.CodeCard": Removed(),
    "people.Device": Removed(),
    "mfa.Authenticator": Removed(),
    "usersessions.UserSession": Removed(),
    "account.EmailAddress": Removed(),
    "people.User": Removed(),
    "courses.Attempt": Blanked({"device": ""}),
    "courses.AttendanceEvent": Blanked({"device": "", "reason": ""}),
    "courses.EarlierTraining": Blanked({"scan": ""}),
    "courses.ImportRow": Blanked(OF_AN_IMPORT),
    "people.Person": Blanked(OF_ITSELF),
    "lms.Erasure": Kept(_("It says that this was done, when, and by whom.")),
    "lms.Look": Kept(_("It says who looked at the record; it goes by itself after some years.")),
    "people.Merge": COUNTED,
    "courses.CohortMember": COUNTED,
    "courses.Enrolment": RECORD,
    "courses.SetAside": COUNTED,
    "courses.LessonDone": COUNTED,
    "courses.Reopened": COUNTED,
    "courses.Recognition": RECORD,
    "courses.RecognisedPart": RECORD,
    "courses.Completion": RECORD,
    "courses.CompletionWithdrawn": RECORD,
    "certificates.SecondPerson": RECORD,
    "courses.AttemptItem": COUNTED,
    "courses.Marking": RECORD,
    "courses.RepairedAttempt": RECORD,
    "courses.PassTakenBack": RECORD,
    "courses.Run": COUNTED,
    "courses.RunMarking": RECORD,
    "courses.CaseRun": COUNTED,
    "courses.RepairedRun": RECORD,
    "courses.CaseMarking": RECORD,
    "courses.PracticeCase": COUNTED,
    "courses.Registration": RECORD,
    "courses.Attendance": RECORD,
    "courses.RoomAttempt": COUNTED,
    "courses.SurveyReceipt": COUNTED,
    "courses.EarlierTrainingStruck": RECORD,
    "certificates.Certificate": AS_IT_WAS,
    "certificates.CertificateFile": AS_IT_WAS,
    "certificates.CertificateEvent": AS_IT_WAS,
    "certificates.RefresherCalled": COUNTED,
    "certificates.RefresherTry": Blanked({"answers": {}}),
    "certificates.RefresherDone": RECORD,
}
# No sheet of the person's own: it would tell who else is called alike.
_PAIRS = Sheet("people.NotTheSame", ("one", "other"))
_BY_MODEL = {sheet.model: sheet for sheet in (*SHEETS, _PAIRS)}


def sheets():
    """[(Sheet, its fate), ...] in order."""
    return [(_BY_MODEL[model], fate) for model, fate in FATES.items()]
