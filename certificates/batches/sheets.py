"""Many certificates on paper: the pages of a part of a print run.

Not tagged: this file goes to the printer, and who reads alone has a file of their own. Artwork is drawn
once: WeasyPrint draws each look as a page, which then becomes the ground under everybody's words.
"""

import pydyf
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from weasyprint import HTML

from certificates.pdf import style
from certificates.sheet import look_key, look_of, words_of
from courses import printing

# Neutral: it is the name of the file's window too.
TITLE = "Certificates"


def draw(sheets, *, day, duplicate=""):
    """The PDF of `sheets`, (facts, pictures) each, a page each in this order. `duplicate`: see `words_of`."""
    html, under = html_of(sheets, day=day, duplicate=duplicate)
    fonts, css = style()
    with printing.drawing():
        return HTML(string=html, url_fetcher=printing.DataOnly()).write_pdf(
            stylesheets=[css],
            font_config=fonts,
            finisher=lambda document, pdf: _lay_under(pdf, under),
            # Later ones pack their objects into streams, which `joining` does not open.
            pdf_version="1.4",
        )


def html_of(sheets, *, day, duplicate=""):
    """(HTML, for each person's page the number of the look under it). The looks are the first pages."""
    looks, under, pages = {}, [], []
    for facts, pictures in sheets:
        key = look_key(facts)
        with translation.override(facts["language"]):
            if key not in looks:
                looks[key] = render_to_string("certificates/sheet_look.html", look_of(facts, pictures))
            pages.append(render_to_string("certificates/sheet_page.html", words_of(facts, duplicate=duplicate)))
        under.append(list(looks).index(key))
    context = {
        "language": sheets[0][0]["language"],
        "title": TITLE,
        "day": day.isoformat(),
        "pages": [mark_safe(page) for page in (*looks.values(), *pages)],  # noqa: S308 - from templates
    }
    return render_to_string("certificates/sheets.html", context), under


def _lay_under(pdf, under):
    """Make the first pages, the looks, forms of their own, and draw each under the pages it belongs to."""
    numbers = pdf.pages["Kids"][::3]
    count = len(numbers) - len(under)
    grounds = [_form(pdf, pdf.objects[number], n) for n, number in enumerate(numbers[:count])]
    for number, look in zip(numbers[count:], under, strict=True):
        page = pdf.objects[number]
        page["Contents"] = pydyf.Array([grounds[look].reference, page["Contents"]])
    pdf.pages["Kids"] = pydyf.Array(pdf.pages["Kids"][3 * count :])
    pdf.pages["Count"] -= count


def _form(pdf, page, n):
    """The stream that draws this page as a form."""
    reference = {obj.reference: obj for obj in pdf.objects}
    content, resources = reference[page["Contents"]], reference[page["Resources"]]
    content.extra |= {"Type": "/XObject", "Subtype": "/Form", "BBox": page["MediaBox"]}
    # Without the grounds themselves: nothing may draw itself.
    own = pydyf.Dictionary({**resources, "XObject": pydyf.Dictionary(resources["XObject"])})
    pdf.add_object(own)
    content.extra["Resources"] = own.reference
    name = f"ground{n}"
    resources["XObject"][name] = content.reference
    ground = pydyf.Stream([f"q /{name} Do Q".encode()])
    pdf.add_object(ground)
    # The page itself is in no list any more; an empty dictionary is what is left of it.
    page.clear()
    return ground
