"""What an address answers whom, in the words of the access matrix."""

OK, CREATED_NOTHING, GO, ABSENT, NOT_SO, WRONG, FORBIDDEN, BAD = 200, 204, 302, 404, 405, 422, 403, 400
UNKNOWN = 401
LOG_IN = "log in"
UNKNOWN = 401
ALL_OK = (OK, NOT_SO)


def signed_in(answer, **roles):
    return {"anonymous": LOG_IN, **roles, "others": answer}


def owner(answer, others=ABSENT):
    """For the constable, to whom the objects belong."""
    return {"anonymous": LOG_IN, "constable": answer, "others": others}


def figures(answer):
    """For supervisors, the auditor and those who run the site."""
    others = dict.fromkeys(["supervisor_police", "supervisor_health"], answer)
    return {**others, **every_figure(answer)}


def every_figure(answer):
    """For those who see the figures of every agency."""
    us = dict.fromkeys(["auditor", "focal_point", "administrator"], answer)
    return {**us, "anonymous": LOG_IN, "others": FORBIDDEN}


def makes_packs(answer):
    """For those who freeze figures and send them out."""
    return {"focal_point": answer, "administrator": answer, "anonymous": LOG_IN, "others": FORBIDDEN}


def runs(answer, others=ABSENT, anonymous=LOG_IN, **roles):
    """For the facilitator of the workshop or cohort, and those who run the site; for others it is not there."""
    us = dict.fromkeys(["facilitator", "focal_point", "administrator"], answer)
    return {**us, **roles, "anonymous": anonymous, "others": others}


def desk(answer):
    """For those who run the site; Wagtail leads the others away before it says anything."""
    return {"focal_point": answer, "administrator": answer, "anonymous": LOG_IN, "others": FORBIDDEN}


def administrators(answer):
    """For administrators alone; Wagtail leads the focal point back to the desk."""
    return {"administrator": answer, "focal_point": GO, "anonymous": LOG_IN, "others": FORBIDDEN}


def not_theirs(answer):
    """For administrators; for the focal point, whose it is not, it is not there."""
    return {"administrator": answer, "focal_point": ABSENT, "anonymous": LOG_IN, "others": FORBIDDEN}


def issues(answer, others=FORBIDDEN):
    """For those who give numbers and print."""
    return {"anonymous": LOG_IN, "focal_point": answer, "administrator": answer, "others": others}


# The door lets every staff role through; what may not be posted is said before who asks.
NOT_FIGURES = {**figures(NOT_SO), "anonymous": NOT_SO, "facilitator": NOT_SO}
