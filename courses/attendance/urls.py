from django.urls import path

from courses.attendance import after_views, away_views, door_views, scan_views, views, walk_in_views

urlpatterns = [
    # /check-in/: the wall's code, and what cameras open. Before <code>: what is no code
    path("check-in/", views.check_in_start, name="check_in_start"),
    path("check-in/r/<uuid:uuid>/", scan_views.check_in_person, name="check_in_person"),
    path("check-in/p/<str:code>/", scan_views.check_in_own, name="check_in_own"),
    path("check-in/<str:code>/", views.check_in, name="check_in"),
    path("my/code/", views.my_code, name="my_code"),
    # /workshops/<workshop>/door/: for whoever runs it
    path("workshops/<uuid:uuid>/door/", door_views.door, name="workshop_door"),
    path("workshops/<uuid:uuid>/door/undo/", door_views.undo, name="workshop_undo"),
    path("workshops/<uuid:uuid>/door/room/", door_views.room, name="workshop_room"),
    path("workshops/<uuid:uuid>/door/copy/", door_views.copy, name="workshop_copy"),
    path("workshops/<uuid:uuid>/door/list/", away_views.door_list, name="workshop_door_list"),
    path("workshops/<uuid:uuid>/door/away/", away_views.door_away, name="workshop_door_away"),
    path("workshops/<uuid:uuid>/door/walk-in/", walk_in_views.walk_in, name="workshop_walk_in"),
    path(
        "workshops/<uuid:uuid>/door/<uuid:registration>/", door_views.door_person, name="workshop_door_person"
    ),
    # /workshops/<workshop>/after/: the sheet, its photographs, the end
    path("workshops/<uuid:uuid>/after/", after_views.after, name="workshop_after"),
    path("workshops/<uuid:uuid>/after/rows/", after_views.after_rows, name="workshop_after_rows"),
    path("workshops/<uuid:uuid>/after/photo/", after_views.after_photo, name="workshop_after_photo"),
    path("workshops/<uuid:uuid>/after/photo/<uuid:photo>/", after_views.sheet_photo, name="sheet_photo"),
    path("workshops/<uuid:uuid>/after/close/", after_views.close, name="workshop_close"),
    path("workshops/<uuid:uuid>/after/reopen/", after_views.reopen, name="workshop_reopen"),
]
