from courses.audit.models import AuditEntry

SYSTEM = "system"


def record(verb, obj, *, actor, at, **facts):
    """Write one audit entry in the caller's transaction.

    `actor` is a User, or None for the system itself. `facts` must be JSON values and
    hold nothing that identifies a victim or gives an answer key.
    """
    return AuditEntry.objects.create(
        at=at,
        actor_id=getattr(actor, "pk", None),
        actor_name=str(actor) if actor is not None else SYSTEM,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        facts=facts,
    )
