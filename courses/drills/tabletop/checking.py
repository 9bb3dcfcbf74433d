"""Why a table-top exercise cannot be held as it stands."""

from collections import Counter

from django.utils.translation import gettext as _

# At a table each agency has one card; more would not hear one another.
FEWEST, MOST = 2, 8


def problems(written, story):
    """{field: [sentence, ...]} of what keeps it from being held. `written`: as of `freezing.written`; `story`:
    of its scenario."""
    agencies = [one["agency"] for one in written["roles"]]
    places = {one["id"] for one in story["situations"]}
    found = {
        "roles": [*_wrong_number(agencies), *_twice(agencies), *_idle(agencies, written["duties"])],
        "duties": [
            *_elsewhere(written["duties"], places),
            *(
                _nobody(one["agency"], one["text"])
                for one in written["duties"]
                if one["agency"] not in agencies
            ),
        ],
        "injects": [
            *_elsewhere(written["injects"], places),
            *(
                _nobody(one["to"], one["title"])
                for one in written["injects"]
                if one["to"] and one["to"] not in agencies
            ),
        ],
    }
    return {field: sentences for field, sentences in found.items() if sentences}


def _wrong_number(agencies):
    if not FEWEST <= len(agencies) <= MOST:
        yield _("A table needs %(fewest)d to %(most)d role cards; there are %(n)d.") % {
            "fewest": FEWEST,
            "most": MOST,
            "n": len(agencies),
        }


def _twice(agencies):
    for agency, times in Counter(agencies).items():
        if times > 1:
            yield _("“%(agency)s” has two role cards. Give one of them another name.") % {"agency": agency}


def _idle(agencies, duties):
    busy = {one["agency"] for one in duties}
    for agency in dict.fromkeys(agencies):
        if agency not in busy:
            yield _("“%(agency)s” has no duty. Say what the procedure asks of it, or leave it out.") % {
                "agency": agency
            }


def _elsewhere(blocks, places):
    for one in blocks:
        if one["at"] not in places:
            yield _("“%(what)s” is at “%(at)s”. The scenario has no situation of that name.") % {
                "what": one.get("title") or one["text"],
                "at": one["at"],
            }


def _nobody(agency, what):
    return _("“%(what)s” is for “%(agency)s”, which has no role card.") % {"what": what, "agency": agency}
