"""Choices and callables that migrations import. Keep the names: migrations point here."""

import secrets

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    NOT_SAID = "not_said", _("Prefer not to say")


class Role(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    FACILITATOR = "facilitator", _("Facilitator")
    SUPERVISOR = "supervisor", _("Supervisor")
    # Looks and changes nothing, until a day: see User.role_until.
    AUDITOR = "auditor", _("Auditor")
    FOCAL_POINT = "focal_point", _("Focal point")
    ADMINISTRATOR = "administrator", _("Administrator")


class Approval(models.TextChoices):
    PENDING = "pending", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class SignupMode(models.TextChoices):
    OPEN = "open", _("Anyone may ask; the focal point approves")
    INVITATION = "invitation", _("By invitation only")
    DOMAINS = "domains", _("Only addresses of the domains listed; approved at once")


class Topic(models.TextChoices):
    DEFINITION = "definition", _("What trafficking is")
    INDICATORS = "indicators", _("Signs")
    FIRST_CONTACT = "first_contact", _("First contact")
    REFERRAL = "referral", _("Referral")
    CONFIDENTIALITY = "confidentiality", _("Privacy and data")
    PROTECTION = "protection", _("Protection")
    LAW = "law", _("The law")
    SELF_CARE = "self_care", _("Looking after yourself")


class Difficulty(models.TextChoices):
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Pool(models.TextChoices):
    """What a bank question may be used for: a final item appears nowhere else."""

    CHECK = "check", _("Practice and module checks")
    PRETEST = "pretest", _("Pre-test")
    FINAL = "final", _("Final test only")


class Purpose(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    CHECK = "check", _("Module check")
    PRETEST = "pretest", _("Pre-test")
    FINAL = "final", _("Final test")


class Review(models.TextChoices):
    PRACTICE = "practice", _("Feedback after each question")
    TEST = "test", _("Score and topics at the end, no answers shown")


class EnrolmentWay(models.TextChoices):
    OPEN = "open", _("Anyone may start")
    REQUEST = "request", _("People ask, the focal point accepts")
    ASSIGNMENT = "assignment", _("Only people it is assigned to")


class EnrolmentState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    # It was completed, and that was withdrawn: see progress.withdrawing.
    UNDONE = "undone", _("Completion withdrawn")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")
    # Open in two records of one person, and gone on with in the other: see enrolment.setting_aside.
    SET_ASIDE = "set_aside", _("Set aside")


class CohortWay(models.TextChoices):
    """How somebody came into a group."""

    LINK = "link", _("By the link")
    CODE = "code", _("By the printed code")
    ASSIGNED = "assigned", _("Put in by the training team")
    INVITED = "invited", _("By invitation")


class AttemptState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    VOID = "void", _("Void")


class AttemptOrigin(models.TextChoices):
    SERVER = "server", _("On line")
    DEVICE = "device", _("On a device")
    PAPER = "paper", _("On paper")


class Arrival(models.TextChoices):
    """How an answer came, against the attempt and the enrolment it belongs to."""

    IN_TIME = "in_time", _("In time")
    # Given on a device, received within two weeks after the enrolment ended: it counts, and is shown.
    AFTER_ENDING = "after_ending", _("After the enrolment had ended")
    AFTER_SUBMISSION = "submitted", _("After the test was handed in")
    AFTER_TIME = "time_over", _("After the time was over")
    LONG_AFTER_ENDING = "long_after", _("Long after the enrolment had ended")
    # In practice the first answer stays: another device gave this one without having seen what is right.
    AFTER_FEEDBACK = "feedback", _("After another answer was marked")


# The others do not count by themselves.
ARRIVALS_THAT_COUNT = (Arrival.IN_TIME, Arrival.AFTER_ENDING)
# These count once somebody accepted them.
ARRIVALS_TO_DECIDE = (Arrival.AFTER_SUBMISSION, Arrival.AFTER_TIME, Arrival.LONG_AFTER_ENDING)


class GrantKind(models.TextChoices):
    """What somebody is allowed at one test beyond its rule."""

    ATTEMPT = "attempt", _("One more attempt")
    NO_WAIT = "no_wait", _("No waiting time before the next attempt")
    MORE_TIME = "more_time", _("Extra time")


class CertificateKind(models.TextChoices):
    COMPLETION = "completion", _("Certificate of completion")
    ATTENDANCE = "attendance", _("Statement of attendance")


class PrintRunState(models.TextChoices):
    DRAWING = "drawing", _("Being made")
    READY = "ready", _("Ready")
    PURGED = "purged", _("Files removed")


class CertificateVerb(models.TextChoices):
    ISSUED = "issued", _("Issued")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CORRECTED = "corrected", _("Corrected")
    DUPLICATED = "duplicated", _("Duplicate printed")


class WithdrawalReason(models.TextChoices):
    ERROR = "error", _("Issued in error")
    OTHER = "other", _("Another reason")


class LetterState(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    # Handed over, and nobody knows whether it arrived: never sent again by itself.
    UNCERTAIN = "uncertain", _("Not known whether it was sent")
    FAILED = "failed", _("Not sent")
    BOUNCED = "bounced", _("Came back")
    WITHDRAWN = "withdrawn", _("No longer needed")


class WorkshopKind(models.TextChoices):
    WORKSHOP = "workshop", _("Workshop of ours")
    ELSEWHERE = "elsewhere", _("Training given by another body")
    AWARENESS = "awareness", _("Awareness event, counted by heads")


class WorkshopState(models.TextChoices):
    PLANNED = "planned", _("Being planned")
    OPEN = "open", _("Open for registration")
    CLOSED = "closed", _("Held and closed")
    CANCELLED = "cancelled", _("Cancelled")


class District(models.TextChoices):
    ANSE_LA_RAYE = "anse_la_raye", "Anse la Raye"
    CANARIES = "canaries", "Canaries"
    CASTRIES = "castries", "Castries"
    CHOISEUL = "choiseul", "Choiseul"
    DENNERY = "dennery", "Dennery"
    GROS_ISLET = "gros_islet", "Gros Islet"
    LABORIE = "laborie", "Laborie"
    MICOUD = "micoud", "Micoud"
    SOUFRIERE = "soufriere", "Soufrière"
    VIEUX_FORT = "vieux_fort", "Vieux Fort"
    ABROAD = "abroad", _("Abroad")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")


class RegistrationWay(models.TextChoices):
    SELF = "self", _("By themselves")
    SUPERVISOR = "supervisor", _("By the supervisor")
    OFFICE = "office", _("By the training team")
    WALK_IN = "walk_in", _("Walked in")
    REGISTER = "register", _("From an earlier paper register")


class Presence(models.TextChoices):
    """Where somebody stands at one session, as the log adds up to."""

    UNCONFIRMED = "unconfirmed", _("Signed in by the wall code, room not confirmed")
    PRESENT = "present", _("Here")
    LATE = "late", _("Late")
    ABSENT = "absent", _("Not here")


class AttendanceMark(models.TextChoices):
    PRESENT = "present", _("Here")
    LATE = "late", _("Late")
    ABSENT = "absent", _("Not here")
    UNDO = "undo", _("Undone")


class AttendanceMethod(models.TextChoices):
    WALL = "wall", _("Wall code")
    SCAN = "scan", _("Own code, scanned")
    NAME = "name", _("Found by name")
    PAPER = "paper", _("Paper sheet")
    COPY = "copy", _("Copied from the session before")
    ROOM = "room", _("Room confirmed")
    REGISTER = "register", _("Earlier paper register")


class RoomTestWhen(models.TextChoices):
    BEFORE = "before", _("Pre-test")
    AFTER = "after", _("Post-test")


class ImportKind(models.TextChoices):
    PEOPLE = "people", _("People")
    REGISTER = "register", _("Earlier paper register")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be chosen")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing imported yet")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Could not be read")


class ImportOutcome(models.TextChoices):
    """What a row of a file comes to: foretold by the check, and then done."""

    CREATE = "create", _("New")
    UPDATE = "update", _("Changed")
    LEAVE = "leave", _("Left as it is")
    DECIDE = "decide", _("To be decided")
    ERROR = "error", _("Not possible")


class ImportDecision(models.TextChoices):
    SAME = "same", _("The same person")
    NEW = "new", _("A new person")
    SKIP = "skip", _("Leave the row out")


class ImportResult(models.TextChoices):
    CREATED = "created", _("Added")
    UPDATED = "updated", _("Changed")
    LEFT = "left", _("Left as it was")
    SKIPPED = "skipped", _("Left out")
    ERROR = "error", _("Not possible")


def make_username():
    """A log-in name for people without e-mail: they never type it."""
    return f"u-{secrets.token_hex(8)}"


def private_storage():
    """For files without a public address."""
    return storages["private"]


def signature_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"signatures/{secrets.token_hex(16)}.{extension}"


def crest_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"crests/{secrets.token_hex(16)}.{extension}"


def print_path(instance, filename):
    """Of a print run's files; `filename` is its folder and its ending."""
    folder, _slash, extension = filename.rpartition("/")
    return f"prints/{folder}/{secrets.token_hex(16)}.{extension}"


def sheet_photo_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"sheets/{secrets.token_hex(16)}.{extension}"


def import_path(instance, filename):
    return f"imports/{secrets.token_hex(16)}"


def earlier_scan_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"earlier/{secrets.token_hex(16)}.{extension}"


class RepairState(models.TextChoices):
    """How far the repair of a wrong key is."""

    WORKING_OUT = "working_out", _("Being worked out")
    PROPOSED = "proposed", _("Waiting to be confirmed")
    RUNNING = "running", _("Being marked again")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class RepairChange(models.TextChoices):
    """What a right key changes for one attempt."""

    GAINS = "gains", _("Passes now")
    STANDS = "stands", _("Would not pass: the pass stands")
    SCORE = "score", _("Another score")


class ErasureWhy(models.TextChoices):
    ASKED = "asked", _("The person asked for it")
    TIME = "time", _("The time of keeping is over")


class ProcedureState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ClauseChange(models.TextChoices):
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    REWORDED = "reworded", _("Reworded")
    RENUMBERED = "renumbered", _("Renumbered")


class WrittenIn(models.TextChoices):
    """Where what cites a clause is written."""

    PAGE = "page", _("page")
    QUESTION = "question", _("question of the bank")
    CARD = "card", _("pocket card")
    TABLE_TOP = "table_top", _("table-top exercise")


class CitationState(models.TextChoices):
    OPEN = "open", _("To look at")
    REVIEWED = "reviewed", _("Looked at, still right")
    CHANGED = "changed", _("Changed")
    NOT_AFFECTED = "unaffected", _("Not affected")


class DrillStep(models.TextChoices):
    """What the national procedure asks for, in its order. Drills are scored by these."""

    RECOGNISE = "recognise", _("Recognise")
    SAFETY = "safety", _("Make safe")
    CONSENT = "consent", _("Explain and ask")
    RECORD = "record", _("Write down")
    NOTIFY = "notify", _("Notify")
    REFER = "refer", _("Refer")


class CriticalError(models.TextChoices):
    """What fails a drill whatever else was done well."""

    ALERTS_SUSPECT = "alerts_suspect", _("It warns the suspect")
    SHARES_IDENTITY = "shares_identity", _("It gives away who the person is")
    NO_CONSENT = "no_consent", _("An adult did not agree to it")
    TREATS_AS_OFFENDER = "treats_as_offender", _("It treats a possible victim as an offender")
    LEAVES_IN_DANGER = "leaves_in_danger", _("It leaves somebody in danger")
    CHILD_UNPROTECTED = "child_unprotected", _("It leaves a child without protection")


class DrillKind(models.TextChoices):
    SCENARIO = "scenario", _("Scenario")
    CASE = "case", _("Practice case")


class ScenarioMode(models.TextChoices):
    PRACTICE = "practice", _("Practice: what follows is told after each choice, and going back is allowed")
    COUNTED = "counted", _("Test: no going back, and everything is explained at the end")


class EndingKind(models.TextChoices):
    GOOD = "good", _("Well done")
    MIXED = "mixed", _("Partly")
    POOR = "poor", _("Harm was done")


class RunState(models.TextChoices):
    """Of one way through a drill."""

    OPEN = "open", _("Begun")
    ENDED = "ended", _("Finished")
    LEFT = "left", _("Left for another case")


class CaseStage(models.TextChoices):
    """How far a practice case of a class is, from intake to closing, in the order of the procedure."""

    INTAKE = "intake", _("Intake")
    SCREENED = "screened", _("Screened")
    REFERRED = "referred", _("Referred")
    PLACED = "placed", _("Safe place found")
    IDENTIFIED = "identified", _("Assessed and identified")
    RECOVERING = "recovering", _("Recovery and plan")
    CLOSED = "closed", _("Closed")
