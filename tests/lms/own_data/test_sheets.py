"""No model that leads to a person is forgotten."""

from django.apps import apps
from wagtail.models import Page

from lms.own_data.sheets import LEFT_OUT, OFFICE_APPS, SHEETS

EXPORTED = {sheet.model for sheet in SHEETS}


def leading_to(labels):
    """Models with a relation to one of `labels`, but for tables that Django makes by itself."""
    return {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if field.related_model._meta.label in labels and not model._meta.auto_created
        if not issubclass(model, Page)
    }


def test_every_model_that_leads_to_a_person_is_handed_out_or_left_out_with_a_reason():
    found = leading_to(EXPORTED | {"people.Person", "people.User"})
    unknown = {label for label in found - EXPORTED - set(LEFT_OUT) if label.split(".")[0] not in OFFICE_APPS}
    assert unknown == set()


def test_nothing_is_left_out_that_is_not_there_or_is_handed_out():
    found = leading_to(EXPORTED)
    assert set(LEFT_OUT) - found == set()
    assert EXPORTED & set(LEFT_OUT) == set()


def test_no_column_that_opens_a_door_is_handed_out():
    doors = ("password", "hash", "token", "session_key", "key_versions", "secret")
    open_ones = [
        (sheet.model, field.name)
        for sheet in SHEETS
        for field in sheet.columns
        if any(word in field.name for word in doors)
    ]
    assert open_ones == []
