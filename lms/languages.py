"""Which language a reader gets: theirs, where the site speaks it, else English."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation


@cache
def spoken():
    """Codes of the languages the site's own words are translated into.

    A language without translations would give French dates in English sentences, under a
    `lang` that makes screen readers mispronounce them.
    """
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    translated = {
        code
        for code, _name in settings.LANGUAGES
        if any((folder / code / "LC_MESSAGES" / "django.mo").exists() for folder in folders)
    }
    return {settings.LANGUAGE_CODE, *translated}


class ReaderLanguage:
    """The person's preferred language, else the browser's, among those the site speaks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user.person if request.user.is_authenticated else None
        wanted = [person.language] if person else []
        wanted.append(translation.get_language_from_request(request))
        language = next((code for code in wanted if code in spoken()), settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response
