"""What the figures ask, in SQL written by hand over the tables: the floor for each figure and its parts.

Not by the views: as one would write it who wants this one number and knows the tables.
"""

from datetime import UTC, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from courses.transcript import hours
from lms.reports.figures.figure import MINUTES, PEOPLE

# Moments in local time, which is UTC-4 all the year.
MONTHS = {
    "sqlite": "strftime('%%Y-%%m', {at}, '-4 hours')",
    "postgresql": "to_char({at} AT TIME ZONE 'America/St_Lucia', 'YYYY-MM')",
}
LENGTH = {
    "sqlite": "(strftime('%%s', s.ends_at) - strftime('%%s', s.starts_at)) / 60",
    "postgresql": "CAST(FLOOR(EXTRACT(EPOCH FROM (s.ends_at - s.starts_at)) / 60) AS integer)",
}
# Of an earlier certificate the day is known: noon there.
NOON = {
    "sqlite": "t.held_on || ' 16:00:00'",
    "postgresql": "(t.held_on + TIME '16:00') AT TIME ZONE 'UTC'",
}
OWNER = "COALESCE(p.merged_into_id, p.id)"


def _sex(column):
    return f"CASE WHEN {column} IN ('female', 'male') THEN {column} ELSE '' END"


STANDS = "NOT EXISTS (SELECT 1 FROM courses_completionwithdrawn x WHERE x.completion_id = c.id)"
COMPLETIONS = {
    "id": "c.id",
    "owner": OWNER,
    "at": "c.at",
    "agency": "c.agency_id",
    "sector": "c.sector_code",
    "sex": _sex("c.sex"),
    "district": "''",
    "course": "e.course_id",
    "workshop": "CAST(NULL AS bigint)",
    "funder": "''",
    "kind": "'completion'",
    "minutes": "c.minutes",
    "text_id": "'c' || c.id",
    "title": "(SELECT k.title FROM courses_course k WHERE k.id = e.course_id)",
    "agency_name": "c.agency_name",
    "post": "c.post_name",
    "rank": "c.rank",
    "from": "courses_completion c JOIN courses_enrolment e ON e.id = c.enrolment_id"
    " JOIN people_person p ON p.id = e.person_id WHERE c.at >= %(begin)s AND c.at < %(end)s"
    f" AND {STANDS}",
}
EARLIER = {
    "id": "t.id",
    "owner": OWNER,
    "at": "%(noon)s",
    "agency": "p.agency_id",
    "sector": "COALESCE(own.code, theirs.code, '')",
    "sex": _sex("p.sex"),
    "district": "''",
    "course": "CAST(NULL AS bigint)",
    "workshop": "CAST(NULL AS bigint)",
    "funder": "''",
    "kind": "'earlier'",
    "minutes": "t.minutes",
    "text_id": "'e' || t.id",
    "title": "t.title",
    "agency_name": "COALESCE(g.name, '')",
    "post": "COALESCE((SELECT o.name FROM people_post o WHERE o.id = p.post_id), '')",
    "rank": "p.rank",
    "from": "courses_earliertraining t JOIN people_person p ON p.id = t.person_id"
    " LEFT JOIN people_agency g ON g.id = p.agency_id LEFT JOIN people_sector own ON own.id = p.sector_id"
    " LEFT JOIN people_sector theirs ON theirs.id = g.sector_id"
    " WHERE t.held_on >= %(first)s AND t.held_on <= %(last)s"
    " AND NOT EXISTS (SELECT 1 FROM courses_earliertrainingstruck x WHERE x.training_id = t.id)",
}
HELD = (
    "SELECT s.workshop_id, MAX(s.ends_at) AS ends_at FROM courses_session s"
    " JOIN courses_workshop w ON w.id = s.workshop_id WHERE w.kind <> 'awareness' AND w.state <> 'cancelled'"
    " GROUP BY s.workshop_id HAVING MAX(s.ends_at) >= %(begin)s AND MAX(s.ends_at) < %(end)s"
)
ATTENDED = (
    "courses_registration r JOIN courses_attendance a ON a.registration_id = r.id"
    " AND a.presence IN ('present', 'late') JOIN people_person p ON p.id = r.person_id"
)
WORKSHOPS = {
    "id": "a.id",
    "owner": "t.owner",
    "at": "t.ends_at",
    "agency": "a.agency_id",
    "sector": "a.sector_code",
    "sex": _sex("a.sex"),
    "district": "w.district",
    "course": "w.course_id",
    "workshop": "w.id",
    "funder": "w.funder",
    "kind": "'workshop'",
    "minutes": "t.minutes",
    "text_id": "'w' || a.id",
    "title": "w.title",
    "agency_name": "a.agency_name",
    "post": "a.post_name",
    "rank": "a.rank",
    "from": f"(SELECT {OWNER} AS owner, r.workshop_id, h.ends_at, MAX(a.id) AS last FROM ({HELD}) h"
    f", {ATTENDED} WHERE r.workshop_id = h.workshop_id AND r.state <> 'cancelled' GROUP BY 1, 2, 3) t"
    " JOIN courses_attendance a ON a.id = t.last JOIN courses_workshop w ON w.id = t.workshop_id",
}

WITH_MINUTES = {
    **WORKSHOPS,
    "from": "(SELECT owner, workshop_id, ends_at, MAX(last) AS last, SUM(minutes) AS minutes FROM ("
    f"SELECT {OWNER} AS owner, r.workshop_id, h.ends_at, a.session_id, MAX(a.id) AS last,"
    f" MAX(COALESCE(s.minutes, %(length)s)) AS minutes FROM ({HELD}) h"
    f", {ATTENDED} JOIN courses_session s ON s.id = a.session_id"
    " WHERE r.workshop_id = h.workshop_id AND r.state <> 'cancelled' GROUP BY 1, 2, 3, 4) u GROUP BY 1, 2, 3) t"
    " JOIN courses_attendance a ON a.id = t.last JOIN courses_workshop w ON w.id = t.workshop_id",
}
# Nobody's place is asked: whoever attended anything is there.
ONLY_WHO = {
    "owner": OWNER,
    "from": f"({HELD}) h, {ATTENDED} WHERE r.workshop_id = h.workshop_id AND r.state <> 'cancelled'",
}
CERTIFICATES = {
    "id": "t.id",
    "owner": OWNER,
    "at": "t.issued_at",
    "agency": "COALESCE(c.agency_id, a.agency_id)",
    "sector": "COALESCE(c.sector_code, a.sector_code, '')",
    "sex": _sex("COALESCE(c.sex, a.sex)"),
    "district": "COALESCE(w.district, '')",
    "course": "COALESCE(e.course_id, w.course_id)",
    "workshop": "w.id",
    "funder": "COALESCE(w.funder, '')",
    "kind": "CASE WHEN t.completion_id IS NULL THEN 'workshop' ELSE 'completion' END",
    "text_id": "t.id",
    "number": "t.number",
    "title": "COALESCE((SELECT k.title FROM courses_course k WHERE k.id = e.course_id), w.title, '')",
    "agency_name": "COALESCE(c.agency_name, a.agency_name, '')",
    "valid_until": "t.valid_until",
    "specimen": "t.specimen",
    "from": "certificates_certificate t JOIN people_person p ON p.id = t.person_id"
    " LEFT JOIN courses_completion c ON c.id = t.completion_id"
    " LEFT JOIN courses_enrolment e ON e.id = c.enrolment_id"
    " LEFT JOIN courses_registration r ON r.uuid = t.attendance_basis"
    " LEFT JOIN courses_workshop w ON w.id = r.workshop_id"
    " LEFT JOIN courses_attendance a ON a.id = (SELECT MAX(b.id) FROM courses_attendance b"
    " WHERE b.registration_id = r.id AND b.presence IN ('present', 'late'))",
}
ISSUED = "t.issued_at >= %(begin)s AND t.issued_at < %(end)s AND t.replaces_id IS NULL"
IN_FORCE = (
    "t.issued_at < %(after)s AND (t.valid_until IS NULL OR t.valid_until >= %(day)s)"
    " AND NOT EXISTS (SELECT 1 FROM certificates_certificateevent x WHERE x.certificate_id = t.id"
    " AND x.verb = 'withdrawn' AND x.at < %(after)s)"
    " AND NOT EXISTS (SELECT 1 FROM certificates_certificate n WHERE n.replaces_id = t.id"
    " AND n.issued_at < %(after)s)"
)
LAPSING = f"{IN_FORCE} AND t.valid_until < %(soon)s"
# What a list shows beside whose, when, what and which agency.
TRAINING = ("post", "rank", "kind")
CERTIFICATE = ("number", "valid_until", "specimen")
# What a part is called.
NAMES = {
    "agency": "SELECT id, name FROM people_agency WHERE id IN ({0})",
    "sector": "SELECT code, name FROM people_sector WHERE code IN ({0})",
    "course": "SELECT id, title FROM courses_course WHERE id IN ({0})",
    "workshop": "SELECT id, title FROM courses_workshop WHERE id IN ({0})",
}
# figure: (what it is counted from, and the condition on certificates)
SOURCES = {
    "people": (COMPLETIONS, WORKSHOPS, EARLIER),
    "first-time": (COMPLETIONS, WORKSHOPS, EARLIER),
    "attendances": (WORKSHOPS,),
    "completions": (COMPLETIONS,),
    "hours": (COMPLETIONS, WITH_MINUTES, EARLIER),
}
CONDITIONS = {"issued": ISSUED, "in-force": IN_FORCE, "certified": IN_FORCE, "lapsing": LAPSING}
# Of "tested" a recount in plain Python is among the tests.
WRITTEN = (*SOURCES, *CONDITIONS)
# Who had something before the period began.
BEFORE = (
    f"SELECT {OWNER} FROM courses_completion c JOIN courses_enrolment e ON e.id = c.enrolment_id"
    " JOIN people_person p ON p.id = e.person_id WHERE c.at < %(begin)s"
    f" AND {STANDS} UNION"
    f" SELECT {OWNER} FROM (SELECT s.workshop_id FROM courses_session s"
    " JOIN courses_workshop w ON w.id = s.workshop_id WHERE w.kind <> 'awareness' AND w.state <> 'cancelled'"
    " GROUP BY s.workshop_id HAVING MAX(s.ends_at) < %(begin)s) h"
    f", {ATTENDED} WHERE r.workshop_id = h.workshop_id AND r.state <> 'cancelled' UNION"
    f" SELECT {OWNER} FROM courses_earliertraining t JOIN people_person p ON p.id = t.person_id"
    " WHERE t.held_on < %(first)s"
    " AND NOT EXISTS (SELECT 1 FROM courses_earliertrainingstruck x WHERE x.training_id = t.id)"
)


ALWAYS = {"begin": "1900-01-01 00:00:00", "end": "2200-01-01 00:00:00"}


class Raw:
    """The questions of one figure for one period."""

    def __init__(self, figure, scope):
        self.figure = figure
        moment = connection.ops.adapt_datetimefield_value
        period = scope.period
        self.values = {
            "begin": moment(scope.begins_at),
            "end": moment(scope.ends_at),
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "day": scope.day.isoformat(),
            "after": moment(midnight(scope.day + timedelta(days=1))),
            "soon": (scope.day + timedelta(days=90)).isoformat(),
        }

    def value(self):
        if self.figure.counts == MINUTES:
            return self._ask(f"SELECT SUM(minutes) FROM ({self._rows('minutes')}) t")[0][0] - sum(
                minutes for _key, minutes in self._uncounted("kind")
            )
        if self.figure.counts == PEOPLE:
            return self._ask(f"SELECT COUNT(DISTINCT owner) FROM ({self._rows('owner')}) t {self._new()}")[0][0]
        return self._ask(f"SELECT COUNT(*) FROM ({self._rows('id')}) t")[0][0]

    def parts(self, by):
        """{value: how many}, months as "2026-01"; and {value: what it is called} where that is on record."""
        counted = {PEOPLE: "COUNT(DISTINCT owner)", MINUTES: "SUM(minutes)"}.get(self.figure.counts, "COUNT(*)")
        more = {PEOPLE: "owner", MINUTES: "minutes"}.get(self.figure.counts, "id")
        rows = self._rows(by, more)
        found = dict(self._ask(f"SELECT {by}, {counted} FROM ({rows}) t {self._new()} GROUP BY {by}"))
        if self.figure.counts == MINUTES:
            for key, minutes in self._uncounted(by):
                found[key] -= minutes
        return found, self._names(by, [key for key in found if key])

    def _names(self, by, keys):
        if by not in NAMES or not keys:
            return {}
        wanted = {f"k{n}": key for n, key in enumerate(keys)}
        return dict(self._ask(NAMES[by].format(", ".join(f"%({name})s" for name in wanted)), wanted))

    def first_page(self):
        """(value, the first fifty rows of the list: the key first); of minutes, how long it is as well."""
        value = self.value()
        if self.figure.counts == PEOPLE:
            return value, self._ask(
                "SELECT p.id, p.full_name, p.rank, g.name, post.name, own.name, theirs.name"
                " FROM people_person p"
                " LEFT JOIN people_agency g ON g.id = p.agency_id"
                " LEFT JOIN people_post post ON post.id = p.post_id"
                " LEFT JOIN people_sector own ON own.id = p.sector_id"
                " LEFT JOIN people_sector theirs ON theirs.id = g.sector_id"
                f" WHERE p.id IN (SELECT owner FROM ({self._rows('owner')}) t {self._new()})"
                " ORDER BY p.full_name, p.id LIMIT 50"
            )
        shown = CERTIFICATE if self.figure.name in CONDITIONS else TRAINING
        more = ("minutes",) if self.figure.counts == MINUTES else ()
        rows = self._rows("text_id", "owner", "at", "title", "agency_name", *shown, *more)
        page = self._ask(
            f"SELECT t.*, p.full_name FROM ({rows}) t JOIN people_person p ON p.id = t.owner"
            " ORDER BY at, text_id LIMIT 50"
        )
        if more:
            length = self._ask(f"SELECT COUNT(*) FROM ({self._rows('id')}) t")
            return value, page, length, self._uncounted("kind", {row[1] for row in page})
        return value, page

    # --- Putting it together ------------------------------------------------------------

    def _rows(self, *columns):
        condition = CONDITIONS.get(self.figure.name)
        if condition:
            return (
                f"SELECT {self._columns(CERTIFICATES, columns)} FROM {CERTIFICATES['from']} WHERE {condition}"
            )
        sources = SOURCES[self.figure.name]
        if columns == ("owner",):
            sources = [ONLY_WHO if source is WORKSHOPS else source for source in sources]
        return " UNION ALL ".join(
            f"SELECT {self._columns(source, columns)} FROM {source['from']}" for source in sources
        )

    def _columns(self, source, columns):
        return ", ".join(f"{self._column(source, name)} AS {name}" for name in columns)

    def _column(self, source, name):
        if name == "month":
            if source is EARLIER:
                return {"sqlite": "substr(t.held_on, 1, 7)", "postgresql": "to_char(t.held_on, 'YYYY-MM')"}[
                    connection.vendor
                ]
            return MONTHS[connection.vendor].format(at=source["at"])
        return source[name]

    def _new(self):
        return f"WHERE owner NOT IN ({BEFORE})" if self.figure.name == "first-time" else ""

    def _uncounted(self, by, owners=None):
        """[(value of `by`, minutes)] that count nothing in the period, or of `owners` alone: see `hours`."""
        values = {**self.values, **ALWAYS}
        facts = ("id", "owner", "at", "course", "minutes", by)
        taught = f"{WITH_MINUTES['from']} WHERE w.same_event AND w.course_id IS NOT NULL"
        some = "" if owners is None else f" AND owner IN ({', '.join(map(str, owners))})"
        both = "SELECT COALESCE(p.merged_into_id, p.id)"
        done = (
            f"SELECT {self._columns(COMPLETIONS, facts)} FROM {COMPLETIONS['from']} AND {OWNER} IN ({both} FROM"
        )
        done += f" {ATTENDED} JOIN courses_workshop w ON w.id = r.workshop_id AND w.same_event"
        done += " AND w.course_id IS NOT NULL)"
        finished = f"{both} FROM courses_completion c JOIN courses_enrolment e ON e.id = c.enrolment_id"
        finished += " JOIN people_person p ON p.id = e.person_id"
        taught = f"SELECT {self._columns(WITH_MINUTES, facts)} FROM {taught} AND t.owner IN ({finished})"
        theirs, facts_of = {}, {}
        for place, query in enumerate((done, taught)):
            theirs_only = f"SELECT * FROM ({query}) u WHERE 1 = 1{some}" if some else query
            for pk, owner, at, course, minutes, key in self._ask(theirs_only, values):
                day = timezone.localdate(_moment(at))
                theirs.setdefault(owner, ([], []))[place].append(((place, pk), course, minutes, day))
                facts_of[place, pk] = key, day, minutes
        found = []
        for courses, workshops in theirs.values():
            if courses and workshops:
                for name, counted in hours.counted(courses, workshops).items():
                    key, day, minutes = facts_of[name]
                    if counted < minutes and self.values["first"] <= day.isoformat() <= self.values["last"]:
                        found.append((key, minutes))
        return found

    def _ask(self, query, values=None):
        length = LENGTH[connection.vendor]
        # Where SQLite has no dates but texts, they are compared as texts.
        values = values or self.values
        with connection.cursor() as cursor:
            cursor.execute(
                query.replace("%(length)s", length).replace("%(noon)s", NOON[connection.vendor]), values
            )
            return cursor.fetchall()


def _moment(at):
    if isinstance(at, str):
        return datetime.fromisoformat(at).replace(tzinfo=UTC)
    return at if timezone.is_aware(at) else at.replace(tzinfo=UTC)


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
