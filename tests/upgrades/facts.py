"""What must be the same before and after: from a state's rows, and from a database of this version."""

import base64
import hashlib
import json

# Rows of the record: none may be lost, and none made.
COUNTED = [
    "people.person",
    "people.user",
    "people.agency",
    "certificates.certificate",
    "certificates.certificateevent",
    "courses.enrolment",
    "courses.completion",
    "courses.lessondone",
    "courses.attempt",
    "courses.attemptitem",
    "courses.answerevent",
    "courses.marking",
    "courses.questionedition",
    "courses.workshop",
    "courses.registration",
    "courses.attendancemark",
    "courses.auditentry",
    "wagtailcore.page",
]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def of_facts(facts):
    return sha256(json.dumps(facts, sort_keys=True).encode())


def _rows(state, label):
    table = state["tables"].get(label, {"fields": [], "rows": []})
    return [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]


def before(state):
    """{"counts": {label: n}, "certificates": {number: [hash of facts, hash of PDF]}, "figures", "results"}"""
    files = {row["certificate_id"]: row["pdf"] for row in _rows(state, "certificates.certificatefile")}
    certificates = {}
    for row in _rows(state, "certificates.certificate"):
        pdf = row.get("pdf") or files.get(row["id"])
        certificates[row["number"]] = [of_facts(row["facts"]), pdf and sha256(base64.b64decode(pdf))]
    results = [
        [row["attempt_id"], row["n"], f"{float(row['score']):.2f}", row["passed"] in (True, "True")]
        for row in _rows(state, "courses.marking")
    ]
    counts = {label: len(state["tables"][label]["rows"]) for label in COUNTED if label in state["tables"]}
    return {
        "counts": counts,
        "certificates": certificates,
        "results": sorted([str(each[0]), *each[1:]] for each in results),
        "figures": state["figures"],
    }


def after(state):
    """The same from the database, as this version of the site reads it."""
    from datetime import date

    from django.apps import apps

    from certificates.models import Certificate
    from courses.quizzes.models import Marking
    from lms.reports.figures import everything

    certificates = {}
    for row in Certificate.objects.select_related("file"):
        file = getattr(row, "file", None)
        certificates[row.number] = [of_facts(row.facts), file and sha256(bytes(file.pdf))]
    figures = everything.values(date.fromisoformat(state["day"]))
    return {
        "counts": {
            label: apps.get_model(label)._base_manager.count() for label in COUNTED if label in state["tables"]
        },
        "certificates": certificates,
        "results": sorted(
            [str(row.attempt_id), str(row.n), f"{float(row.score):.2f}", row.passed]
            for row in Marking.objects.all()
        ),
        "figures": {name: figures[name] for name in state["figures"]},
    }
