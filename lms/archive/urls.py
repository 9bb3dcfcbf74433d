"""/admin/archives/."""

from django.urls import path

from lms.archive import views

urls = [
    path("archives/", views.ArchivesView.as_view(), name="archives"),
    path("archives/<uuid:uuid>/", views.ArchiveFileView.as_view(), name="archive_file"),
]
