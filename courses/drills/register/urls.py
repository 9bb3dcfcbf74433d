from django.urls import path

from courses.drills.register import views

urlpatterns = [
    # /classes/<cohort>/: the register of a class, and the texts that wait to be confirmed
    path("classes/<uuid:uuid>/cases/", views.class_cases, name="class_cases"),
    path("classes/<uuid:uuid>/cases/open/", views.class_case_open, name="class_case_open"),
    path("classes/<uuid:uuid>/texts/", views.class_texts, name="class_texts"),
    path(
        "classes/<uuid:uuid>/texts/<uuid:run>/<uuid:field>/",
        views.class_text_confirm,
        name="class_text_confirm",
    ),
    # /class-cases/<case>/: one of its cases, from intake to closing
    path("class-cases/<uuid:uuid>/", views.class_case, name="class_case"),
    path("class-cases/<uuid:uuid>/assign/", views.class_case_assign, name="class_case_assign"),
    path("class-cases/<uuid:uuid>/move/", views.class_case_move, name="class_case_move"),
    path("class-cases/<uuid:uuid>/follow-up/", views.class_case_follow_up, name="class_case_follow_up"),
]
