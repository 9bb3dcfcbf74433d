from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.imports import reading
from courses.imports.headings import is_privileged
from courses.people.models import Agency


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        help_text=gettext_lazy(
            "CSV, or the first sheet of an Excel workbook (.xlsx). The first row holds the headings. "
            "10 MB and 20,000 rows at most."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > reading.LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Divide it."))
        return file


class ColumnsForm(forms.Form):
    """What each column of the file is: a field `column_<n>` for each that may be imported."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(retired=False),
        label=gettext_lazy("Agency of rows that name none"),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args, headings, kind, columns=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = [("", _("Not imported")), *((each.name, each.label) for each in kind.fields)]
        guessed = {n: name for name, n in (columns or {}).items()}
        for n, heading in enumerate(headings):
            if not is_privileged(heading):
                label = heading or _("Column %(n)d") % {"n": n + 1}
                self.fields[f"column_{n}"] = forms.ChoiceField(
                    choices=choices, label=label, required=False, initial=guessed.get(n, "")
                )

    def clean(self):
        cleaned, columns = super().clean(), {}
        for n in range(len(self.headings)):
            name = cleaned.get(f"column_{n}")
            if name and name in columns:
                self.add_error(f"column_{n}", _("Another column is this already. Choose one of the two."))
            elif name:
                columns[name] = n
        cleaned["columns"] = columns
        return cleaned
