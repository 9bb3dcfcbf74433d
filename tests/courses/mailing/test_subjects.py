"""The subject of a mail is read over shoulders: nothing about a person stands in one.

Every mail of the site is made from a template whose name ends in `_subject.txt`, and sent by one of the few
below; so a new mail is asked here too.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, engines, loader
from django.template.utils import get_app_template_dirs

from tests.canaries import WORDS

ENDING = "_subject.txt"
# What a subject may say beside its own words, and who gives it: the neutral title of a course, and one of
# `lms.desk.cohorts.forms.SUBJECTS`.
MAY_SAY = {
    "courses/mail/cohort_message": {"programme": "A course", "subject": "a message for you"},
    "courses/mail/invitation": {"programme": "A course"},
}
NEVER_SENT = {
    "registration/password_reset": "Django's own: allauth resets passwords, with its own template.",
    "wagtailadmin/notifications/approved": "Left over in Wagtail, which asks for those of tasks and workflows.",
    "wagtailadmin/notifications/rejected": "Left over in Wagtail, which asks for those of tasks and workflows.",
}
WRITES = {"create", "get_or_create", "update_or_create", "bulk_create"}
# Ways of sending that know no template.
SENDING = {
    *("EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "email_user"),
    *("mail_admins", "mail_managers", "Letter"),
}
# `sending` hands over the letters that `posting` wrote; allauth asks the adapter for each of its mails.
MAY_SEND = {
    "courses/mailing/sending.py": {"EmailMessage"},
    "courses/mailing/posting.py": {"Letter.get_or_create"},
    "courses/people/adapter.py": {"send_mail"},
}


class Bird:
    """Something that answers with the canary, whatever it is asked for."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name):
        return self

    def __str__(self):
        return "Quetzalina"


class EveryName(dict):
    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return Bird()


def subject_templates():
    """Those of the site and of all that is installed: {name without its ending}."""
    folders = [*settings.TEMPLATES[0]["DIRS"], *get_app_template_dirs("templates")]
    found = {str(path.relative_to(folder)) for folder in folders for path in Path(folder).rglob(f"*{ENDING}")}
    return sorted(name.removesuffix(ENDING) for name in found)


def subject_of(name):
    return rendered(loader.get_template(name + ENDING), **MAY_SAY.get(name, {}))


def rendered(template, **facts):
    context = Context(facts, autoescape=False)
    # Behind all that is there: every other name is the canary.
    context.dicts.insert(0, EveryName())
    return template.template.render(context).strip()


def test_the_templates_are_found():
    found = subject_templates()
    ours = {"people/mail/approved", "courses/mail/invitation", "lms/reminding/mail/reminder"}
    others = {"account/email/password_reset_key", "wagtailadmin/notifications/updated_comments"}
    assert ours | others <= set(found)
    assert {*MAY_SAY, *NEVER_SENT} <= set(found)


@pytest.mark.parametrize(
    "words", ["{{ person }}", "{{ user.person.rank }}", "{% if person %}{{ a }}{% endif %}"]
)
def test_a_template_that_told_something_would_be_found(words):
    assert WORDS.search(rendered(engines["django"].from_string(words)))


@pytest.mark.parametrize("name", sorted(set(subject_templates()) - set(NEVER_SENT)))
def test_nothing_about_a_person_is_a_subject(name):
    subject = subject_of(name)

    assert subject
    assert not WORDS.search(subject)


def used_in(tree):
    """Names of ways of sending that a module calls, or makes rows of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            *_, last = names = ast.unparse(node.func).split(".")
            if "Letter" in names[:-1] and last in WRITES:
                yield f"Letter.{last}"
            elif last in SENDING:
                yield last


def test_no_mail_goes_another_way():
    found = {}
    for package in ("lms", "courses", "certificates"):
        for path in Path(settings.BASE_DIR, package).rglob("*.py"):
            if used := set(used_in(ast.parse(path.read_text()))):
                found[str(path.relative_to(settings.BASE_DIR))] = used

    assert found == MAY_SEND
