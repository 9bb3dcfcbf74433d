"""What was typed about a walk-in on a device that had no network: whoever stood there is not lost for a
number that cannot be read."""

from django.utils.translation import gettext as _

from courses.attendance.walking_in import agency_called
from courses.people.fields import REASONS
from courses.people.names import NameRefused, clean_name, clean_text
from courses.people.phones import PhoneRefused, clean_phone
from courses.people.telltale import telltale

LONGEST = 40
LONGEST_AGENCY = 160


class WalkInUnread(Exception):
    """There is no name to enter; the text says why."""


def read_walk_in(said):
    """(what `walking_in.enter` takes, sentences about what was left out), or WalkInUnread."""
    try:
        name = clean_name(_text(said, "full_name"))
    except NameRefused as refused:
        raise WalkInUnread(str(REASONS[refused.reason])) from None
    left_out = []
    facts = {"full_name": name, "phone": "", "service_number": "", "agency": None, "agency_text": ""}
    try:
        facts["phone"] = clean_phone(_text(said, "phone")[:LONGEST])
    except PhoneRefused:
        left_out.append(_("The telephone number could not be read. It was left out."))
    try:
        facts["service_number"] = _line(said, "service_number", LONGEST)
    except NameRefused:
        left_out.append(_("The service number could not be read. It was left out."))
    try:
        facts["agency_text"] = _line(said, "agency_text", LONGEST_AGENCY)
    except NameRefused:
        left_out.append(_("The agency could not be read. It was left out."))
    facts["agency"] = agency_called(facts["agency_text"])
    if facts["agency"] is None and telltale(facts["agency_text"]):
        facts["agency_text"] = ""
        left_out.append(_("The agency looked like a number or an address of somebody. It was left out."))
    return facts, left_out


def _text(said, name):
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _line(said, name, longest):
    text = clean_text(_text(said, name))
    if len(text) > longest:
        raise NameRefused("long")
    return text
