"""The folders of an archive. Each names its columns and what they mean: that is the data dictionary too."""

import io
import json
import zipfile
from functools import partial

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.html import escape

from certificates.models import Certificate, CertificateFile
from courses.attendance.models import ATTENDED, Attendance
from courses.audit.models import AuditEntry
from courses.catalogue.models import Course, LessonPage
from courses.choices import AttemptState, Presence
from courses.directory.models import Entry, Signatory
from courses.drills.remarking.kinds import CASE, SCENARIO
from courses.drills.tabletop import deck, scoring
from courses.people.models import Person
from courses.questions.models import QuestionEdition, QuestionKey
from courses.quizzes.models import Attempt, Marking
from courses.room.tables.models import TableResult
from courses.workshops.models import Registration, Workshop
from lms.archive import pages
from lms.archive.members import Column, Folder, moment, name_of, page
from lms.reports.figures.training import KINDS, Training
from lms.reports.packs.documents import document
from lms.reports.packs.models import Pack, Version


def _people():
    return Person.objects.select_related("agency", "post").order_by("pk")


def _person(row):
    return [
        row.uuid, row.full_name, name_of(row.agency), name_of(row.post), row.rank, row.service_number,
        row.get_sex_display(), row.left_on,
    ]  # fmt: skip


def _trainings():
    return Training.objects.select_related("owner").order_by("at", "id")


def _training(row):
    return [
        row.id, row.owner.uuid, row.owner.full_name, row.kind_label, row.title, moment(row.at), row.minutes,
        row.agency_name, row.post_name, row.rank,
    ]  # fmt: skip


def _certificates():
    rows = Certificate.objects.with_state(timezone.localdate())
    return rows.select_related("person", "file").defer("file__pdf", "facts").order_by("pk")


def _certificate(row):
    drawn = getattr(row, "file", None)
    return [
        row.number, row.person.uuid, row.person.full_name, row.get_kind_display(), moment(row.issued_at),
        row.valid_until, row.state, moment(row.withdrawn_at), row.file_name if drawn else "",
        drawn.sha256 if drawn else "",
    ]  # fmt: skip


def _pdfs(_people):
    for row in CertificateFile.objects.select_related("certificate").order_by("pk").iterator(chunk_size=20):
        yield row.certificate.file_name, bytes(row.pdf)


def _entries():
    return AuditEntry.objects.order_by("pk")


def _entry(row):
    facts = json.dumps(row.facts, ensure_ascii=False)
    return [row.pk, moment(row.at), row.actor_name, row.verb, row.object_type, row.object_id, facts]


def _attempts():
    last = Marking.objects.filter(attempt=OuterRef("pk")).order_by("-n")
    rows = Attempt.objects.exclude(state=AttemptState.PREPARED).select_related("person", "quiz_edition")
    marked = {name: Subquery(last.values(name)[:1]) for name in ("score", "passed")}
    return rows.annotate(**marked).order_by("pk")


def _attempt(row):
    passed = "" if row.passed is None else "yes" if row.passed else "no"
    return [
        row.uuid, row.person.uuid, row.person.full_name, row.quiz_edition.title, row.quiz_key, row.cycle,
        moment(row.started_at), moment(row.submitted_at), row.get_state_display(), row.score, passed,
    ]  # fmt: skip


def _played(kind):
    return kind.listed(kind.run.objects.all()).select_related("person", "edition", "enrolment").order_by("pk")


def _run(kind, row):
    passed = "" if row.passed is None else "yes" if row.passed else "no"
    return [
        row.uuid, row.person.uuid, row.person.full_name, row.edition.title, getattr(row.edition, kind.key),
        row.edition.n, row.enrolment.cycle, moment(row.started_at), moment(row.over_at),
        row.score, passed,
    ]  # fmt: skip


RUN = {
    "run": "key of the run", "person": "key of the person", "full_name": "of the person",
    "title": "its title then", "drill_key": "key of what was played", "edition": "its number then",
    "cycle": "which time of the course", "started_at": "universal time",
    "ended_at": "universal time; empty: not finished", "score": "of 100; empty: not marked",
    "passed": "yes or no",
}  # fmt: skip


def _workshops():
    there = Attendance.objects.filter(session__workshop=OuterRef("pk"), presence__in=ATTENDED).order_by()
    count = there.values("session__workshop").annotate(n=Count("registration", distinct=True)).values("n")
    rows = Workshop.objects.with_days().with_counts().select_related("topic", "course")
    return rows.annotate(attended=Subquery(count)).order_by("pk")


def _workshop(row):
    return [
        row.uuid, row.title, row.topic, row.get_kind_display(), row.get_state_display(),
        moment(row.starts_at), moment(row.ends_at), row.place, name_of(row.course), row.funder, row.partner,
        row.coming, row.attended or 0, row.headcount,
    ]  # fmt: skip


def _table_results():
    rows = TableResult.objects.in_force().select_related("held__workshop", "held__edition")
    return rows.order_by("held_id", "table")


def _table_result(row):
    edition, details = row.held.edition, row.details
    way = deck.written([tuple(one) for one in row.way], edition.cards())
    missed = [one for one in edition.content["duties"] if row.marks.get(one["id"]) == scoring.MISSED]
    errors = dict.fromkeys(code for *_where, code in details["critical"])
    return [
        row.held.workshop.uuid, row.held.workshop.title, edition.title, edition.n, row.table, moment(row.at),
        way, details["points"], details["of"], "; ".join(errors),
        "; ".join(f"{one['agency']}: {one['text']}" for one in missed),
    ]  # fmt: skip


def _registers():
    """Each person at each session of the workshop they had a place in; without a mark, too."""
    rows = Registration.objects.select_related("workshop", "person").order_by("workshop_id", "pk")
    sessions = "workshop__sessions"
    mine = Attendance.objects.filter(session=OuterRef(f"{sessions}__pk"), registration=OuterRef("pk"))
    facts = {name: Subquery(mine.values(name)[:1]) for name in ("presence", "arrived_at", "agency_name")}
    return rows.annotate(session_at=F(f"{sessions}__starts_at"), session_title=F(f"{sessions}__title"), **facts)


def _register(row):
    presence = Presence(row.presence).label if row.presence else ""
    return [
        row.workshop.uuid, row.workshop.title, moment(row.session_at), row.session_title, row.person.uuid,
        row.person.full_name, row.agency_name, row.get_state_display(), presence, moment(row.arrived_at),
    ]  # fmt: skip


def _courses():
    return Course.objects.order_by("pk")


def _course(row):
    return [row.uuid, row.code, row.title, row.approved_on]


def _lessons(_people):
    """Each live lesson as a page, and what its pages show. Bodies are read one at a time."""
    kept = pages.Kept()
    for lesson in LessonPage.objects.live().order_by("path").iterator(chunk_size=5):
        yield f"lesson-{lesson.pk}.html", _lesson(lesson, kept, keys=False)
    for name, content in kept.files():
        yield f"files/{name}", content


def _lesson(lesson, kept, *, keys):
    parts = [f"<p>{escape(lesson.get_parent().title)}</p>"]
    parts.append(pages.html_of(lesson.body, lesson.body.stream_block, kept, keys=keys))
    if lesson.sources:
        parts.append(f"<h2>Sources</h2><p>{escape(lesson.sources)}</p>")
    return page(lesson.title, "\n".join(parts))


def _editions():
    return QuestionEdition.objects.select_related("question").order_by("pk")


def _edition(row):
    # Answers are listed by their text: as they are written, the order may tell what is right.
    texts = sorted(_texts(row.body, without={"stem"}))
    return [
        row.question.key, row.question.code, row.locale, row.meaning, row.slip, row.kind,
        row.question.get_pool_display(), row.body.get("stem", ""), " | ".join(texts), row.sha256,
    ]  # fmt: skip


def _texts(value, without=()):
    if isinstance(value, dict):
        if "text" in value:
            yield str(value["text"])
        for name, part in value.items():
            if name not in without:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _keys():
    """With the wording last published in `wordings`: the key names answers by their ids."""
    said = QuestionEdition.objects.filter(question=OuterRef("question"), meaning=OuterRef("meaning"))
    rows = QuestionKey.objects.select_related("question").order_by("pk")
    return rows.annotate(wordings=Subquery(said.order_by("locale", "-slip").values("body")[:1]))


def _key(row):
    words = (json.dumps(part, ensure_ascii=False) for part in (row.key, row.wordings, row.feedback))
    return [row.question.key, row.question.code, row.meaning, row.version, *words]


def _quick_keys(_people):
    """Lessons with their quick questions, saying what is right. Their pictures lie with the courses."""
    for lesson in LessonPage.objects.live().order_by("path").iterator(chunk_size=5):
        quick = [part for part in lesson.body if part.block_type == "quick_question"]
        if quick:
            html = [pages.html_of(part.value, part.block, pages.Kept(), keys=True) for part in quick]
            yield f"lesson-{lesson.pk}.html", page(lesson.title, "\n".join(html))


PACK = ("uuid", "first", "last", "made_at", "sha256", "replaces__uuid")


def _packs():
    return Pack.objects.select_related("replaces").only(*PACK).order_by("pk")


def _pack(row):
    corrected = row.replaces.uuid if row.replaces_id else ""
    return [row.uuid, row.first, row.last, moment(row.made_at), row.sha256, corrected]


def _pack_files(people):
    """As they can be taken out: for sending out, and, where people may be named, for the office."""
    versions = list(Version) if people else [Version.OUTSIDE]
    for pack in Pack.objects.defer("rows").order_by("pk").iterator(chunk_size=1):
        for version in versions:
            for form in ("full", "text"):
                content, _type, name = document(pack, version, form)
                yield name, content
            yield from _unpacked(pack, version)


def _unpacked(pack, version):
    content, _type, name = document(pack, version, "csv")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for inner in archive.namelist():
            yield f"{name.removesuffix('.zip')}/{inner}", archive.read(inner)


def _years():
    rows = Training.objects.order_by().annotate(year=ExtractYear("at")).values("year", "kind")
    return rows.annotate(n=Count("pk"), minutes_spent=Sum("minutes")).order_by("year", "kind")


def _year(row):
    return [row["year"], KINDS[row["kind"]], row["n"], row["minutes_spent"]]


def _entries_of_directory():
    return Entry.objects.select_related("post").order_by("pk")


def _entry_of_directory(row):
    return [
        row.get_role_display(), name_of(row.post), row.name, row.phone, row.email, row.note, row.checked_on
    ]  # fmt: skip


def _signatories():
    return Signatory.objects.order_by("pk")


def _signatory(row):
    return [row.name, row.title, row.mandate_from, row.mandate_to, row.checked_on]


def _columns(**meanings):
    return tuple(Column(name, meaning, is_file=name == "file") for name, meaning in meanings.items())


FOLDERS = (
    Folder(
        "people", "People", "Everybody on record, one row each.",
        _columns(
            person="the person's key in every other file", full_name="as on a certificate",
            agency="where the person serves", post="duty station", rank="job title or rank",
            service_number="given by the agency", sex="empty: not stated", left_on="day of leaving the service",
        ),
        _people, _person,
    ),
    Folder(
        "training", "Training records",
        "Courses completed, workshops attended and earlier certificates, one row each.",
        _columns(
            record="key of the record", person="key of the person", full_name="of the person",
            kind="on line, workshop, or earlier", title="of the course or workshop",
            at="when it was completed, universal time", minutes="spent on it", agency="as it was then",
            post="as it was then", rank="as it was then",
        ),
        _trainings, _training,
    ),
    Folder(
        "certificates", "Certificates", "Every certificate, with its PDF as issued where it was drawn.",
        _columns(
            number="printed on it", person="key of the person", full_name="of the person, as it is now",
            kind="completion or attendance", issued_at="universal time", valid_until="empty: without end",
            state="on the day of the archive", withdrawn_at="empty: not withdrawn",
            file="its PDF in this folder; empty: not drawn yet", sha256="of the PDF, noted when it was drawn",
        ),
        _certificates, _certificate, files=_pdfs,
    ),
    Folder(
        "audit", "Audit log", "Every act on the record, in order.",
        _columns(
            entry="number in the log", at="universal time", who="name as it was then",
            what="the deed",
            object_type="kind of record", object="its key in the database",
            facts="what else was noted, as JSON",
        ),
        _entries, _entry,
    ),
    Folder(
        "results", "Test results", "Every test that was begun, one row each. Answers are in a backup.",
        _columns(
            attempt="key of the attempt", person="key of the person", full_name="of the person",
            test="its title then", test_key="key of the test", cycle="which time of the course",
            started_at="universal time", submitted_at="universal time; empty: not handed in",
            state="in words", score="of 100; empty: not marked", passed="yes or no",
        ),
        _attempts, _attempt,
    ),
    Folder(
        "scenarios", "Scenarios", "Every scenario that was begun, one row each. Choices are in a backup.",
        _columns(**RUN), partial(_played, SCENARIO), partial(_run, SCENARIO),
    ),
    Folder(
        "cases", "Practice cases", "Every practice case that was begun, one row each. Answers are in a backup.",
        _columns(**RUN), partial(_played, CASE), partial(_run, CASE),
    ),
    Folder(
        "registers", "Registers", "Each person at each session of the workshops they had a place in.",
        _columns(
            workshop="key of the workshop", title="of the workshop", session_at="beginning, universal time",
            session="its name", person="key of the person", full_name="of the person",
            agency="as it was then; empty: not there", place="registered, waiting or cancelled",
            presence="as the log adds up; empty: no mark", arrived_at="universal time",
        ),
        _registers, _register,
    ),
    Folder(
        "signatories", "Signatories", "Who signs certificates, and from when to when.",
        _columns(
            name="on certificates", title="on certificates", mandate_from="first day", mandate_to="last day",
            checked_on="when the office looked last",
        ),
        _signatories, _signatory,
    ),
    Folder(
        "workshops", "Workshops", "Training face to face and awareness events, one row each, without names.",
        _columns(
            workshop="key of the workshop", title="of the workshop", topic="what it was about", kind="in words",
            state="in words", starts_at="first session, universal time", ends_at="last session, universal time",
            place="venue and district", course="taught, if it is one", funder="who paid", partner="who helped",
            places_taken="how many had a place", attended="at one session or more",
            headcount="of an awareness event",
        ),
        _workshops, _workshop, personal=False,
    ),
    Folder(
        "table-tops", "Table-top exercises",
        "What each table of a table-top exercise came to, one row each, without names.",
        _columns(
            workshop="key of the workshop", workshop_title="of the workshop", title="of the exercise",
            edition="its number then", table="its number in the room", entered_at="universal time",
            way="card and letter of each decision", points="of its decisions",
            of="the most there were on its way", critical="critical errors of its decisions",
            missed="duties that an agency at it missed",
        ),
        _table_results, _table_result, personal=False,
    ),
    Folder(
        "courses", "Courses and lessons",
        "Every course, and every lesson that can be read, as a page with its pictures and files.",
        _columns(
            course="key of the course", code="short name", title="on certificates",
            approved_on="the day, of its content",
        ),
        _courses, _course, personal=False, files=_lessons,
    ),
    Folder(
        "questions", "Questions",
        "Every wording of every question that was ever published, without what is right.",
        _columns(
            question="key of the question", code="short name", locale="language",
            meaning="number of the meaning", slip="number of the wording", kind="how it is answered",
            pool="where it may be asked", stem="the question", answers="to choose from, sorted",
            sha256="of the wording, as it was frozen",
        ),
        _editions, _edition, personal=False,
    ),
    Folder(
        "answer-keys", "Answer keys: keep apart",
        "What is right. Take this folder out before you show the others.",
        _columns(
            question="key of the question", code="short name", meaning="number of the meaning",
            version="of the key; the highest counts", key="what is right, by the ids in the wording, as JSON",
            wording="as JSON", feedback="what is said afterwards, as JSON",
        ),
        _keys, _key, personal=False, files=_quick_keys,
    ),
    Folder(
        "figures", "Figures", "How much training there was, by year and kind. Nobody is named.",
        _columns(
            year="of completion", kind="on line, workshop, or earlier", trainings="how many",
            minutes="spent on them",
        ),
        _years, _year, personal=False,
    ),
    Folder(
        "packs", "Figures for periods", "The figures as they were frozen, as PDF, text and CSV.",
        _columns(
            pack="its key", first="day", last="day", made_at="universal time", sha256="of what was frozen",
            replaces="key of the one it corrects",
        ),
        _packs, _pack, personal=False, files=_pack_files,
    ),
    Folder(
        "directory", "Directory", "Whom to call, and when that was last checked.",
        _columns(
            role="what for", only_for="duty station; empty: Saint Lucia", name="of the office", phone="number",
            email="address", note="of the office", checked_on="when the office looked last",
        ),
        _entries_of_directory, _entry_of_directory, personal=False,
    ),
)  # fmt: skip


def folders(people):
    """What an archive holds: all, or what names nobody."""
    return [folder for folder in FOLDERS if people or not folder.personal]
