"""“Try it as a trainee”: the pages of a quiz at the desk, drawn by the trainee's templates.

Only for whoever may write the quiz and see its keys. Nothing is kept: see `trying`.
"""

from functools import wraps
from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue import previewing
from courses.choices import Purpose
from courses.kinds import BadAnswer, form
from courses.people.roles import may_see_keys, may_write_courses
from courses.quizzes import limits, trying
from courses.quizzes.pages import QuizPage
from courses.quizzes.results import QuizStanding
from courses.quizzes.wording import problem_in_words, result_in_words


def _draft_of(request, pk):
    """The one door: the newest draft, for somebody who may write it and see its keys."""
    if not (may_write_courses(request.user) and may_see_keys(request.user)):
        raise PermissionDenied
    page = get_object_or_404(QuizPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def _tried(view):
    """Hands the view the Try that the address stands for; without one, back to the beginning."""

    @wraps(view)
    def found(request, pk, **kwargs):
        page = _draft_of(request, pk)
        try:
            return view(request, trying.go_on(page, request.GET.get("paper", "")), **kwargs)
        except trying.Stale:
            if "paper" in request.GET:
                messages.info(request, _("The questions have changed since. Please begin again."))
        except trying.TooLong:
            messages.warning(request, _("Too much was typed for one try. Please begin again."))
        return redirect("try_quiz", pk)

    return found


def _start_url(page, mode):
    return f"{reverse('try_quiz', args=[page.pk])}?{urlencode({'as': mode})}"


def _preview(found, *links):
    page, mode, left_out = found.page, found.state.mode, found.paper.left_out
    return previewing.preview_as(
        mode or previewing.TRY,
        note=" ".join([*left_out, _("This is left out here.")]) if left_out else "",
        links=(*links, (_("Back to the editor"), reverse("wagtailadmin_pages:edit", args=[page.pk]))),
        home=_start_url(page, mode),
    )


def _outcomes(found):
    """The ways to the end, without answering."""
    address = found.url_of("attempt_result")
    if found.policy["pass_mark"] is None:
        return [(_("See the result"), f"{address}&as_if=passed")]
    return [
        (_("See the result when passed"), f"{address}&as_if=passed"),
        (_("See the result when not passed"), f"{address}&as_if=failed"),
    ]


def _render(request, found, name, context, *links, status=200):
    shared = {"attempt": found, "quiz": found, "preview": _preview(found, *links), "at_desk": False}
    return render(request, f"courses/quizzes/{name}.html", {**shared, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request, pk):
    page = _draft_of(request, pk)
    modes = dict(previewing.sector_modes())
    mode = request.GET.get("as", "")
    found = trying.begin(page, mode if mode in modes else "")
    problem = ""
    is_final = page.purpose == Purpose.FINAL
    if request.method == "POST" and found.items:
        if not is_final or request.POST.get("name") == "right":
            return redirect(found.url_of("attempt_question", 1))
        problem = _("Say whether the name is right.")
    others = [(label, _start_url(page, code)) for code, label in modes.items() if code != found.state.mode]
    course_page, _outline, _part = previewing.path_with(page, found.sector)
    request.person = SimpleNamespace(full_name=_("Name of the trainee"))
    context = {
        "page": course_page,
        "part": SimpleNamespace(title=page.title, purpose=page.purpose, questions=len(found.items)),
        "row": found,
        "quiz": None,
        "closed": "" if found.items else _("There is no question here that could be asked yet."),
        "closes_at": limits.closes_at(found.policy),
        "minutes": limits.minutes(found.policy),
        "problem": problem,
        "is_final": is_final,
    }
    links = [*others, *(_outcomes(found) if found.items else [])]
    return _render(request, found, "start", context, *links, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_tried
def question(request, found, n):
    if n not in found.items:
        raise Http404
    if request.method == "POST" and not found.is_submitted:
        return _answer(request, found, n)
    return _question(request, found, n)


def _question(request, found, n, *, error="", refused=None):
    if found.is_submitted and not found.shows_feedback:
        return redirect(found.url_of("attempt_result"))
    sheet = found.sheet(n, refused=refused)
    context = {
        "error": error,
        "back_to_review": "review" in (request.GET.get("from"), request.POST.get("from")),
        **sheet,
    }
    name = "feedback" if sheet["told"] else "question"
    return _render(request, found, name, context, *_outcomes(found), status=422 if error else 200)


def _answer(request, found, n):
    payload = form.read(dict(request.POST.lists()))
    if "later" in request.POST:
        return redirect(_start_url(found.page, found.state.mode))
    try:
        found = found.answered(n, payload)
    except BadAnswer as error:
        words = problem_in_words(error.code, may_be_unsure=found.may_be_unsure, places=error.places)
        return _question(request, found, n, error=words, refused=payload)
    if found.shows_feedback:
        return redirect(found.url_of("attempt_question", n) + "#feedback")
    if request.POST.get("from") == "review" or n + 1 not in found.items:
        return redirect(found.url_of("attempt_review"))
    return redirect(found.url_of("attempt_question", n + 1))


@require_safe
@_tried
def review(request, found):
    gaps = found.gaps()
    context = {"items": found.overview(), "gaps": gaps, "confirm": bool(gaps) and "gaps" in request.GET}
    return _render(request, found, "review", context, *_outcomes(found))


@require_http_methods(["GET", "HEAD", "POST"])
@_tried
def result(request, found):
    if request.method == "POST":
        if "confirmed" not in request.POST and found.gaps():
            return redirect(found.url_of("attempt_review", gaps=1))
        return redirect(found.handed_in().url_of("attempt_result"))
    if "as_if" in request.GET:
        found = found.as_passed() if request.GET["as_if"] == "passed" else found.as_failed()
    elif not found.is_submitted:
        return redirect(found.url_of("attempt_review"))
    now, marked = timezone.now(), found.marked()
    standing = _standing(found, marked, now)
    passed_final = marked.passed and found.policy["purpose"] == Purpose.FINAL
    mode = previewing.PASSED if passed_final else found.sector or ""
    context = {
        "result": result_in_words(marked, found.policy),
        "standing": standing,
        "must_wait": standing.next_at is not None and standing.next_at > now,
        "next_url": previewing.draft_url(found.page.get_parent().pk, mode),
    }
    return _render(request, found, "result", context, *_outcomes(found))


def _standing(found, marked, now):
    """As after a first attempt that was handed in just now."""
    attempt = {"uuid": None, "score": marked.score, "passed": marked.passed, "title": found.title, "at": now}
    standing = QuizStanding(found.page.translation_key, submitted=[attempt])
    standing.policy, standing.grants = found.policy, []
    return standing
