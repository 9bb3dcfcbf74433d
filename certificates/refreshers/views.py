"""What has changed since somebody was certified, and a short check: only for those who were called."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.refreshers import completing, showing
from certificates.refreshers.forms import CheckForm
from certificates.refreshers.models import RefresherCall, RefresherCalled, RefresherDone
from certificates.refreshers.open import open_for
from certificates.refreshers.refusing import RefresherRefused
from courses.people.guard import person_required


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def refresher(request, uuid):
    """Whoever was not called is told that there is no such page."""
    call = get_object_or_404(RefresherCall.objects.select_related("edition__procedure"), uuid=uuid)
    if not RefresherCalled.objects.of(request.person).filter(call=call).exists():
        raise Http404
    at = timezone.now()
    is_open = open_for(request.person, at=at).filter(call=call).exists()
    form = CheckForm(request.POST if request.method == "POST" else None, questions=list(call.questions.all()))
    if request.method == "POST" and is_open and form.is_valid():
        try:
            wrong = completing.answer(call, request.person, form.chosen(), actor=request.user, at=at)
        except RefresherRefused as refused:
            messages.info(request, refused.words)
            return redirect("refresher", call.uuid)
        if not wrong:
            messages.success(request, _("All right. Thank you: your training is up to date."))
            return redirect("refresher", call.uuid)
        form.tell_wrong(wrong)
    context = {
        "call": call,
        "changes": showing.changes_to_show(call),
        "points": showing.points_to_show(call),
        "form": form if is_open else None,
        "done": RefresherDone.objects.of(request.person).filter(called__call=call).first(),
    }
    status = 422 if is_open and form.is_bound else 200
    return render(request, "certificates/refreshers/refresher.html", context, status=status)
