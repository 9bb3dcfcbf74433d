"""A report as a sheet: who took it is on record, and its rows come in the language it was asked in."""

from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, override

from courses.audit import log
from lms.reports.figures.tables import FORMATS, response
from lms.reports.pages.frame import also_asked

_DONE = object()


def exported(request, make_table, file_format, *, report, about=None, **facts):
    """The response with the Table that `make_table()` makes, in one of FORMATS; else there is none.

    The one door by which a report leaves. `report`: its name in the record. `about`: the object that it is
    about; whoever takes it, if None. `facts`: what else the record says.
    """
    if file_format not in FORMATS:
        raise Http404
    table = make_table()
    beside = also_asked(request)
    log.record(
        "report exported",
        about or request.user,
        actor=request.user,
        at=timezone.now(),
        report=report,
        asked=(request.scope.query() + (f"&{urlencode(beside)}" if beside else ""))[:400],
        format=file_format,
        **facts,
    )
    return response(table, file_format)


def spoken(rows):
    """The same rows, each made in the language of now: when they are sent, the request's is forgotten."""
    return _each(iter(rows), get_language())


def _each(rows, language):
    while True:
        with override(language):
            row = next(rows, _DONE)
        if row is _DONE:
            return
        yield row


def batches(queryset, size=500):
    """Lists of so many of its rows, read one after the other."""
    some = []
    for one in queryset.iterator(chunk_size=size):
        some.append(one)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
