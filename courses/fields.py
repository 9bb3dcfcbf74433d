from django import forms
from django.db import models
from wagtail.fields import StreamField

from courses.blocks import sector_choices


class SectorsFormField(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=sector_choices, coerce=str, empty_value=[], **kwargs)


class SectorsField(models.JSONField):
    """A list of sector codes. Empty: everyone."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return SectorsFormField(required=False, label=self.verbose_name, help_text=self.help_text)


def stream_of(model):
    """The name of the field in which a kind of page keeps its blocks, or None."""
    return next((field.name for field in model._meta.local_fields if isinstance(field, BlocksField)), None)


class BlocksField(StreamField):
    """A StreamField whose block definitions stay out of migrations: they are not schema."""

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
