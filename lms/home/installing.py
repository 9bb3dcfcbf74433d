"""How the site looks on a home screen."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lms.home.texts import site_texts

COLOUR = "#0d3346"
# Drawn once from emblem.svg with a browser, the last with air around it: a phone cuts its own shape.
ICONS = [
    ("lms/icons/icon-192.png", "192x192", "any"),
    ("lms/icons/icon-512.png", "512x512", "any"),
    ("lms/icons/maskable-512.png", "512x512", "maskable"),
]


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def manifest(request):
    """Others see a home screen: the name on it is the neutral one."""
    name = site_texts().neutral_name
    shortcuts = [
        (_("Continue"), reverse("home")),
        (_("My record"), reverse("my_record")),
        (_("My sign-in code"), reverse("my_code")),
    ]
    told = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": request.LANGUAGE_CODE,
        "start_url": f"{reverse('home')}?s=pwa",
        "scope": "/",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": "#ffffff",
        "icons": [
            {"src": static(src), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for src, sizes, purpose in ICONS
        ],
        "shortcuts": [{"name": words, "url": url} for words, url in shortcuts],
    }
    return JsonResponse(told, content_type="application/manifest+json")
