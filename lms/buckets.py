"""Files in a store that speaks S3, chosen by S3_BUCKET. Nothing in it has a public address."""

import posixpath
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name, get_available_overwrite_name


class Bucket(S3Storage):
    def get_available_name(self, name, max_length=None):
        """A name of its own for each file, without looking first: another host may look at the same time."""
        root, ending = posixpath.splitext(clean_name(name))
        return get_available_overwrite_name(self.get_alternative_name(root, ending), max_length)


class Uploads(Bucket):
    """Pictures and documents of pages: their address is the site's, which reads them here."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))


class Private(Bucket):
    """Signatures, crests, print runs, uploaded lists, photographs of sheets, scans."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        raise ValueError("This file has no address: a page that asks who may see it gives it out.")
