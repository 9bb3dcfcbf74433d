from django.urls import path

from courses.procedures import views

urlpatterns = [
    path("procedures/", views.procedures, name="procedures"),
    path("procedures/<uuid:uuid>/", views.procedure, name="procedure"),
    path("procedures/clauses/<uuid:uuid>/", views.clause, name="clause"),
]
