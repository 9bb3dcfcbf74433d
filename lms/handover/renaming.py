"""Where the name of who goes stands on something open, the name of who comes takes its place."""


def workshop(row, goes, comes):
    teaching = list(row.facilitators.all())
    others = [person for person in teaching if person.counts_as.pk != goes.pk]
    if len(others) == len(teaching):
        return False
    row.facilitators.set([*others, comes])
    row.save()
    return True


def cohort(row, _goes, comes):
    row.facilitator = comes
    row.save(update_fields=["facilitator"])
    return True


def locked_page(row, _goes, comes):
    """The lock stays: the one who comes can take it off."""
    row.locked_by = comes.user
    row.save(update_fields=["locked_by"])
    return True
