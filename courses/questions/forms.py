"""Forms in which questions are written."""

from courses.catalogue.gate_form import GatedForm, GatedPageForm


class _AsksAnew:
    """Whether a change is a slip or a new meaning is said for one publishing: once it is published,
    the next edit begins with nothing said, and whoever changes an answered question says it anew."""

    questions_field = "body"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.live and not self.instance.has_unpublished_changes:
            for block in self.initial.get(self.questions_field, ()):
                if "change" in block.value:
                    block.value["change"] = ""


class BankQuestionForm(_AsksAnew, GatedForm):
    pass


class QuizPageForm(_AsksAnew, GatedPageForm):
    questions_field = "questions"
