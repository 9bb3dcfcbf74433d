from django.urls import path

from courses.people import views

urlpatterns = [
    # /accounts/, among allauth's
    path("accounts/card/", views.CardLoginView.as_view(), name="code_card"),
]
