from django.urls import path

from courses.drills.cases import views

urlpatterns = [
    # /cases/<case>/: before it starts
    path("cases/<uuid:key>/", views.case, name="case"),
    # /case-runs/<run>/: filling it in
    path("case-runs/<uuid:uuid>/", views.case_run, name="case_run"),
    path("case-runs/<uuid:uuid>/<int:n>/", views.case_page, name="case_page"),
    path("case-runs/<uuid:uuid>/check/", views.case_check, name="case_check"),
    path("case-runs/<uuid:uuid>/hand-in/", views.case_hand_in, name="case_hand_in"),
    path("case-runs/<uuid:uuid>/result/", views.case_result, name="case_result"),
    path("case-runs/<uuid:uuid>/judge/<uuid:field>/", views.case_judge, name="case_judge"),
    path("case-runs/<uuid:uuid>/print/", views.case_print, name="case_print"),
]
