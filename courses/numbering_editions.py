"""Editions of what is written: frozen under a number when it is published, and never changed."""


def next_edition(model, now, *, at=None, **key):
    """(edition, whether it is new): the newest one of `key` where it says the same as `now`, or else the next.

    `model`: append-only, with "n" from 1 within `key`. `now`: {field: value} of what is frozen. `at`: kept as
    "created_at" where the model does not fill that in itself. Whoever calls holds a lock on what is published.
    """
    before = model.objects.filter(**key).order_by("-n").first()
    if before is not None and all(getattr(before, name) == value for name, value in now.items()):
        return before, False
    moment = {"created_at": at} if at else {}
    return model.objects.create(**key, n=before.n + 1 if before else 1, **moment, **now), True
