"""“It is live”: the address, a QR code, a message to send and a sheet to print.

What leaves the site here says nothing of the topic: a neutral name and a neutral address.
"""

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.catalogue.addresses import TAUGHT, neutral_address
from courses.catalogue.models import CoursePage
from courses.choices import Purpose
from lms.desk.copying import taught_page
from lms.desk.new import WriterView

QR_FILE = "learning-qr.png"


def show_how_to_share(request, page):
    """Hook after_publish_page. What is scheduled is not live yet."""
    if not isinstance(page, TAUGHT) or not page.live:
        return None
    return redirect("desk_share", page.pk)


def neutral_name(page):
    """What the course is called where the topic must not show."""
    course_page = page if isinstance(page, CoursePage) else page.get_parent().specific
    return course_page.course.neutral_title


def warning_of(page):
    """Why people do not find the page yet although it is live, or nothing."""
    if isinstance(page, CoursePage):
        return ""
    course_page = page.get_parent().specific
    if not course_page.live:
        return _("The course is not published yet. The address opens when it is.")
    on_the_path = {page_id for module in course_page.modules() for page_id in module["page_ids"]}
    # Tests for workshops stand beside the path on purpose.
    if page.pk in on_the_path or getattr(page, "purpose", "") == Purpose.PRETEST:
        return ""
    return _("It is not among the modules that people see. Publish the course page with it as well.")


def drafts_beside(page):
    """The other parts of the page's course, and the course itself, whose newest words nobody sees yet
    and which have no hour at which people will."""
    course_page = page if isinstance(page, CoursePage) else page.get_parent()
    family = course_page.get_descendants(inclusive=True).exclude(pk=page.pk)
    family = family.filter(has_unpublished_changes=True, latest_revision__approved_go_live_at=None)
    # The course page last: it is what opens the door to all the others.
    return [*family.filter(depth__gt=course_page.depth), *family.filter(depth=course_page.depth)]


class ShareView(WriterView):
    template_name = "lms/desk/share.html"
    header_icon = "link"
    page_title = gettext_lazy("It is live")

    def dispatch(self, request, *args, **kwargs):
        self.page = taught_page(request.user, kwargs["pk"])
        if not self.page.live:
            messages.warning(request, _("It is not published yet, so there is nothing to share."))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.title

    def get_context_data(self, **kwargs):
        address = neutral_address(self.page)
        words = {"name": neutral_name(self.page), "address": address}
        return super().get_context_data(
            page=self.page,
            address=address,
            full_address=settings.SITE_URL + self.page.address(),
            text=_("Hello. This is for you, from “%(name)s”: %(address)s") % words,
            warning=warning_of(self.page),
            drafts=drafts_beside(self.page),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )


def qr_picture(request, pk):
    """The code as a picture, large enough for a wall."""
    data = BytesIO()
    code = segno.make(neutral_address(taught_page(request.user, pk)), error="q", micro=False)
    code.save(data, kind="png", scale=12, border=4)
    response = HttpResponse(data.getvalue(), content_type="image/png")
    kind = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{QR_FILE}"'
    return response


def handout(request, pk):
    """A sheet with title, address and code; the neutral ones where everybody passes by."""
    page = taught_page(request.user, pk)
    neutral = "neutral" in request.GET
    return render(
        request,
        "lms/desk/handout.html",
        {
            "page": page,
            "title": neutral_name(page) if neutral else page.title,
            "address": neutral_address(page) if neutral else settings.SITE_URL + page.address(),
        },
    )
