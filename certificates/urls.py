from django.urls import path

from certificates import views

urlpatterns = [
    # One's own
    path("certificates/<str:number>.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:number>/", views.certificate, name="certificate"),
    # The public check
    path("verify/", views.verify, name="verify"),
    path("verify/<str:token>/", views.verify_token, name="verify_token"),
    path("v/<str:code>/", views.verify_code, name="verify_code"),
]
