"""/admin/erasing/."""

from django.urls import path

from lms.erasing import views

urls = [
    path("erasing/", views.ErasuresView.as_view(), name="erasures"),
    path("erasing/keeping/", views.KeepingView.as_view(), name="keeping"),
    path("erasing/of/<uuid:uuid>/", views.AskView.as_view(), name="erasure_ask"),
    path("erasing/<uuid:uuid>/", views.ErasureView.as_view(), name="erasure"),
    path("erasing/<uuid:uuid>/confirm/", views.ConfirmView.as_view(), name="erasure_confirm"),
    path("erasing/<uuid:uuid>/withdraw/", views.WithdrawView.as_view(), name="erasure_withdraw"),
]
