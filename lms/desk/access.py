from django.core.exceptions import PermissionDenied


class Allowed:
    """A screen behind one predicate of `roles.py`: give `may`, a static method of the log-in."""

    may = None

    def dispatch(self, request, *args, **kwargs):
        if not self.may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
