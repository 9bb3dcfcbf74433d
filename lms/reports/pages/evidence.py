"""Evidence files for an auditor: of a pack, and of one workshop."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.audit import log
from courses.workshops.models import Workshop
from lms.reports.figures.guard import sees_every_figure
from lms.reports.packs import gathering
from lms.reports.packs.evidence import evidence_of_pack, evidence_of_workshop
from lms.reports.packs.models import Pack
from lms.reports.tables import sheet_name


@require_GET
@sees_every_figure
def of_pack(request, uuid):
    pack = get_object_or_404(Pack, uuid=uuid)
    return _sent(request, pack, evidence_of_pack(pack))


@require_GET
@sees_every_figure
def of_workshop(request, uuid):
    workshop = get_object_or_404(gathering.with_facts(Workshop.objects.all()), uuid=uuid)
    return _sent(request, workshop, evidence_of_workshop(workshop))


def _sent(request, of, file):
    log.record("evidence file taken out", of, actor=request.user, at=timezone.now())
    return FileResponse(
        file, as_attachment=True, filename=f"{sheet_name('evidence')}.zip", content_type="application/zip"
    )
