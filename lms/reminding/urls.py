from django.urls import path

from lms.reminding import views

urlpatterns = [
    # /my/renewals/, /my/courses/: where reminders lead; the addresses tell nothing
    path("my/renewals/", views.renewals, name="renewals"),
    path("my/renewals/<uuid:course>/", views.renew, name="renew"),
    path("my/courses/<uuid:course>/", views.my_course, name="my_course"),
    # /my/reminders/: wanted or not
    path("my/reminders/", views.reminders, name="reminders"),
    path("my/reminders/stop/<str:token>/", views.stop, name="reminders_stop"),
]
