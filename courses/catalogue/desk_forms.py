from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from courses.audit import log
from courses.people.roles import may_approve_content

APPROVAL = ["approved_by", "approved_on"]


class CourseForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None
        if not may_approve_content(self.for_user):
            for name in APPROVAL:
                self.fields[name].disabled = True

    def save(self, commit=True):
        course = super().save(commit)
        if commit and set(APPROVAL) & set(self.changed_data):
            log.record(
                "content approved" if course.is_approved else "approval of content taken back",
                course,
                actor=self.for_user,
                at=timezone.now(),
                approved_by=course.approved_by,
                approved_on=str(course.approved_on or ""),
            )
        return course
