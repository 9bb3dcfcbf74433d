"""Pictures of pages where they lie in a bucket. Documents go through Wagtail's own view.

A proxy in front may keep them: another picture has another name.
"""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

PUBLIC = ("images", "original_images")
KEPT = "public, max-age=2592000, immutable"
# As deploy/nginx.conf says it: what is uploaded may be looked at and may not run.
POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@require_safe
def picture(request, folder, path):
    if folder not in PUBLIC or ".." in path.split("/"):
        raise Http404
    try:
        file = default_storage.open(f"{folder}/{path}", "rb")
    except FileNotFoundError:
        raise Http404 from None
    content_type = mimetypes.guess_type(path)[0] or ""
    if not content_type.startswith("image/"):
        content_type = "application/octet-stream"
    answer = FileResponse(file, content_type=content_type)
    answer["Content-Length"] = file.size
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = KEPT
    answer["Content-Security-Policy"] = POLICY
    return answer
