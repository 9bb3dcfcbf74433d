"""Choosing rows of a list and doing one deed on all of them.

A list takes `Selectable` and names its `deeds`; each is a `ManyView` with an address of its
own. The list's form is sent to the list itself, which alone knows its filters; it hands the
rows on to the deed, which says what will happen and does nothing before that is confirmed.
"""

from abc import abstractmethod
from dataclasses import dataclass, field

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn

from courses.desk import DeskScreen

NOBODY = gettext_lazy("Nobody was chosen, so nothing changed.")
NOTHING = gettext_lazy("Nothing was chosen, so nothing changed.")


def whole_numbers(texts):
    """The texts that can be keys of rows, as numbers; the rest is left out."""
    return [int(text) for text in texts if text.isdecimal() and text.isascii() and len(text) < 19]


class SelectColumn(BaseColumn):
    header_template_name = "courses/desk/select_header.html"
    cell_template_name = "courses/desk/select_cell.html"

    def __init__(self):
        super().__init__("chosen", label=gettext_lazy("Choose"))


class Selectable:
    """Mixin for an index view: a box in each row, and deeds for those ticked, shown or found."""

    template_name = "courses/desk/selectable.html"
    results_template_name = "courses/desk/selectable_results.html"
    deeds = []

    @cached_property
    def columns(self):
        return [SelectColumn(), *super().columns]

    def get_context_data(self, *args, **kwargs):
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return super().get_context_data(*args, deeds=self.deeds, list_query=query.urlencode(), **kwargs)

    def post(self, request, *args, **kwargs):
        deed = next((deed for deed in self.deeds if deed.name == request.POST.get("deed")), None)
        chosen = self._chosen()
        if deed is None or not chosen:
            messages.warning(request, self.deeds[0].nobody)
            return redirect(f"{self.index_url}?{request.GET.urlencode()}")
        return deed.as_view()(request, chosen=chosen, back=request.GET.urlencode())

    def _chosen(self):
        scope = self.request.POST.get("scope")
        if scope == "all":
            return list(self.get_queryset().values_list("pk", flat=True))
        if scope == "page":
            return whole_numbers(self.request.POST.get("shown", "").split(","))
        return whole_numbers(self.request.POST.getlist("row"))


@dataclass
class Group:
    """Rows to which the same will happen: (row, note) each."""

    heading: str
    rows: list = field(default_factory=list)


class ManyView(DeskScreen, FormView):
    """One deed on many rows: a page that names them, and a POST that does it.

    `looks_first`: what will happen depends on the form, so its answers are shown before the deed.
    """

    template_name = "courses/desk/many.html"
    form_class = forms.Form
    name = ""
    label = ""
    url_name = ""
    index_url_name = ""
    explanation = ""
    button = ""
    serious = False
    looks_first = False
    # Said when nothing was chosen.
    nobody = NOBODY

    @abstractmethod
    def get_queryset(self):
        """The rows that this log-in may see."""

    @abstractmethod
    def groups(self, answers):
        """What will happen to `self.rows`, as Groups. `answers` is None before the form was sent."""

    @abstractmethod
    def decide(self, answers):
        """Call the verbs, for all or for none, and leave the messages.

        Return nothing to lead back to the list, or an answer in its place, such as a file.
        """

    def get(self, request, *args, **kwargs):
        # Come back to by its address: the rows were in the form.
        return redirect(self.index_url_name)

    def post(self, request, *args, chosen=None, back=None, **kwargs):
        fresh = chosen is not None
        wanted = chosen if fresh else whole_numbers(request.POST.get("chosen", "").split(","))
        self.back = QueryDict(back if fresh else request.POST.get("back", "")[:2000]).urlencode()
        self.at = timezone.now()
        self.rows = list(self.get_queryset().filter(pk__in=wanted))
        absent = len(set(wanted)) - len(self.rows)
        if absent:
            messages.warning(
                request, _("%(n)d of those chosen are not in this list and were left out.") % {"n": absent}
            )
        if not self.rows:
            messages.warning(request, self.nobody)
            return redirect(self.back_url)
        if fresh:
            return self._ask(self.form_class(**self.get_empty_form_kwargs()), None)
        form = self.get_form()
        if not form.is_valid():
            return self._ask(form, None)
        if self.looks_first and request.POST.get("step") != "do":
            return self._ask(form, form.cleaned_data)
        with transaction.atomic():
            answer = self.decide(form.cleaned_data)
        return answer or redirect(self.back_url)

    def get_empty_form_kwargs(self):
        kwargs = self.get_form_kwargs()
        return {name: value for name, value in kwargs.items() if name not in ("data", "files")}

    def _ask(self, form, answers):
        return self.render_to_response(
            self.get_context_data(
                form=form,
                groups=self.groups(answers),
                chosen=",".join(str(row.pk) for row in self.rows),
                is_last=answers is not None or not self.looks_first,
                is_settled=answers is not None,
                answers=[(field.label, answers[field.name]) for field in form.visible_fields()]
                if answers
                else [],
                address=reverse(self.url_name),
                panel=None,
            )
        )

    @property
    def back_url(self):
        return f"{reverse(self.index_url_name)}?{self.back}" if self.back else reverse(self.index_url_name)


class WhereAbleView(ManyView):
    """One deed on those of the rows for which it can be done; the others are left alone, and said so.

    `heading`: over those it is done to; `left_alone`: over the others; `none`: said where it is nobody.
    """

    heading = ""
    left_alone = gettext_lazy("Left alone")
    none = ""

    @abstractmethod
    def can(self, row):
        """Whether it may be done with this row."""

    @abstractmethod
    def do(self, row):
        """Call the verb."""

    @abstractmethod
    def told(self, n):
        """The message for `n` rows."""

    @abstractmethod
    def line(self, row):
        """(what it is, a note) as shown before the deed."""

    def groups(self, answers):
        able, others = Group(self.heading), Group(self.left_alone)
        for row in self.rows:
            (able if self.can(row) else others).rows.append(self.line(row))
        return [able, others]

    def decide(self, answers):
        able = [row for row in self.rows if self.can(row)]
        for row in able:
            self.do(row)
        if able:
            messages.success(self.request, self.told(len(able)))
        else:
            messages.warning(self.request, self.none)
