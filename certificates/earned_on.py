"""Which editions of procedures a certificate was earned on: frozen with it when it is issued."""

from courses.progress.citing import editions_on_path


def editions_of(completion):
    """[{"procedure": uuid, "name", "edition", "n"}, ...] in force when it was completed, of the procedures that
    the person's path cites."""
    enrolment = completion.enrolment
    return [fact_of(edition) for edition in editions_on_path(enrolment.course, enrolment.sector, completion.at)]


def fact_of(edition):
    procedure = edition.procedure
    return {
        "procedure": str(procedure.uuid),
        "name": procedure.name,
        "edition": edition.label,
        "n": edition.n,
    }
