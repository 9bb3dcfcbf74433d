"""Topic, module and tags for many questions of the bank at once."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.desk_selection import Group, ManyView
from courses.people import roles
from courses.questions.classifying import classify
from courses.questions.forms import ClassifyForm
from courses.questions.models import BankQuestion

NOTHING = gettext_lazy("No question was chosen, so nothing changed.")


class ClassifyManyView(ManyView):
    name = "classify"
    label = gettext_lazy("Change topic, module or tags…")
    url_name = "desk_questions_classify"
    index_url_name = "wagtailsnippets_courses_bankquestion:list"
    form_class = ClassifyForm
    header_icon = "tag"
    page_title = gettext_lazy("Change topic, module or tags")
    explanation = gettext_lazy(
        "What people are asked stays as it is. A quiz that draws by topic or module follows the change."
    )
    button = gettext_lazy("Yes, change them")
    nobody = NOTHING

    def may(self, user):
        return roles.may_write_courses(user)

    def get_queryset(self):
        return BankQuestion.objects.defer("body").prefetch_related("tagged_items__tag").order_by("code")

    def groups(self, answers):
        return [Group(_("Chosen"), [(question, _note(question)) for question in self.rows])]

    def decide(self, answers):
        who = {"actor": self.request.user, "at": self.at}
        changed = [question for question in self.rows if classify(question.pk, **answers, **who)]
        same = [question.code for question in self.rows if question not in changed]
        if changed:
            n = len(changed)
            messages.success(
                self.request,
                ngettext("%(n)d question was changed.", "%(n)d questions were changed.", n) % {"n": n},
            )
        if same:
            words = _("Left as they are, because they are so already or are scheduled: %(codes)s.")
            messages.warning(self.request, words % {"codes": ", ".join(same)})


def _note(question):
    tags = [item.tag.name for item in question.tagged_items.all()]
    return "; ".join(filter(None, [question.get_topic_display(), question.module, ", ".join(tags)]))
