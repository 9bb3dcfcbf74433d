from django.urls import path

from certificates import views
from certificates.batches import views as prints

urlpatterns = [
    # One's own
    path("certificates/<str:number>.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:number>/", views.certificate, name="certificate"),
    # /workshops/<uuid>/certificates/: who gets one, names, numbers; for whoever runs the workshop
    path("workshops/<uuid:uuid>/certificates/", prints.workshop_certificates, name="workshop_certificates"),
    path(
        "workshops/<uuid:uuid>/certificates/names/",
        prints.workshop_certificates_names,
        name="workshop_certificates_names",
    ),
    path(
        "workshops/<uuid:uuid>/certificates/again/",
        prints.workshop_certificates_again,
        name="workshop_certificates_again",
    ),
    # /certificates/prints/: a print run and its files
    path("certificates/prints/<uuid:uuid>/", prints.print_run, name="print_run"),
    path("certificates/prints/<uuid:uuid>/again/", prints.print_run_again, name="print_run_again"),
    path("certificates/prints/<uuid:uuid>/certificates.pdf", prints.print_run_pdf, name="print_run_pdf"),
    path("certificates/prints/<uuid:uuid>/certificates.zip", prints.print_run_zip, name="print_run_zip"),
    # The public check
    path("verify/", views.verify, name="verify"),
    path("verify/<str:token>/", views.verify_token, name="verify_token"),
    path("v/<str:code>/", views.verify_code, name="verify_code"),
]
