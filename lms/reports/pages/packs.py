"""The figures of a period, frozen: made, looked at, put into words, taken out, corrected."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from courses.audit import log
from courses.people import roles
from lms.reports.figures import periods
from lms.reports.figures import scope as scopes
from lms.reports.figures.forms import ScopeForm
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.tables import FORMATS, in_words
from lms.reports.packs import behind, documents, lists, making, ordering, recounting
from lms.reports.packs.checking import check
from lms.reports.packs.forms import ReasonForm, WordsForm
from lms.reports.packs.models import OrderState, Pack, PackOrder, Version
from lms.reports.packs.showing import cells_of, shown
from lms.reports.packs.wording import NumbersRefused, reword, sentences_of
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import tabs

ROWS_A_PAGE = 50
MOST_ORDERS = 5
# So many rows are counted anew at every look, in a fraction of a second; more when somebody asks.
CHECKED_UNASKED = 20_000
MADE = gettext_lazy("The figures are made and frozen. Read the sentences, then download.")
REFUSED = {
    "replaced": gettext_lazy("There is a correction of these figures already. Correct that one."),
    "moved": gettext_lazy("The record changed while the figures were made. Press again."),
}
FILES = [
    ("full", gettext_lazy("Whole report (PDF)")),
    ("short", gettext_lazy("One page (PDF)")),
    ("workbook", gettext_lazy("Tables (Excel)")),
    ("csv", gettext_lazy("Tables (CSV, one file each)")),
    ("text", gettext_lazy("Text to paste")),
]


def makes_packs(view):
    @sees_every_figure
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.may_make_packs(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@sees_every_figure
def packs(request):
    last_year = scopes.Scope(periods.calendar(timezone.localdate().year - 1))
    found = Pack.objects.annotate(is_replaced=Exists(Pack.objects.filter(replaces=OuterRef("pk"))))
    return _page(
        request,
        "lms/reports/packs/list.html",
        scope_form=ScopeForm(request.scope if "period" in request.GET else last_year),
        listing=Paginator(found.defer("rows", "content"), ROWS_A_PAGE).get_page(request.GET.get("page")),
        orders=PackOrder.objects.exclude(state=OrderState.READY)[:MOST_ORDERS],
        may_make=roles.may_make_packs(request.user),
    )


@require_POST
@makes_packs
def make(request):
    return _made(request, scopes.read(request.POST), None)


@require_POST
@makes_packs
def correct(request, uuid):
    pack = _pack(uuid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, pack, form)
    return _made(request, making.scope_of(pack), pack, form.cleaned_data["reason"])


@require_safe
@sees_every_figure
def pack(request, uuid):
    return _show(request, _pack(uuid), ReasonForm())


@require_http_methods(["GET", "HEAD", "POST"])
@makes_packs
def words(request, uuid, version, key):
    """One sentence, in somebody's own words."""
    pack = _pack(uuid)
    sentence = next((one for one in sentences_of(pack, _version(version)) if one.key == key), None)
    if sentence is None:
        raise Http404
    form = WordsForm(request.POST or None, initial={"text": sentence.text})
    if request.method == "POST" and form.is_valid():
        try:
            reword(pack, version, key, form.cleaned_data["text"], **_who(request))
        except NumbersRefused as refused:
            text = _("Not in the figures: %(numbers)s. A sentence may say only numbers of this report.")
            form.add_error("text", text % {"numbers": ", ".join(refused.numbers)})
        else:
            messages.success(request, _("The sentence is kept."))
            return redirect(f"{_address(pack)}?version={version}")
    return _page(
        request, "lms/reports/packs/words.html", pack=pack, sentence=sentence, form=form, version=version
    )


@require_safe
@sees_every_figure
def rows(request, uuid, name):
    """The frozen list behind a number; with `by`, `value` and `sex`, behind one cell of a table."""
    pack = _pack(uuid)
    table, frozen = _listed(request, pack, name)
    listing = Paginator(list(zip(table.rows, frozen, strict=True)), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return _page(
        request,
        "lms/reports/packs/rows.html",
        pack=pack,
        name=name,
        table=table,
        listing=listing,
        rows=[([in_words(value) for value in values], row) for values, row in listing],
        are_workshops=behind.LISTS[name].of == "workshop",
        formats=FORMATS,
        asked=_asked(request),
    )


@require_GET
@sees_every_figure
def rows_sheet(request, uuid, name, file_format):
    pack = _pack(uuid)
    table, _frozen = _listed(request, pack, name)
    return exported(request, lambda: table, file_format, report=f"frozen-{name}", about=pack)


@require_GET
@sees_every_figure
def file(request, uuid, version, form):
    pack = _pack(uuid)
    if form not in documents.FORMS:
        raise Http404
    content, content_type, name = documents.document(pack, _version(version), form)
    log.record("frozen figures taken out", pack, **_who(request), version=version, form=form)
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# --- Parts ------------------------------------------------------------------------------


def _made(request, scope, pack, reason=""):
    """Made at once, or ordered where it is large. `pack`: the one that is corrected."""
    facts = {"replaces": pack, "reason": reason, **_who(request)}
    if ordering.is_large(scope):
        return redirect("reports_pack_order", ordering.order(scope, **facts).uuid)
    try:
        made = making.make(scope, **facts)
    except making.PackRefused as refused:
        messages.error(request, REFUSED[refused.code])
        return redirect(_address(pack) if pack else "reports_packs")
    messages.success(request, MADE)
    return redirect(_address(made))


def _show(request, pack, form):
    version = _version(request.GET.get("version") or Version.INSIDE)
    with override(pack.content["language"]):
        content = shown(pack, version)
    later = Pack.objects.filter(replaces=pack).defer("rows", "content").first()
    return _page(
        request,
        "lms/reports/packs/pack.html",
        pack=pack,
        shown=content,
        tables=cells_of(content.tables, version),
        checked=check(pack) if pack.rows_count <= CHECKED_UNASKED or "check" in request.GET else None,
        version=version,
        versions=Version.choices,
        files=FILES,
        later=later,
        form=form,
        may_make=roles.may_make_packs(request.user),
    )


def _listed(request, pack, name):
    """`lists.table_of`, of what was asked."""
    sex = request.GET.get("sex")
    by, value = request.GET.get("by", ""), request.GET.get("value", "")
    if name not in behind.LISTS or by not in ("", behind.BY_TIMES, *behind.BY):
        raise Http404
    if sex not in (None, *recounting.SEXES):
        raise Http404
    return lists.table_of(pack, name, by, value, sex)


def _asked(request):
    """What the list is narrowed to, for the addresses of its sheets."""
    kept = {key: request.GET[key] for key in ("by", "value", "sex") if key in request.GET}
    return f"?{urlencode(kept)}" if kept else ""


def _page(request, template, **context):
    return render(request, template, {"tabs": tabs(request), **context})


def _pack(uuid):
    return get_object_or_404(Pack, uuid=uuid)


def _version(name):
    if name not in Version.values:
        raise Http404
    return Version(name)


def _address(pack):
    return reverse("reports_pack", args=[pack.uuid])


def _who(request):
    return {"actor": request.user, "at": timezone.now()}
