from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from certificates import guessing, verifying
from certificates.filing import file_of
from certificates.forms import VerifyForm
from certificates.models import Certificate
from courses.guessing import client_of
from courses.people.guard import person_required

# --- One's own --------------------------------------------------------------------------


def own_certificate(request, number):
    """The person's own certificate. Another person's is not there at all."""
    found = (
        Certificate.objects.of(request.person)
        .with_state(timezone.localdate())
        .select_related("replaces", "replaced_by")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_GET
@person_required
def certificate(request, number):
    return render(request, "certificates/certificate.html", {"certificate": own_certificate(request, number)})


@require_GET
@person_required
def certificate_pdf(request, number):
    return pdf_response(own_certificate(request, number))


def pdf_response(found):
    """The bytes as they are stored for ever; drawn now if nobody wanted them before."""
    content = bytes(file_of(found, at=timezone.now()).pdf)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


# --- The public check -------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """The form is posted: what is typed into it stays out of addresses and logs."""
    form = VerifyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, {"form": form})
    if not form.is_valid():
        return _show(request, {"form": form}, status=422)
    data = form.cleaned_data
    if data["code"]:
        return _answer(request, lambda day: verifying.by_code(data["code"], day=day))
    return _answer(
        request,
        lambda day: verifying.by_number(data["number"], data["surname"], day=day),
        number=data["number"],
    )


@require_GET
def verify_token(request, token):
    return _answer(request, lambda day: verifying.by_token(token, day=day))


@require_GET
def verify_code(request, code):
    return _answer(request, lambda day: verifying.by_code(code, day=day))


def _answer(request, look_up, *, number=""):
    """The one door of every look-up: limited, and every wrong guess gets the same answer."""
    client, now = client_of(request), timezone.now()
    if guessing.is_blocked(client, number, at=now):
        return _show(request, {"blocked": True, "form": VerifyForm()}, status=429)
    found = look_up(timezone.localdate(now))
    if found is None:
        guessing.count(client, number, at=now)
        return _show(request, {"unknown": True, "form": VerifyForm()}, status=404)
    return _show(request, {"certificate": found})


def _show(request, context, status=200):
    context["site_address"] = settings.SITE_URL.split("://", 1)[-1]
    response = render(request, "certificates/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address in the QR code opens the answer: it goes to no other site and into no cache.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
