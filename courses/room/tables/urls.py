from django.urls import path

from courses.room.tables import views

urlpatterns = [
    # /workshops/<uuid>/table-tops/: for whoever runs the workshop
    path("workshops/<uuid:uuid>/table-tops/", views.workshop_table_tops, name="workshop_table_tops"),
    path("workshops/<uuid:uuid>/table-tops/<uuid:held>/cards/", views.table_top_cards, name="table_top_cards"),
    path(
        "workshops/<uuid:uuid>/table-tops/<uuid:held>/trainer/",
        views.table_top_trainer,
        name="table_top_trainer",
    ),
    path("workshops/<uuid:uuid>/table-tops/<uuid:held>/enter/", views.table_top_enter, name="table_top_enter"),
    path(
        "workshops/<uuid:uuid>/table-tops/<uuid:held>/debrief/",
        views.table_top_debrief,
        name="table_top_debrief",
    ),
    path("workshops/<uuid:uuid>/table-tops/<uuid:held>/drop/", views.table_top_drop, name="table_top_drop"),
]
