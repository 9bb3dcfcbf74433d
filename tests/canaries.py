"""A person of whom every word can be told apart from all others, and those who listen for these words.

Like the bird in a mine: where one of the words turns up, something of a person got out.
"""

import contextlib
import copy
import logging
import logging.config
import re

from django.conf import settings
from django.utils import timezone

from courses.people.models import NameCorrection, PersonNote
from tests.factories import make_person, make_user

# In every word about the canary, and in nothing else. Plain letters and digits: in an address they look no
# different.
BIRD, DIGITS = "quetzal", "0987613"
WORDS = re.compile(f"{BIRD}|{DIGITS}", re.IGNORECASE)
FACTS = {
    "full_name": "Quetzalina Quetzalsson",
    "rank": "Quetzal sergeant",
    "service_number": "QUETZAL 77",
    "phone": f"+1758{DIGITS}",
}
EMAIL = "quetzal.ina@quetzal.example"

# What a browser asks for by itself or on a click, a script included.
_ATTRIBUTE = re.compile(
    r"""\b(?:href|src|srcset|action|formaction|poster|cite|ping)\s*=\s*(["'])(.*?)\1""", re.S
)
_IN_QUOTES = re.compile(r"""(["'])((?:https?:|/|\?)[^"'<>\n]*)\1""")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S | re.I)
_VALUE = re.compile(r"""\bvalue\s*=\s*(["'])(.*?)\1""", re.S)
_POSTS = re.compile(r"""\bmethod\s*=\s*["']?post""", re.I)
# These are handed to the mail program or the telephone, not to a server.
_NO_ADDRESS = ("mailto:", "tel:", "data:")
# And the name under which a file is kept by whoever asked for it.
_HEADERS = ["Location", "Content-Location", "Link", "Refresh", "Content-Disposition"]


def make_canary(agency, **kwargs):
    """A log-in whose person has the facts above, a note of the office and a wish for another name."""
    person = make_person(agency=agency, **kwargs)
    turn_into_canary(person)
    NameCorrection.objects.create(person=person, wanted="Quetzaline Quetzalsson", asked_at=timezone.now())
    return make_user(email=EMAIL, person=person)


def turn_into_canary(person):
    for name, value in FACTS.items():
        setattr(person, name, value)
    person.save()
    PersonNote.objects.create(person=person, text="Lives on the quetzal lane.", author="Jo", at=timezone.now())


def text_of(response):
    """What is written in an answer of the test client; of a picture or a sheet nothing."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith(("text/", "application/json", "application/manifest")):
        return ""
    return response.content.decode()


def addresses_in(response):
    """Each address that the answer leads to, by itself, by a link, a script or a form that asks."""
    yield from (response[name] for name in _HEADERS if name in response)
    text = text_of(response)
    yield from (found[2] for found in _ATTRIBUTE.finditer(text) if not found[2].startswith(_NO_ADDRESS))
    yield from (found[2] for found in _IN_QUOTES.finditer(text))
    for attributes, inside in _FORM.findall(text):
        if not _POSTS.search(attributes):
            yield from (found[2] for found in _VALUE.finditer(inside))


def telling(response):
    """The addresses in the answer that tell something of the canary."""
    headers = any(WORDS.search(response[name]) for name in _HEADERS if name in response)
    if not headers and not WORDS.search(text_of(response)):
        return []
    return sorted({address for address in addresses_in(response) if WORDS.search(address)})


def formatters():
    """Those of the handlers of the site, of which every line goes through one."""
    # A copy: what is read from it is taken out of it.
    factory = logging.config.DictConfigurator(copy.deepcopy(settings.LOGGING))
    named = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    return [factory.configure_formatter(factory.config["formatters"][name]) for name in named]


class Ear(logging.Handler):
    """`lines`: everything as the site would write it. `bare`: the same as Python alone would."""

    def __init__(self):
        super().__init__(logging.NOTSET)
        self.lines, self.bare, self.formatters = [], [], formatters()

    def emit(self, record):
        self.bare.append(logging.Formatter().format(record))
        record.exc_text = None
        self.lines += [formatter.format(record) for formatter in self.formatters]

    @property
    def telling(self):
        return [line for line in self.lines if WORDS.search(line)]


@contextlib.contextmanager
def listening():
    """An Ear for the lines of every logger, of every level. Only what templates look for in vain is left out:
    Django writes no such line at any level that can be set, and there are thousands in Wagtail's pages."""
    root, ear = logging.getLogger(), Ear()
    loggers = [one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    before = [(one, one.level, one.propagate) for one in [root, *loggers]]
    for one in loggers:
        one.setLevel(logging.NOTSET)
        one.propagate = True
    logging.getLogger("django.template").setLevel(logging.INFO)
    root.setLevel(1)
    root.addHandler(ear)
    try:
        yield ear
    finally:
        root.removeHandler(ear)
        for one, level, propagate in before:
            one.setLevel(level)
            one.propagate = propagate
