"""The PDF itself: what it says, what it carries, and that its renderer reaches nothing."""

import io
import socket
import threading

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader

from certificates import pdf
from certificates.facts import PictureRefused, compose, picture, pictures_of
from certificates.fitting import fit
from certificates.models import Design, DesignSignature
from certificates.sheet import html_of
from courses.printing import RenderingFailed
from tests.certificates.conftest import NOW
from tests.factories import make_signatory

pytestmark = pytest.mark.drawn

NAMES = [
    "Shanelle Marie Joseph",
    "Òrézyl Mètivyé Bèlvédè Kwéyòl",
    "Éléonore d’Œuvre-Çelik Ñúñez Güell",
    "Nguyễn Thị Phương Thảo Đặng",
]


def facts_for(name="Constance Joseph", **kwargs):
    design = kwargs.pop("design", None) or Design(signatures=[DesignSignature(), DesignSignature()])
    values = {
        "day": NOW.date(),
        "name": name,
        "agency": "Royal Saint Lucia Police Force",
        "rank": "",
        "course": "Recognising and Responding",
        "minutes": 200,
        "completed_on": NOW.date(),
        "valid_until": None,
        "number": "SL-2026-00417-K",
        "token": "x" * 32,
        "short_code": "7QK429HMX3",
        "specimen": False,
        **kwargs,
    }
    return compose(design, blank(), **values)


def blank():
    return {"crest": b"", "signatures": [b"", b""]}


def read(content):
    return PdfReader(io.BytesIO(content))


def text_of(content):
    """Without spaces: letters set wide apart are read as words of one letter."""
    return plain(read(content).pages[0].extract_text())


def plain(words):
    return "".join(words.split())


@pytest.fixture(scope="module")
def content():
    return pdf.render(facts_for(), blank())


def test_it_is_one_a4_page_in_landscape(content):
    reader = read(content)
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)


def test_it_says_everything(content, settings):
    text = text_of(content)
    site = settings.SITE_URL.split("://")[1]
    for words in [
        "Certificate of Completion",
        "This is to certify that Constance Joseph Royal Saint Lucia Police Force",
        "has completed the course and passed the final test in Recognising and Responding",
        "3 hours 20 minutes, completed on 7 December 2026",
        f"Check this certificate {site}/verify Code 7QK4-29HM-X3",
        "Certificate no. SL-2026-00417-K Issued 7 December 2026",
    ]:
        assert plain(words) in text
    assert "SPECIMEN" not in text
    assert "replaces" not in text


def test_a_specimen_and_a_correction_say_so():
    text = text_of(pdf.render(facts_for(specimen=True, replaces="SL-2026-00388-H"), blank()))
    assert "SPECIMEN" in text
    assert plain("This certificate replaces SL-2026-00388-H.") in text


@pytest.mark.parametrize("name", NAMES)
def test_names_are_set_in_the_certificates_own_fonts(name):
    content = pdf.render(facts_for(name), blank())
    assert plain(name) in text_of(content)
    fonts = {str(font) for font in _fonts(content)}
    assert fonts
    assert all("Garamond" in font or "Small" in font or "Roboto" in font for font in fonts), fonts


def test_fonts_are_embedded_and_subset(content):
    for font in _fonts(content):
        descriptor = font.get("/DescendantFonts", [font])[0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    assert all(str(font["/BaseFont"])[7:8] == "+" for font in _fonts(content))
    assert len(content) < 100_000


def _fonts(content):
    resources = read(content).pages[0]["/Resources"]["/Font"]
    return [font.get_object() for font in resources.values()]


def test_it_is_tagged_and_names_its_language_and_title(content):
    reader = read(content)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Certificate of Completion SL-2026-00417-K"
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def test_it_is_dated_at_issue_and_two_renders_are_the_same_bytes(content):
    metadata = read(content).metadata
    assert (metadata["/CreationDate"][:10], metadata["/ModDate"][:10]) == ("D:20261207",) * 2
    assert pdf.render(facts_for(), blank()) == content


def test_a_name_cannot_bring_markup():
    name = '<img src="http://127.0.0.1/x"><b>Ann</b> & Co'
    assert plain(name) in text_of(pdf.render(facts_for(name), blank()))


@pytest.mark.parametrize("colour", ["red", "#12345", "#0d3346;}", "url(x)"])
def test_a_colour_cannot_bring_a_style(colour):
    with pytest.raises(ValueError):
        html_of({**facts_for(), "ink": colour}, blank())


# --- Fitting ----------------------------------------------------------------------------


def set_name(name):
    return fit(name, largest=33, smallest=26, least=17, room=238)


def test_a_long_name_shrinks_before_it_breaks():
    assert set_name("Ann Jules") == set_name("Ann Marie Jules").__class__(["Ann Jules"], 33)
    longer = set_name("Marie-Antoinette Philomène Théodora Alexandrine Desrivières")
    assert (len(longer.lines), 26 <= longer.size < 33) == (1, True)
    longest = set_name(
        "Marie-Antoinette Philomène Théodora Alexandrine Desrivières-Charlemagne Mondésir Joseph"
    )
    assert (len(longest.lines), longest.size) == (2, 26)
    assert abs(len(longest.lines[0]) - len(longest.lines[1])) < 15


@pytest.mark.parametrize("name", ["Ann " * 39 + "Jo", "M" * 160, "i" * 160])
def test_the_longest_name_there_can_be_stays_on_the_page(name):
    reader = read(pdf.render(facts_for(name), blank()))
    assert len(reader.pages) == 1
    assert "".join(name.split()) in "".join(reader.pages[0].extract_text().split())


# --- Pictures ---------------------------------------------------------------------------


def test_a_signature_is_printed_only_with_consent(db, tmp_path):
    signatory = make_signatory(consent_on=NOW.date(), mandate_from=NOW.date())
    signatory.image.save("s.png", ContentFile(_png_bytes()))
    design = Design(name="Plain", signatures=[DesignSignature(signatory=signatory)])
    assert pictures_of(design, NOW.date())["signatures"][0].startswith(b"\x89PNG")
    signatory.consent_on = None
    assert pictures_of(design, NOW.date())["signatures"] == [b""]


def _png_bytes(size=(40, 20)):
    output = io.BytesIO()
    Image.new("RGBA", size, (0, 0, 0, 120)).save(output, "PNG")
    return output.getvalue()


def test_a_crest_is_embedded():
    pictures = {**blank(), "crest": _png_bytes((300, 300))}
    assert pdf.render(facts_for(), pictures) != pdf.render(facts_for(), blank())


@pytest.mark.parametrize(
    "content", [b"", b"%!PS-Adobe EPSF-3.0\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"]
)
def test_what_is_no_plain_picture_is_refused(content, tmp_path):
    path = tmp_path / "crest.png"
    path.write_bytes(content)

    class Kept:
        def open(self, mode):
            return path.open(mode)

    with pytest.raises(PictureRefused):
        picture(Kept())


# --- Reaching out -----------------------------------------------------------------------


@pytest.fixture
def listener():
    """A server on this machine that notes who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    calls, stop = [], threading.Event()

    def listen():
        while not stop.is_set():
            try:
                connection, _address = server.accept()
                calls.append(1)
                connection.close()
            except TimeoutError:
                pass

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    stop.set()
    thread.join()
    server.close()


HOSTILE = [
    '<img src="{0}/a.png" alt="a">',
    '<link rel="stylesheet" href="{0}/a.css">',
    "<style>@import url({0}/a.css);</style>",
    '<style>@font-face{{font-family:x;src:url({0}/x.woff2)}}</style><p style="font-family:x">x</p>',
    '<p style="background-image:url({0}/a.png)">x</p>',
    '<object data="{0}/a.svg"></object>',
    '<embed src="{0}/a.svg">',
    '<link rel="attachment" href="{0}/a.txt">',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title>'
    '<image href="{0}/a.png" width="9" height="9"/></svg>',
    "<img alt='a' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    "%3Cimage href='{0}/a.png' width='9' height='9'/%3E%3C/svg%3E\">",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_the_renderer_calls_nobody(html, listener):
    address, calls = listener
    with pytest.raises(RenderingFailed):
        pdf.to_pdf(f'<html lang="en"><title>t</title><body>{html.format(address)}')
    assert calls == []


@pytest.mark.parametrize("html", HOSTILE)
def test_the_renderer_opens_no_file(html, tmp_path):
    (tmp_path / "a.txt").write_text("canary")
    for name in ("a.png", "a.css", "a.svg", "x.woff2"):
        (tmp_path / name).write_text("p{color:red} canary")
    with pytest.raises(RenderingFailed):
        pdf.to_pdf(f'<html lang="en"><title>t</title><body>{html.format(tmp_path.as_uri())}')


def test_a_picture_that_does_not_load_is_not_passed_over():
    with pytest.raises(RenderingFailed):
        pdf.to_pdf('<html lang="en"><title>t</title><body><img alt="a" src="data:image/png;base64,AAAA">')
    with pytest.raises(RenderingFailed):
        pdf.to_pdf('<html lang="en"><title>t</title><body><img alt="a" src="crest.png">')
