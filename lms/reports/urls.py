from django.urls import path

from lms.reports import views

urlpatterns = [
    # The supervisor's people
    path("reports/", views.people, name="reports"),
    path("reports/people.csv", views.people_sheet, name="reports_sheet"),
]
