"""The forms by which the office plans a workshop, or records training that others gave."""

import uuid

from django import forms
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from courses.catalogue.models import CoursePage
from courses.choices import Role, WorkshopKind
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.fields import PlainTextField
from courses.people.models import Agency, Person
from courses.quizzes.pages import QuizPage
from courses.workshops.models import WorkshopTopic

TEACHING = [Role.FACILITATOR, Role.FOCAL_POINT, Role.ADMINISTRATOR]
TESTS = ["pretest_key", "posttest_key"]


def quizzes_to_choose():
    """[(translation key, "title (course)")] of live quizzes; one entry for all languages of one."""
    courses = sorted(CoursePage.objects.values_list("path", "title"), key=lambda row: -len(row[0]))
    found = {}
    for key, path, title in (
        QuizPage.objects.live().order_by("pk").values_list("translation_key", "path", "title")
    ):
        course = next((name for above, name in courses if path.startswith(above)), "")
        found.setdefault(str(key), f"{title} ({course})" if course else title)
    return sorted(found.items(), key=lambda row: row[1].casefold())


class TestField(forms.TypedChoiceField):
    """A quiz by its title, kept by its translation key: evidence outlives pages."""

    __test__ = False  # no test, whatever a collector makes of its name

    def __init__(self, **kwargs):
        super().__init__(coerce=uuid.UUID, empty_value=None, required=False, **kwargs)

    def prepare_value(self, value):
        return str(value) if value else ""


class KnownDocuments(AdminDocumentChooser):
    """The chooser of a document, told of those chosen already: it would ask for each by itself."""

    known = {}

    def get_instance(self, value):
        return self.known.get(str(value)) or super().get_instance(value)


class WorkshopForm(CarefulForm, WagtailAdminModelForm):
    title = PlainTextField(label=gettext_lazy("Title"), max_length=160)
    venue = FreeTextField(
        label=gettext_lazy("Venue"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("It is in mails and calendar files too: no more than the name of the house."),
    )
    note = FreeTextField(
        label=gettext_lazy("Note of the office"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Participants do not see it. Write nothing about a case here."),
    )
    no_case = forms.BooleanField(required=False)
    pretest_key = TestField(label=gettext_lazy("Pre-test"))
    posttest_key = TestField(label=gettext_lazy("Post-test"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._narrow()
        self._look_up_documents()
        choices = quizzes_to_choose() if self.instance.kind == WorkshopKind.WORKSHOP else None
        for name in TESTS:
            if choices is None:
                # Declared, so Wagtail would show it in forms that have no panel for it.
                del self.fields[name]
            else:
                self.fields[name].choices = self._with_what_is_kept(name, choices)

    def _narrow(self):
        """Only who teaches, and what is still in use; what was chosen before may stay."""
        kept = self.instance.pk is not None
        if "facilitators" in self.fields:
            mine = Q(workshops_taught=self.instance.pk) if kept else Q(pk=None)
            field = self.fields["facilitators"]
            teaching = Q(user__role__in=TEACHING, user__is_active=True, merged_into=None)
            field.queryset = Person.objects.filter(teaching | mine).distinct()
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
        if "agencies" in self.fields:
            mine = Q(workshops=self.instance.pk) if kept else Q(pk=None)
            field = self.fields["agencies"]
            field.queryset = Agency.objects.filter(Q(retired=False) | mine).distinct()
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
            field.help_text = _("None ticked: everybody may come. Else only their people can register.")
        if "topic" in self.fields:
            self.fields["topic"].queryset = WorkshopTopic.objects.filter(
                Q(retired=False) | Q(pk=self.instance.topic_id)
            )

    def _look_up_documents(self):
        rows = self.formsets["materials"].forms if "materials" in self.formsets else []
        chosen = get_document_model().objects.in_bulk(
            [form.instance.document_id for form in rows if form.instance.document_id]
        )
        for form in rows:
            form.fields["document"].widget.known = {str(pk): document for pk, document in chosen.items()}

    def _with_what_is_kept(self, name, choices):
        key = getattr(self.instance, name)
        known = {value for value, _label in choices}
        lost = [(str(key), _("a quiz that is no longer published"))] if key and str(key) not in known else []
        return [("", _("none")), *choices, *lost]

    def clean(self):
        cleaned = super().clean()
        women, heads = cleaned.get("headcount_women"), cleaned.get("headcount")
        if women is not None and heads is None:
            self.add_error("headcount", _("Give how many people were reached in all."))
        if cleaned.get("required_mark") and "posttest_key" in self.fields and not cleaned.get("posttest_key"):
            self.add_error("posttest_key", _("Choose the post-test whose mark is needed."))
        return cleaned

    def is_valid(self):
        valid = super().is_valid()
        sessions = self.formsets.get("sessions")
        if not valid or sessions is None:
            return valid
        for form in sessions.deleted_forms:
            if form.instance.pk and _is_in_use(form.instance):
                valid = False
                self.add_error(
                    None,
                    _(
                        "The session “%(session)s” cannot be removed: somebody was signed in to it. "
                        "Change its times instead, or mark everybody as not there."
                    )
                    % {"session": form.instance},
                )
        if not self._days():
            valid = False
            self.add_error(
                None, _("Give at least one day: under “Days and sessions”, add when it begins and ends.")
            )
        return valid

    def _days(self):
        """The sessions that stay. A workshop that is being planned may wait for its day."""
        if self.instance.kind == WorkshopKind.WORKSHOP and not self.instance.is_open:
            return True
        deleted = self.formsets["sessions"].deleted_forms
        return [
            form
            for form in self.formsets["sessions"].forms
            if form not in deleted and (form.instance.pk or form.has_changed())
        ]


class AwarenessForm(WorkshopForm):
    """Counted by heads: nobody is named."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["headcount"].required = True


def _is_in_use(row):
    found = NestedObjects(using=router.db_for_write(type(row)))
    found.collect([row])
    return bool(found.protected)


class TopicForm(WagtailAdminModelForm):
    name = PlainTextField(label=gettext_lazy("Name"), max_length=160)


class CopyForm(forms.Form):
    first_day = forms.DateField(
        label=gettext_lazy("First day of the new workshop"),
        widget=AdminDateInput,
        help_text=gettext_lazy("All sessions keep their times and their distance from the first day."),
    )

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CancelForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Everybody who registered reads it in a mail: name no topic, no person and nothing about a case. "
            "It may stay empty."
        ),
    )
