from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, ok

ONE_OF_THEM = "lms/site.css"


class StaticFiles(Check):
    name = "static"
    title = gettext_lazy("Static files")
    needs_database = False

    def look(self, at):
        if not isinstance(staticfiles_storage, ManifestFilesMixin):
            return [ok(_("Style sheets and scripts are served from the source."))]
        name = staticfiles_storage.hashed_files.get(ONE_OF_THEM)
        if name is None or not staticfiles_storage.exists(name):
            return [
                broken(
                    _("Style sheets and scripts were not collected: pages are bare or fail."),
                    _("Run: manage.py collectstatic. Then start the site again."),
                )
            ]
        return [ok(_("Style sheets and scripts are collected."))]
