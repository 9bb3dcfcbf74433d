"""Forms and keys for the tests of scoring, drawn by chance or written out."""

from hypothesis import strategies as st

from courses.choices import CriticalError, DrillStep

STEPS = st.sampled_from(DrillStep.values)
CODES = st.sampled_from(["", "", *CriticalError.values])


def option(right=False, critical=""):
    return {"right": right, "critical": critical, "why": ""}


def choices_field(right=3, wrong=2, least=None, critical=None):
    """A field of several choices whose options are r0, r1, … and w0, w1, …"""
    known = {f"r{n}": option(True) for n in range(right)} | {f"w{n}": option() for n in range(wrong)}
    for name, code in (critical or {}).items():
        known[name]["critical"] = code
    field = {"id": "f", "kind": "choices", "options": [{"id": name, "text": name} for name in known]}
    return field, {"step": "recognise", "options": known, "least": right if least is None else least}


@st.composite
def forms(draw):
    """(fields, key) of any form that may be published, and some that may not."""
    fields, key = [], {}
    for n in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["choice", "choices", "short", "long", "times"]))
        field, known = {"id": f"f{n}", "kind": kind}, {"step": draw(STEPS), "points": draw(st.integers(1, 5))}
        if kind in ("choice", "choices"):
            codes = draw(st.lists(CODES, min_size=3, max_size=6))
            known["options"] = {f"o{m}": option(draw(st.booleans()), code) for m, code in enumerate(codes)}
            field["options"] = [{"id": name, "text": name} for name in known["options"]]
            known["least"] = draw(st.integers(1, 6))
        elif kind == "short":
            known |= {"accepted": ["shelter"], "refused": ["illegal"], "critical": draw(CODES), "least": 1}
        elif kind == "times":
            field["rows"] = [{"id": "r0", "text": "Called"}]
            known |= {"rows": {"r0": {"at": ["14:10"], "why": ""}}, "least": 1}
        fields.append(field)
        key[field["id"]] = known
    return fields, key


@st.composite
def filled_in(draw):
    """(fields, key, answers)."""
    fields, key = draw(forms())
    answers = {}
    for field in fields:
        names = [entry["id"] for entry in field.get("options", ())]
        if field["kind"] == "choice":
            answers[field["id"]] = draw(st.sampled_from(["", *names]))
        elif field["kind"] == "choices":
            answers[field["id"]] = draw(st.lists(st.sampled_from(names), unique=True))
        elif field["kind"] == "times":
            answers[field["id"]] = {"r0": draw(st.sampled_from(["", "14:10", "15:00", "?"]))}
        else:
            answers[field["id"]] = draw(st.sampled_from(["", "a shelter", "illegal", "x"]))
    return fields, key, answers
