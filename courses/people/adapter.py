import unicodedata
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.utils import timezone

from courses.people import admission, cards, devices
from courses.people.roles import may_sign_in


def on_this_site(url):
    """The same address on SITE_URL, whatever host the request claimed to be for."""
    site, asked = urlsplit(settings.SITE_URL), urlsplit(url)
    return urlunsplit((site.scheme, site.netloc, asked.path, asked.query, ""))


# What a form says when an allowance is used up: the answer is a 429 then (lms.middleware.Patience).
USED_UP = ("too_many_login_attempts", "rate_limited")


class AccountAdapter(DefaultAccountAdapter):
    def validation_error(self, code, *args):
        if code in USED_UP:
            current.request.tries_used_up = True
        return super().validation_error(code, *args)

    def pre_authenticate(self, request, **credentials):
        request.allowance = ("login_failed", self._get_login_attempts_cache_key(request, **credentials))
        super().pre_authenticate(request, **credentials)

    def is_open_for_signup(self, request):
        return admission.is_open(request)

    def save_user(self, request, user, form, commit=True):
        """The log-in and its person are saved together: the form knows how."""
        super().save_user(request, user, form, commit=False)
        form.join(user, at=timezone.now())
        return user

    def pre_login(self, request, user, **kwargs):
        if not may_sign_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        devices.start_watch(request)
        return super().post_login(request, user, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """Links and names in mail are this site's own: a forged Host header reaches nobody."""
        context = {
            "current_site": SimpleNamespace(
                name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc
            ),
            **{key: on_this_site(value) if key.endswith("_url") else value for key, value in context.items()},
        }
        super().send_mail(template_prefix, email, context)

    def _get_login_attempts_cache_key(self, request, **credentials):
        # jose, José and JOSE share one allowance, and so do all host names of the site.
        if "card" in credentials:
            # 12-34 and 12 34 are one number.
            return f"card:{cards.plain(credentials['card'])}"
        login = credentials.get("email") or credentials.get("username") or ""
        plain = unicodedata.normalize("NFKD", login).casefold().strip()
        return "".join(character for character in plain if not unicodedata.combining(character))
