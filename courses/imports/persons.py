"""One row as a person: its texts read, a person made of them, or one brought up to date."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from courses.audit import log
from courses.choices import Approval, Sex
from courses.imports.headings import plain
from courses.imports.kinds import field
from courses.people.models import Agency, Person, Post, Sector
from courses.people.names import NameRefused, clean_name, clean_text
from courses.people.phones import PhoneRefused, clean_phone

FIELDS = [
    field(
        "full_name",
        _("Full name"),
        "fullname name names participant participantname participants trainee officer officername nom "
        "nomcomplet nometprenom nomprenom prenomnom participante nombre nombrecompleto nombreyapellido "
        "nombresyapellidos vollername vollstandigername teilnehmer namedesteilnehmers",
    ),
    field(
        "first_name",
        _("First name"),
        "firstname first givenname givennames forename forenames christianname prenom prenoms nombres "
        "primernombre vorname vornamen",
    ),
    field(
        "last_name",
        _("Last name"),
        "lastname last surname familyname nomdefamille apellido apellidos primerapellido nachname "
        "familienname zuname",
    ),
    field(
        "email",
        _("E-mail"),
        "email mail emailaddress mailaddress courriel adressemail adresseemail adresseelectronique "
        "adressecourriel correo correoelectronico direcciondecorreo emailadresse mailadresse",
    ),
    field(
        "agency",
        _("Agency"),
        "agency agencyname organisation organization ministry department institution service employer "
        "organisme ministere organismo organizacion institucion ministerio agencia entidad behorde "
        "dienststelle ministerium arbeitgeber",
    ),
    field(
        "post",
        _("Post or duty station"),
        "post station dutystation postordutystation location unit workplace poste posteoulieudaffectation "
        "affectation lieudaffectation puesto destino lugardetrabajo einsatzort standort revier",
    ),
    field("sector", _("Sector"), "sector secteur sektor bereich"),
    field(
        "rank",
        _("Job title or rank"),
        "rank jobtitle title position jobtitleorrank grade designation function grado rango cargo fonction "
        "titre dienstgrad rang funktion amtsbezeichnung",
    ),
    field(
        "service_number",
        _("Service number"),
        "servicenumber serviceno number no employeenumber employeeid staffnumber staffno badgenumber badge "
        "regimentalnumber regno matricule numerodeservice numeromatricule numerodeservicio numerodeempleado "
        "legajo dienstnummer personalnummer",
    ),
    field(
        "phone",
        _("Telephone"),
        "phone telephone tel phonenumber telephonenumber mobile mobilenumber cell cellphone contact "
        "contactnumber numerodetelephone portable telefono numerodetelefono movil celular telefon "
        "telefonnummer handy mobiltelefon",
    ),
    field("sex", _("Sex"), "sex gender sexe genre sexo genero geschlecht"),
    field(
        "language",
        _("Preferred language"),
        "language preferredlanguage lang langue languepreferee idioma lengua idiomapreferido sprache",
    ),
]
SEXES = {
    Sex.FEMALE: "f female woman femme femenino femenina mujer weiblich w frau",
    Sex.MALE: "m male man homme masculin masculino hombre mannlich mann h",
}
LANGUAGES = {
    "en": "en eng english anglais ingles englisch",
    "fr": "fr fra fre french francais frances franzosisch",
    "es": "es spa spanish espagnol espanol spanisch",
    "acf": "acf kweyol creole patois kreyol",
}
LIMITS = {"rank": 120, "service_number": 40}
# What an import fills where it is empty; and what it also changes.
FILLED = ["agency", "post", "sector", "rank", "service_number", "phone", "contact_email", "sex"]
CHANGED = {"post", "rank", "phone"}


@dataclass
class PersonData:
    full_name: str
    agency: Agency | None = None
    post: Post | None = None
    sector: Sector | None = None
    rank: str = ""
    service_number: str = ""
    phone: str = ""
    email: str = ""
    sex: str = ""
    language: str = ""


class Places:
    """Agencies, posts and sectors by what people write; read once for many rows."""

    def __init__(self):
        self._agencies, self._posts, self._sectors = {}, {}, {}
        for agency in Agency.objects.select_related("sector"):
            for text in {plain(agency.name), plain(agency.short_name)} - {""}:
                self._agencies.setdefault(text, []).append(agency)
        for post in Post.objects.all():
            self._posts[post.agency_id, plain(post.name)] = post
        for sector in Sector.objects.all():
            self._sectors[plain(sector.code)] = self._sectors[plain(sector.name)] = sector

    def agency(self, text):
        """The one agency of this name or short name, or None."""
        found = self._agencies.get(plain(text), [])
        return found[0] if len(found) == 1 else None

    def post(self, agency, text):
        return self._posts.get((agency.pk if agency else None, plain(text)))

    def sector(self, text):
        return self._sectors.get(plain(text))


def read_person(values, places, agency=None):
    """(PersonData or None, notes): None where the row says no person. `agency`: where it names none."""
    notes = []
    name = _name(values, notes)
    if values.get("agency"):
        agency = places.agency(values["agency"])
        if agency is None:
            notes.append(["no_agency", {"text": values["agency"]}])
    email = _email(values.get("email", ""), notes)
    phone = _phone(values.get("phone", ""), notes)
    texts = {each: _text(each, values.get(each, ""), notes) for each in LIMITS}
    if notes:
        return None, notes
    data = PersonData(name, agency=agency, email=email, phone=phone, **texts)
    data.post = _looked_up("post", values, lambda text: places.post(agency, text), notes)
    data.sector = _looked_up("sector", values, places.sector, notes)
    data.sex = _looked_up("sex", values, lambda text: _word(SEXES, text), notes) or ""
    data.language = _looked_up("language", values, lambda text: _word(LANGUAGES, text), notes) or ""
    return data, notes


def written_name(values):
    """The name as the row has it, in one piece."""
    return values.get("full_name") or " ".join(
        filter(None, [values.get("first_name"), values.get("last_name")])
    )


def _name(values, notes):
    try:
        return clean_name(written_name(values))
    except NameRefused as refused:
        notes.append([f"name_{refused.reason}", {}])
        return ""


def _email(text, notes):
    if not text:
        return ""
    local, _at, domain = text.rpartition("@")
    address = f"{local}@{domain.lower()}"
    try:
        validate_email(address)
        if len(address) > 254:
            raise ValidationError("long")
    except ValidationError:
        notes.append(["email", {"text": text}])
        return ""
    return address


def _phone(text, notes):
    try:
        return clean_phone(text)
    except PhoneRefused:
        notes.append(["phone", {"text": text}])
        return ""


def _text(name, text, notes):
    try:
        text = clean_text(text)
    except NameRefused:
        notes.append(["unseen", {"field": name}])
        return ""
    if len(text) > LIMITS[name]:
        notes.append(["too_long", {"field": name, "n": LIMITS[name]}])
        return ""
    return text


def _looked_up(name, values, find, notes):
    text = values.get(name, "")
    found = find(text) if text else None
    if text and found is None:
        notes.append(["unknown", {"field": name, "text": text}])
    return found


def _word(words, text):
    return next((value for value, known in words.items() if plain(text) in known.split()), None)


def changes_for(person, data):
    """([[field, before, after], ...], notes): what the row would change of this person."""
    wanted, notes = _wanted(person, data), []
    if data.agency and person.agency_id and data.agency.pk != person.agency_id:
        notes.append(["agency_differs", {"agency": str(person.agency)}])
    if data.service_number and person.service_number and person.service_number != data.service_number:
        notes.append(["number_differs", {}])
    if not person.is_approved:
        notes.append(["waits" if person.is_pending else "refused", {}])
    changes = []
    for name in FILLED:
        before, after = getattr(person, name), wanted.get(name)
        if after and before != after and (not before or name in CHANGED):
            changes.append([name, _shown(before), _shown(after)])
    return changes, notes


def _wanted(person, data):
    wanted = {name: getattr(data, name, None) for name in FILLED}
    agency_id = person.agency_id or (data.agency.pk if data.agency else None)
    if data.post and data.post.agency_id != agency_id:
        wanted["post"] = None
    agency = person.agency or data.agency
    if agency and data.sector and data.sector.pk == agency.sector_id:
        wanted["sector"] = None
    wanted["contact_email"] = "" if person.email else data.email
    return wanted


def _shown(value):
    return str(value) if value else ""


def add_person(data, *, contact_email, actor, at, job):
    """A new person, approved since the office entered them; no log-in is made.

    Nobody hears of the approval: there is no address to write to, and nothing that waited for it.
    """
    sector = data.sector
    if sector and data.agency and sector.pk == data.agency.sector_id:
        sector = None
    person = Person.objects.create(
        full_name=data.full_name,
        agency=data.agency,
        post=data.post,
        sector=sector,
        rank=data.rank,
        service_number=data.service_number,
        phone=data.phone,
        contact_email=contact_email,
        sex=data.sex,
        language=data.language or "en",
        approval=Approval.APPROVED,
    )
    log.record("imported", person, actor=actor, at=at, job=str(job.uuid))
    return person


def bring_up_to_date(person, data, changes, *, actor, at, job):
    """Make the changes that were shown. False, and nothing done, if the person is another by now."""
    now, _notes = changes_for(person, data)
    if any(change not in now for change in changes):
        return False
    wanted, names = _wanted(person, data), [name for name, _before, _after in changes]
    for name in names:
        setattr(person, name, wanted[name])
    person.save(update_fields=names)
    log.record("changed by an import", person, actor=actor, at=at, job=str(job.uuid), fields=names)
    return True
