"""Below /admin/imports/: tables of people and old registers, from the upload to the result."""

from django.urls import path

from lms.desk.imports.deciding import ConfirmView, DecideRowsView, ThrowAwayView
from lms.desk.imports.handing_in import ColumnsView, ImportsView, UploadView
from lms.desk.imports.showing import JobView, progress, report

urls = [
    path("imports/", ImportsView.as_view(), name="desk_imports"),
    path("imports/new/<slug:kind>/", UploadView.as_view(), name="desk_import_new"),
    path("imports/<uuid:uuid>/", JobView.as_view(), name="desk_import"),
    path("imports/<uuid:uuid>/columns/", ColumnsView.as_view(), name="desk_import_columns"),
    path("imports/<uuid:uuid>/decide/", DecideRowsView.as_view(), name="desk_import_decide"),
    path("imports/<uuid:uuid>/run/", ConfirmView.as_view(), name="desk_import_run"),
    path("imports/<uuid:uuid>/delete/", ThrowAwayView.as_view(), name="desk_import_delete"),
    path("imports/<uuid:uuid>/progress/", progress, name="desk_import_progress"),
    path("imports/<uuid:uuid>/report/<slug:form>/", report, name="desk_import_report"),
]
