from django.urls import path

from courses.workshops import people, ready, team, views

urlpatterns = [
    # /workshops/: what is coming, and one workshop as everybody sees it
    path("workshops/", views.workshops, name="workshops"),
    path("workshops/<uuid:uuid>/", views.workshop, name="workshop"),
    path("workshops/<uuid:uuid>/register/", views.register, name="workshop_register"),
    path("workshops/<uuid:uuid>/leave/", views.leave, name="workshop_leave"),
    path("workshops/<uuid:uuid>/calendar.ics", views.calendar, name="workshop_calendar"),
    # For the supervisor: who of the own agency goes
    path("workshops/<uuid:uuid>/team/", team.team, name="workshop_team"),
    # For those who run it: who comes
    path("workshops/<uuid:uuid>/people/", people.people, name="workshop_people"),
    path(
        "workshops/<uuid:uuid>/people/<uuid:registration>/cancel/",
        people.cancel,
        name="workshop_people_cancel",
    ),
    # For those who run it: what is printed before the day
    path("workshops/<uuid:uuid>/ready/", ready.ready, name="workshop_ready"),
    path("workshops/<uuid:uuid>/ready/sheet-<int:n>.pdf", ready.sheet, name="workshop_sheet"),
    path("workshops/<uuid:uuid>/ready/cards.pdf", ready.cards, name="workshop_cards"),
    path("workshops/<uuid:uuid>/ready/poster-<int:n>.pdf", ready.poster, name="workshop_poster"),
]
