"""What is changed in Wagtail's own screens stands in the audit log too: Wagtail's log can be changed itself.

Pages are not told here: they have revisions.
"""

from contextvars import ContextVar
from functools import wraps

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.views.generic.models import EditView
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import ModelLogEntry, Page

from courses.audit import log

ADDED, CHANGED, DELETED = "added at the desk", "changed at the desk", "deleted at the desk"
SETTINGS = "settings changed"
# Of Wagtail's other actions, those on questions have verbs of their own, and a saved draft is an edit.
VERBS = {"wagtail.create": ADDED, "wagtail.edit": CHANGED, "wagtail.delete": DELETED}
# Beside settings: which values say what somebody may do, and nothing about whom they are.
RIGHTS = {"is_active", "is_superuser", "groups", "permissions"}

_view = ContextVar("view", default=None)


def watch_forms():
    """Let Wagtail's screens for editing say which fields were changed: its log does not know."""
    for screen in (EditView, CreateEditViewOptionalFeaturesMixin):
        screen.save_instance = _watched(screen.save_instance)


@receiver(post_save, sender=ModelLogEntry)
def tell(instance, created, raw, **kwargs):
    model = instance.content_type.model_class()
    if raw or not created or model is None or instance.action not in VERBS:
        return
    verb, facts = VERBS[instance.action], {}
    form, panels = _saved_for(instance)
    if verb == CHANGED and form is not None:
        facts = changes(form, panels)
        if not facts["fields"]:
            return
    if verb == CHANGED and issubclass(model, AbstractSetting):
        verb = SETTINGS
    log.record(verb, model(pk=instance.object_id), actor=instance.user, at=instance.timestamp, **facts)


def tell_of_many(request, action_type, objects, action):
    """Hook before_bulk_action, inside its transaction: Wagtail's own log says nothing of these."""
    at = timezone.now()
    for each in objects:
        if isinstance(each, Page):
            continue
        verb, facts = (DELETED, {}) if action_type == "delete" else (CHANGED, {"deed": action_type})
        log.record(verb, each, actor=request.user, at=at, **facts)


def changes(form, panels=()):
    """The names of the fields that a form changes; and, where they are about nobody, their values."""
    parts = [(name, part) for name, part in getattr(form, "formsets", {}).items()]
    parts += [(panel.prefix, panel) for panel in panels]
    names = [*form.changed_data, *(name for name, part in parts if part.has_changed())]
    values = {name: _values(form, name) for name in form.changed_data if _is_told(form.instance, name)}
    return {"fields": names, **({"values": values} if values else {})}


def _watched(save_instance):
    @wraps(save_instance)
    def save(view):
        token = _view.set(view)
        try:
            return save_instance(view)
        finally:
            _view.reset(token)

    return save


def _saved_for(entry):
    """(form, further panels) that are being saved, where the entry is about their object; else (None, ())."""
    view = _view.get()
    if view is None or str(view.form.instance.pk) != entry.object_id:
        return None, ()
    if not isinstance(view.form.instance, entry.content_type.model_class()):
        return None, ()
    return view.form, getattr(view, "permission_panel_forms", ())


def _is_told(instance, name):
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if isinstance(instance, AbstractSetting):
        return bool(field.choices) or isinstance(field, models.BooleanField | models.IntegerField)
    return instance._meta.app_label in {"auth", "people"} and name in RIGHTS


def _values(form, name):
    """[what it was, what it is]; of a field that holds many, [those that went, those that came]."""
    was, now = form.get_initial_for_field(form.fields[name], name), form.cleaned_data[name]
    if isinstance(now, models.QuerySet):
        was, now = set(was or ()), set(now)
        return [sorted(map(str, was - now)), sorted(map(str, now - was))]
    return [_plain(was), _plain(now)]


def _plain(value):
    return value if value is None or isinstance(value, bool | int) else str(value)
