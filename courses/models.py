"""Every model of the app's areas, where Django looks for them."""

from courses.attendance.models import Attendance, AttendanceEvent, SheetPhoto
from courses.audit.models import AuditEntry
from courses.catalogue.models import Course, CourseEdition, CourseIndexPage, CoursePage, LessonPage
from courses.directory.models import Entry, Signatory
from courses.drills.cases.models import CaseAnswer, CaseEdition, CaseJudgement, CaseMarking, CaseRun
from courses.drills.cases.pages import CasePage
from courses.drills.register.models import PracticeCase
from courses.drills.remarking.models import DrillRepair, RepairedRun
from courses.drills.scenarios.models import Move, Run, RunMarking, ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.tabletop.models import TableTop, TableTopEdition
from courses.enrolment.cohorts import Cohort, CohortMember, CohortMessage, Invitation
from courses.enrolment.models import Enrolment, SetAside
from courses.imports.models import ImportJob, ImportRow
from courses.mailing.models import Letter
from courses.pocket_cards.models import PocketCard
from courses.procedures.models import CitationReview, Clause, ClauseWording, Procedure, ProcedureEdition
from courses.progress.models import (
    Completion,
    CompletionWithdrawn,
    LessonDone,
    MaterialEdit,
    RecognisedPart,
    Recognition,
    Reopened,
)
from courses.questions.models import BankQuestion, BankQuestionTag, Question, QuestionEdition, QuestionKey
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, LateDecision, Marking, QuizEdition
from courses.quizzes.pages import QuizPage
from courses.quizzes.repairs import KeyRepair, PassTakenBack, RepairedAttempt
from courses.room.models import PaperForm, RoomAttempt, SurveyReceipt, SurveyReply
from courses.room.tables.models import TableResult, TableTopHeld
from courses.transcript.models import EarlierTraining, EarlierTrainingStruck
from courses.workshops.models import Material, Registration, Session, Workshop, WorkshopTopic

__all__ = [
    "AnswerEvent",
    "Attempt",
    "AttemptGrant",
    "AttemptItem",
    "Attendance",
    "AttendanceEvent",
    "AuditEntry",
    "BankQuestion",
    "BankQuestionTag",
    "CaseAnswer",
    "CaseEdition",
    "CaseJudgement",
    "CaseMarking",
    "CasePage",
    "CaseRun",
    "CitationReview",
    "Clause",
    "ClauseWording",
    "Cohort",
    "CohortMember",
    "CohortMessage",
    "Completion",
    "CompletionWithdrawn",
    "Course",
    "CourseEdition",
    "CourseIndexPage",
    "CoursePage",
    "DrillRepair",
    "EarlierTraining",
    "EarlierTrainingStruck",
    "Enrolment",
    "Entry",
    "ImportJob",
    "ImportRow",
    "Invitation",
    "KeyRepair",
    "LateDecision",
    "LessonDone",
    "LessonPage",
    "Letter",
    "Marking",
    "Material",
    "MaterialEdit",
    "Move",
    "PaperForm",
    "PassTakenBack",
    "PocketCard",
    "PracticeCase",
    "Procedure",
    "ProcedureEdition",
    "Question",
    "QuestionEdition",
    "QuestionKey",
    "QuizEdition",
    "QuizPage",
    "RecognisedPart",
    "Recognition",
    "Registration",
    "Reopened",
    "RepairedAttempt",
    "RepairedRun",
    "RoomAttempt",
    "Run",
    "RunMarking",
    "ScenarioEdition",
    "ScenarioPage",
    "Session",
    "SetAside",
    "SheetPhoto",
    "Signatory",
    "SurveyReceipt",
    "SurveyReply",
    "TableResult",
    "TableTop",
    "TableTopEdition",
    "TableTopHeld",
    "Workshop",
    "WorkshopTopic",
]
