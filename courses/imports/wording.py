"""Why a file cannot be read, and what is said of a row, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.imports import reading

FILES = {
    "empty": gettext_lazy("The file is empty."),
    "no_rows": gettext_lazy("There are no rows below the headings."),
    "old_excel": gettext_lazy("This is an old Excel file (.xls). Save it in Excel as .xlsx or CSV."),
    "workbook": gettext_lazy(
        "This is not an Excel workbook that can be read. Open it in Excel and save it again as .xlsx or CSV."
    ),
    "locked": gettext_lazy("This workbook is locked with a password. Take the password off first."),
    "large": gettext_lazy("This workbook is too large once it is unpacked. Divide it, or save it as CSV."),
    "binary": gettext_lazy("This is not a table. Choose a CSV file or an Excel workbook (.xlsx)."),
    "encoding": gettext_lazy("The letters of this file cannot be read. Save it again as “CSV UTF-8”."),
    "quotes": gettext_lazy("A quotation mark is opened and never closed. Save the file again as CSV."),
    "rows": gettext_lazy("There are more than %(rows)d rows. Divide the file."),
    "columns": gettext_lazy("There are more than %(columns)d columns. Remove those that are not needed."),
    "gone": gettext_lazy("The file is no longer kept. Upload it again."),
}
ROWS = {
    "name_empty": gettext_lazy("The name is missing."),
    "name_long": gettext_lazy("The name is longer than 160 characters."),
    "name_letters": gettext_lazy("The name does not begin with a letter, or is no name."),
    "name_characters": gettext_lazy("The name holds characters that no name has."),
    "no_agency": gettext_lazy(
        "No agency is called “%(text)s”. Add it under “Agencies and posts”, or correct the file."
    ),
    "email": gettext_lazy("“%(text)s” is not an e-mail address."),
    "phone": gettext_lazy("“%(text)s” is not a telephone number."),
    "unseen": gettext_lazy("%(field)s: remove the characters that cannot be seen."),
    "too_long": gettext_lazy("%(field)s is longer than %(n)s characters."),
    "unknown": gettext_lazy("%(field)s: “%(text)s” is not known and is left out."),
    "wide": gettext_lazy("The row has more cells than there are headings. A separator within a text?"),
    "long": gettext_lazy("A cell is longer than %(longest)s characters."),
    "same_row": gettext_lazy("The same person as row %(n)s."),
    "same_key": gettext_lazy(
        "Row %(n)s has the same e-mail, service number or telephone with another name. Correct one of them."
    ),
    "other_name": gettext_lazy("Somebody with this e-mail, service number or telephone has another name."),
    "keys_differ": gettext_lazy("The e-mail, service number and telephone lead to different people."),
    "same_name": gettext_lazy("There is somebody with this name."),
    "agency_differs": gettext_lazy("The record says another agency, %(agency)s, and keeps it."),
    "number_differs": gettext_lazy("The record has another service number and keeps it."),
    "waits": gettext_lazy("This person still waits for approval."),
    "refused": gettext_lazy("This person was refused."),
    "changed": gettext_lazy("The record changed after the check, so nothing was done. Import the row again."),
    "taken": gettext_lazy("Somebody else has this service number, so nothing was done."),
    # Of registers
    "date": gettext_lazy("“%(text)s” is not a date. Write it like 2019-03-28 or 28/03/2019."),
    "date_empty": gettext_lazy("The date is missing."),
    "date_future": gettext_lazy("The date %(text)s is still to come."),
    "date_past": gettext_lazy("The date %(text)s is too long ago."),
    "topic_empty": gettext_lazy("The topic is missing."),
    "topic_long": gettext_lazy("The topic is longer than 160 characters."),
    "hours": gettext_lazy("“%(text)s” is not a number of hours. Write it like 6 or 6.5."),
    "hours_empty": gettext_lazy("The hours are missing."),
    "hours_many": gettext_lazy("“%(text)s” is more than a day. Write one row for each day."),
    "there": gettext_lazy("This training stands in the person's record."),
    "no_person": gettext_lazy("Row %(n)s, with the same person, was not imported."),
}


def problem_in_words(code):
    return FILES[code] % {"rows": reading.MOST_ROWS, "columns": reading.MOST_COLUMNS}


def notes_in_words(row, kind):
    """What is said of the row, each a sentence."""
    said = []
    for code, facts in row.notes:
        facts = {"longest": reading.LONGEST_CELL, **facts}
        if "field" in facts:
            facts["field"] = kind.label_of(facts["field"])
        said.append(ROWS[code] % facts)
    return said


def changes_in_words(row, kind, *, with_values=True):
    """[(label, before, after), ...], or the labels alone where the words go round."""
    labels = {"contact_email": _("E-mail")}
    named = [
        (labels.get(name) or str(kind.label_of(name)), before, after) for name, before, after in row.changes
    ]
    return named if with_values else [label for label, _before, _after in named]
