"""The site's addresses. Each area brings its own; the order matters only at the end."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms import health
from lms.desk.urls import before_admin
from lms.home import own

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
    path("", include("courses.urls")),
    path("", include("courses.quizzes.urls")),
    path("", include("certificates.urls")),
    # Log-in and the desk
    path("accounts/", include("allauth.urls")),
    *before_admin,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Public pages
    path("", include(wagtail_urls)),
]
