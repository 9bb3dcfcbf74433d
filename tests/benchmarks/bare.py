"""The floors: what the frameworks cost without us. Routes and views for the benchmarks alone."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Site

from courses.audit.models import AuditEntry
from courses.directory.models import Entry
from courses.enrolment.models import Enrolment
from courses.people.models import Agency, Sector
from courses.quizzes.models import Attempt
from lms.urls import urlpatterns as ours

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

PAGE = """<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head>
<body><h1>{{ page.title }}</h1>
{% for block in page.body %}<section id="b-{{ block.id }}">{% include_block block %}</section>{% endfor %}
<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul></body></html>"""


class _Page:
    @cached_property
    def template(self):
        return engines["django"].from_string("{% load wagtailcore_tags %}" + PAGE)


_page = _Page()


@login_required
def wagtail_page(request, path):
    """The page as Wagtail itself finds and renders it, and five queries about the person."""
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    page = site.root_page.localized.specific.route(request, parts).page.specific
    person = request.user.person
    rows = [
        *Sector.objects.all()[:5],
        *Agency.objects.all()[:5],
        *Entry.objects.all()[:5],
        *Enrolment.objects.filter(person=person)[:5],
        *page.get_siblings()[:5],
    ]
    return HttpResponse(_page.template.render({"page": page, "rows": [row.pk for row in rows]}, request))


@login_required
def nothing(request):
    """A signed-in page that asks the database only who is there."""
    return HttpResponse(request.user.person.full_name)


@login_required
def two_writes(request, uuid):
    """A signed-in form that finds the person's own row, writes two in one transaction, and redirects."""
    with transaction.atomic():
        attempt = get_object_or_404(Attempt.objects.select_for_update(), uuid=uuid, person=request.user.person)
        AuditEntry.objects.create(
            at=timezone.now(),
            actor_name=str(request.user.pk),
            verb="answered",
            object_type="attempt",
            object_id=str(attempt.pk),
            facts={"uuid": request.POST["uuid"], "chosen": request.POST.getlist("a")},
        )
        attempt.deadline = timezone.now()
        attempt.save(update_fields=["deadline"])
    return redirect("/")


urlpatterns = [
    path("bare/nothing/", nothing),
    path("bare/two-writes/<uuid:uuid>/", two_writes),
    path("bare/page/<path:path>", wagtail_page),
    *ours,
]


def client(user):
    """A browser before Django's plain middleware, in which `user` is signed in."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client = Client()
        client.handler.load_middleware()
    client.force_login(user)
    return client
