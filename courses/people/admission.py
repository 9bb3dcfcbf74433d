"""Who may sign up at all, by the site's setting."""

from courses.choices import Approval, SignupMode
from courses.people.approving import approve
from courses.people.models import SignupSettings


def is_open(request):
    return SignupSettings.for_request(request).mode != SignupMode.INVITATION


def domain_of(email):
    return email.rpartition("@")[2].strip().lower()


def address_is_welcome(email, request):
    """False only where the site takes listed domains and this address is of another."""
    settings = SignupSettings.for_request(request)
    return settings.mode != SignupMode.DOMAINS or domain_of(email) in settings.allowed_domains()


def admit_by_domain(email_address, request, *, at):
    """A waiting person who proved an address of a listed domain is approved at once."""
    settings = SignupSettings.for_request(request)
    person = email_address.user.person
    if (
        settings.mode == SignupMode.DOMAINS
        and email_address.verified
        and domain_of(email_address.email) in settings.allowed_domains()
        and person is not None
        and person.approval == Approval.PENDING
    ):
        approve(person, actor=None, at=at)
