"""/admin/hand-over/."""

from django.urls import path

from lms.handover import views

urls = [
    path("hand-over/", views.HandoversView.as_view(), name="handovers"),
    path("hand-over/begin/", views.BeginView.as_view(), name="handover_begin"),
    path("hand-over/<uuid:uuid>/", views.HandoverView.as_view(), name="handover"),
    path("hand-over/<uuid:uuid>/day/", views.DayView.as_view(), name="handover_day"),
    path("hand-over/<uuid:uuid>/rights/", views.GiveView.as_view(), name="handover_rights"),
    path("hand-over/<uuid:uuid>/take/", views.TakeView.as_view(), name="handover_take"),
    path("hand-over/<uuid:uuid>/questions/", views.AnswerView.as_view(), name="handover_questions"),
    path("hand-over/<uuid:uuid>/site/", views.SiteView.as_view(), name="handover_site"),
    path("hand-over/<uuid:uuid>/finish/", views.FinishView.as_view(), name="handover_finish"),
    path("hand-over/<uuid:uuid>/close/", views.CloseView.as_view(), name="handover_close"),
    path("hand-over/<uuid:uuid>/give-up/", views.GiveUpView.as_view(), name="handover_give_up"),
    path("hand-over/<uuid:uuid>/record.pdf", views.RecordView.as_view(), name="handover_record"),
]
