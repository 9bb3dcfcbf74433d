"""What a question's page is headed by."""

from django.utils.translation import gettext as _

from courses.kinds.answering import PARTS
from courses.kinds.wording import paragraphs, split_stem


def situation_and_question(kind, body):
    """(situation paragraphs, question). The stem of a case is all situation: its parts ask."""
    if kind.ASKS == PARTS:
        return paragraphs(body["stem"]), _("Read the case, then answer each part")
    return split_stem(body["stem"])
