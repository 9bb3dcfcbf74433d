"""Choices and callables that migrations import. Keep the names: migrations point here."""

import secrets

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
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")


class AttemptState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    VOID = "void", _("Void")


class AttemptOrigin(models.TextChoices):
    SERVER = "server", _("On line")
    DEVICE = "device", _("On a device")


class GrantKind(models.TextChoices):
    """What somebody is allowed at one test beyond its rule."""

    ATTEMPT = "attempt", _("One more attempt")
    NO_WAIT = "no_wait", _("No waiting time before the next attempt")
    MORE_TIME = "more_time", _("Extra time")


class CertificateKind(models.TextChoices):
    COMPLETION = "completion", _("Certificate of completion")
    ATTENDANCE = "attendance", _("Certificate of attendance")


class CertificateVerb(models.TextChoices):
    ISSUED = "issued", _("Issued")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CORRECTED = "corrected", _("Corrected")


class WithdrawalReason(models.TextChoices):
    ERROR = "error", _("Issued in error")
    OTHER = "other", _("Another reason")


def make_username():
    """A log-in name for people without e-mail: they never type it."""
    return f"u-{secrets.token_hex(8)}"


def signature_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"signatures/{secrets.token_hex(16)}.{extension}"


def crest_path(instance, filename):
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"crests/{secrets.token_hex(16)}.{extension}"
