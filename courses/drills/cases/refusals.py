"""Why a practice case cannot be started or gone on with, in words for the person."""

from django.utils.translation import gettext as _


class CaseRefused(Exception):
    """`str()` is a sentence for the person."""


class NoSuchCase(CaseRefused):
    def __str__(self):
        return _("This practice case is not open.")


class NotStudying(CaseRefused):
    def __str__(self):
        return _("Start the course first.")


class HandedIn(CaseRefused):
    def __str__(self):
        return _("You have handed this form in. What you typed since was not saved.")


class NotReached(CaseRefused):
    def __str__(self):
        return _("Fill in the page before first.")


class NotHandedIn(CaseRefused):
    def __str__(self):
        return _("Hand the form in first; then judge your text.")
