"""Static files as browsers get them: under names that change with their content, and scripts without what
only their readers need."""

import re

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Left as it is written by others.
OURS = re.compile(r"^lms/.+\.js$")


class HashedFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        smaller = {
            name: (_Smaller(storage) if OURS.match(name) else storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(smaller, dry_run, **options)


class _Smaller:
    """A storage whose scripts have no comments and no white space."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, path):
        with self.storage.open(path) as file:
            script = rjsmin.jsmin(file.read().decode())
        # Django looks for imports with a space.
        return ContentFile(re.sub(r'\bimport"', 'import "', script).encode())
