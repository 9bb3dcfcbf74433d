"""Small public files that are not pages."""

from django.http import HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

# Pages of one person, of one certificate, and of the staff: not for search engines.
CLOSED = [
    "/admin/",
    "/accounts/",
    "/verify/",
    "/v/",
    "/my/",
    "/card/",
    "/attempts/",
    "/quizzes/",
    "/certificates/",
]
ROBOTS = "".join(["User-agent: *\n", *(f"Disallow: {path}\n" for path in CLOSED)])


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def robots(request):
    return HttpResponse(ROBOTS, content_type="text/plain")


class Favicon(RedirectView):
    """For browsers that ask without being told."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self):
        return static("lms/favicon.ico")


favicon = cache_control(public=True, max_age=24 * 3600)(Favicon.as_view())
