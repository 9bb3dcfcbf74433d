"""The desk's addresses: those that stand before Wagtail's own, and those among them."""

from allauth.account.views import logout
from django.shortcuts import redirect
from django.urls import path, re_path
from wagtail.models import Page

from courses.catalogue.models import CourseIndexPage
from courses.questions.models import BankQuestion
from courses.quizzes import try_views
from lms.desk import doors, exceptions, sharing
from lms.desk.bank.choosing import ChooseFromBankView
from lms.desk.bank.classifying import ClassifyManyView
from lms.desk.bank.uses import QuestionUsesView
from lms.desk.copying import CopyView
from lms.desk.deleting import DocumentDeleteView, ImageDeleteView
from lms.desk.doctor import DoctorView
from lms.desk.documents import DocumentReportView, DocumentView
from lms.desk.drafts import DraftsView
from lms.desk.edits import EditView
from lms.desk.imports import urls as imports
from lms.desk.new import ChooseView, WriteView
from lms.desk.people import earlier
from lms.desk.previewing import specimen
from lms.desk.procedures import refreshing, taking_in
from lms.desk.procedures import views as procedures
from lms.desk.reusing import ReuseView
from lms.desk.second_step import ResetSecondStepView
from lms.desk.tasks import TasksView

# There is one log-in, and it is allauth's.
before_admin = [
    path("admin/login/", doors.to_login, name="desk_login"),
    path("admin/logout/", logout, name="desk_logout"),
    re_path(r"^admin/password_reset/.*$", doors.to_password_reset, name="desk_password_reset"),
]


def courses(request):
    index = CourseIndexPage.objects.order_by("path").first()
    return redirect("wagtailadmin_explore", index.pk) if index else redirect("wagtailadmin_explore_root")


def pages(request):
    home = Page.objects.filter(depth=2).order_by("path").first()
    return redirect("wagtailadmin_explore", home.pk) if home else redirect("wagtailadmin_explore_root")


def questions(request):
    return redirect(BankQuestion.snippet_viewset.get_url_name("list"))


inside_admin = [
    path("procedure/<int:pk>/", procedures.ProcedureView.as_view(), name="desk_procedure"),
    path("procedure/draft/<int:pk>/publish/", procedures.PublishView.as_view(), name="desk_procedure_publish"),
    path(
        "procedure/draft/<int:pk>/take-in/",
        taking_in.TakeInView.as_view(),
        name="desk_procedure_take_in",
    ),
    path(
        "procedure/draft/<int:pk>/throw-away/",
        procedures.ThrowAwayView.as_view(),
        name="desk_procedure_throw_away",
    ),
    path("procedure/refresher/<int:pk>/", refreshing.RefresherView.as_view(), name="desk_refresher"),
    path(
        "procedure/refresher/<int:pk>/send/", refreshing.SendRefresherView.as_view(), name="desk_refresher_send"
    ),
    path("procedure/citation/<int:pk>/", procedures.DecideCitationView.as_view(), name="desk_citation"),
    path("desk/courses/", courses, name="desk_courses"),
    path("desk/questions/", questions, name="desk_questions"),
    path("desk/drafts/", DraftsView.as_view(), name="desk_drafts"),
    path("doctor/", DoctorView.as_view(), name="desk_doctor"),
    path("desk/failed/", TasksView.as_view(), name="desk_tasks"),
    path("desk/second-step/<int:pk>/", ResetSecondStepView.as_view(), name="desk_second_step"),
    path("desk/pages/", pages, name="desk_pages"),
    # An earlier paper certificate of a person
    path("desk/earlier/<int:pk>/", earlier.RecordEarlierView.as_view(), name="desk_earlier"),
    path("desk/earlier/<int:pk>/strike/", earlier.StrikeEarlierView.as_view(), name="desk_earlier_strike"),
    path("desk/earlier/<int:pk>/scan/", earlier.scan, name="desk_earlier_scan"),
    # /admin/desk/questions/: the bank
    path("desk/questions/classify/", ClassifyManyView.as_view(), name="desk_questions_classify"),
    path("desk/quizzes/<int:pk>/bank/", ChooseFromBankView.as_view(), name="desk_choose_questions"),
    path(
        "desk/quizzes/<int:pk>/bank/rows/",
        ChooseFromBankView.as_view(results_only=True),
        name="desk_choose_questions_rows",
    ),
    path("desk/questions/<int:pk>/uses/", QuestionUsesView.as_view(), name="desk_question_uses"),
    # In the place of Wagtail's own, under the same address
    path("images/<int:image_id>/delete/", ImageDeleteView.as_view(), name="desk_delete_image"),
    path("documents/delete/<int:document_id>/", DocumentDeleteView.as_view(), name="desk_delete_document"),
    # Exceptions for one enrolment
    path("exceptions/<int:pk>/", exceptions.OverviewView.as_view(), name="desk_exceptions"),
    path("exceptions/<int:pk>/due/", exceptions.DueView.as_view(), name="desk_exception_due"),
    path("exceptions/<int:pk>/recognise/", exceptions.RecogniseView.as_view(), name="desk_exception_recognise"),
    path("exceptions/<int:pk>/grant/<uuid:quiz>/", exceptions.GrantView.as_view(), name="desk_exception_grant"),
    path("exceptions/<int:pk>/time/<uuid:quiz>/", exceptions.TimeView.as_view(), name="desk_exception_time"),
    path("exceptions/<int:pk>/end/<uuid:attempt>/", exceptions.EndView.as_view(), name="desk_exception_end"),
    # /admin/new/: writing from a template
    path("new/", ChooseView.as_view(), name="desk_new"),
    path("new/document/", DocumentView.as_view(), name="desk_new_document"),
    path("new/document/<int:pk>/", DocumentReportView.as_view(), name="desk_document_report"),
    path("new/<slug:template>/", WriteView.as_view(), name="desk_new_part"),
    # /admin/try/: a quiz as trainees take it, and what comes after passing; nothing is kept
    path("try/<int:pk>/", try_views.start, name="try_quiz"),
    path("try/<int:pk>/<int:n>/", try_views.question, name="try_question"),
    path("try/<int:pk>/review/", try_views.review, name="try_review"),
    path("try/<int:pk>/result/", try_views.result, name="try_result"),
    path("try/<int:pk>/certificate/", specimen, name="desk_specimen"),
    # /admin/copy/, edits/, share/: a course page, a lesson or a quiz; /admin/reuse/: a course page
    path("copy/<int:pk>/", CopyView.as_view(), name="desk_copy"),
    path("reuse/<int:pk>/", ReuseView.as_view(), name="desk_reuse"),
    path("edits/<int:pk>/", EditView.as_view(), name="desk_edit"),
    path("share/<int:pk>/", sharing.ShareView.as_view(), name="desk_share"),
    path("share/<int:pk>/qr.png", sharing.qr_picture, name="desk_share_qr"),
    path("share/<int:pk>/handout/", sharing.handout, name="desk_handout"),
    # /admin/imports/
    *imports.urls,
]
