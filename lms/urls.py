"""The site's addresses. Each area brings its own; the order matters only at the end."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms import health, uploads
from lms.desk.urls import before_admin
from lms.home import own

# Where no web server stands in front: the pictures of lessons. Documents go through Wagtail's own view.
# Each folder is a root of its own, so that no path leads out of it.
pictures = [
    path(f"media/{folder}/<path:path>", serve, {"document_root": f"{settings.MEDIA_ROOT}/{folder}"})
    for folder in (("images", "original_images") if settings.SERVE_UPLOADS else ())
]
if settings.FILES_IN_BUCKETS:
    pictures = [path("media/<slug:folder>/<path:path>", uploads.picture, name="picture")]

# Something that is away answers 503.
handler500 = "lms.away.answering.server_error"

urlpatterns = [
    # Live, ready
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # The signed-in person's own
    path("", own.home, name="home"),
    path("my/record/", own.my_record, name="my_record"),
    path("my/record/name/", own.name_correction, name="name_correction"),
    # Areas
    path("", include("lms.home.urls")),
    path("", include("lms.offline.saving_urls")),
    path("", include("courses.urls")),
    path("", include("courses.quizzes.urls")),
    path("", include("courses.drills.cases.urls")),
    path("", include("courses.drills.register.urls")),
    path("", include("courses.drills.scenarios.urls")),
    path("", include("courses.procedures.urls")),
    path("", include("courses.people.urls")),
    path("", include("courses.enrolment.urls")),
    path("", include("courses.workshops.urls")),
    path("", include("courses.attendance.urls")),
    path("", include("courses.room.urls")),
    path("", include("courses.room.tables.urls")),
    path("", include("certificates.urls")),
    path("", include("certificates.refreshers.urls")),
    path("", include("lms.offline.urls")),
    path("", include("lms.own_data.urls")),
    path("", include("lms.reports.urls")),
    path("", include("lms.reminding.urls")),
    path("", include("lms.cohorts.urls")),
    path("", include("lms.offline.card_urls")),
    # Log-in and the desk
    path("accounts/", include("allauth.urls")),
    *before_admin,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *pictures,
    # Public pages
    path("", include(wagtail_urls)),
]
