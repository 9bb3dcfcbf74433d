"""What a tap on a picture or a file costs, remembered so that no page looks at the disk for it."""

from django.core.cache import caches
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler


def size_of(rendition):
    """The bytes of a picture in one of its sizes; 0 where its file is gone. Its file never changes."""
    key = f"size:{rendition.file.name}"
    size = caches["bodies"].get(key)
    if size is None:
        try:
            size = rendition.file.size
        except OSError:
            return 0
        caches["bodies"].set(key, size)
    return size


class SizedDocumentLink(DocumentLinkHandler):
    """A file linked in a text says its kind and size, as a file of its own does."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [_opening(document) if document else "<a>" for document in cls.get_many(attrs_list)]


def _opening(document):
    kind, size = document.file_extension.upper(), filesizeformat(document.get_file_size())
    return format_html('<a href="{}" data-size="{}, {}">', document.url, kind, size)


def register_link(features):
    features.register_link_type(SizedDocumentLink)
