"""The floors as a server: Django's own middleware and `tests.benchmarks.bare`, otherwise as production."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
# Not in a settings module: allauth refuses to start without its own middleware.
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith("django.")]
settings.ROOT_URLCONF = "tests.benchmarks.bare"
application = WSGIHandler()
