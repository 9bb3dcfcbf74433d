"""Whether a browser is spared pictures: by its own wish, or because the person chose so on this device."""

from django.db.models import TextChoices
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

COOKIE = "less"
YEAR = 365 * 24 * 3600


class Choice(TextChoices):
    BROWSER = "auto", _("As the browser says")
    ON = "on", _("On")
    OFF = "off", _("Off")


def choice_of(request):
    chosen = request.COOKIES.get(COOKIE)
    return Choice(chosen) if chosen in (Choice.ON, Choice.OFF) else Choice.BROWSER


def asks_to_save(request):
    """Whether the browser sends the wish of the telephone's data saver."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def keep_choice(response, choice, *, secure, lasting):
    """On a shared device it ends with the browser: the next person has a choice of their own."""
    if choice == Choice.BROWSER:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            choice,
            max_age=YEAR if lasting else None,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )


class LessData:
    """`request.less_data` for views and templates; pages say on what they depend."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        choice = choice_of(request)
        request.less_data = choice == Choice.ON or (choice == Choice.BROWSER and asks_to_save(request))
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Save-Data", "Cookie"])
        return response
