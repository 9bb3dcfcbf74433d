"""Any order of deeds: the record says what the model says, and what was once written stays.

Quick by default; HYPOTHESIS_PROFILE=thorough looks for longer, with other orders each time.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine import model
from tests.machine.course import MONTHS, journey_and_pages
from tests.machine.deeds import Journeys

QUICK = settings(max_examples=6, stateful_step_count=25, derandomize=True)
THOROUGH = settings(max_examples=300, stateful_step_count=50)
PROFILE = THOROUGH if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else QUICK


def test_any_order_of_deeds_leaves_the_record_as_the_model_has_it(db):
    Journeys.world = journey_and_pages()
    run_state_machine_as_test(
        Journeys,
        settings=settings(
            PROFILE,
            deadline=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
                HealthCheck.large_base_example,
            ],
        ),
    )


SLIP = "correct_a_slip"
# Every deed once, whatever chance brings: from enrolling to a correction.
STORY = [
    ("enrol", {"key": "constance"}),
    ("enrol", {"key": "constance"}),
    ("do_lesson", {"n": 0, "lesson": "first"}),
    ("do_lesson", {"n": 0, "lesson": "first"}),
    # Not sure and wrong: failed. Feedback is shown after each, so neither can be taken back.
    ("take_a_test", {"n": 0, "quiz": "check", "hows": ["unsure", "wrong"], "edit": None, "hand_in": False}),
    ("answer", {"n": 0, "place": 0, "how": "right", "form": "new", "back": []}),
    ("answer", {"n": 0, "place": 0, "how": "right", "form": "again", "back": ["right"]}),
    ("submit", {"n": 0}),
    ("submit", {"n": 0}),
    ("answer", {"n": 0, "place": 1, "how": "right", "form": "new", "back": []}),
    # Again; while it is open its key is refused, a slip corrected and the meaning changed.
    ("take_a_test", {"n": 0, "quiz": "check", "hows": ["right"], "edit": None, "hand_in": False}),
    ("edit_and_publish", {"edit": "change_a_key_quietly", "quiz": "check", "n": 1}),
    ("edit_and_publish", {"edit": "correct_a_slip", "quiz": "check", "n": 1}),
    ("edit_and_publish", {"edit": "change_a_meaning", "quiz": "check", "n": 1}),
    ("edit_and_publish", {"edit": "change_a_key_quietly", "quiz": "check", "n": 1}),
    ("answer", {"n": 1, "place": 1, "how": "right", "form": "new", "back": []}),
    ("submit", {"n": 1}),
    # The final test: enough points, but a critical answer is wrong, after Back twice to the first
    # choice. Then too early, and again.
    ("take_a_test", {"n": 0, "quiz": "final", "hows": ["right"] * 3, "edit": None, "hand_in": False}),
    ("answer", {"n": 2, "place": 0, "how": "wrong", "form": "new", "back": ["right", "wrong"]}),
    ("answer", {"n": 2, "place": 0, "how": "wrong", "form": "again", "back": []}),
    ("answer", {"n": 2, "place": 1, "how": "partly", "form": "new", "back": ["unsure", "right"]}),
    ("submit", {"n": 2}),
    ("take_a_test", {"n": 0, "quiz": "final", "hows": [], "edit": None, "hand_in": False}),
    ("time_passes", {"time": timedelta(minutes=40)}),
    ("edit_and_publish", {"edit": "change_the_pass_mark", "quiz": "final", "n": 2}),
    ("study_to_the_end", {"key": "constance"}),
    ("take_a_test", {"n": 0, "quiz": "final", "hows": [], "edit": None, "hand_in": False}),
    # Renewed, under another name; the first certificate is replaced, its replacement withdrawn.
    ("rename", {"key": "constance", "name": "Constance St. Joseph"}),
    ("study_to_the_end", {"key": "constance"}),
    ("correct", {"n": 0}),
    ("correct", {"n": 0}),
    ("withdraw", {"n": 0}),
    ("withdraw", {"n": 2}),
    ("withdraw", {"n": 2}),
    ("correct", {"n": 2}),
    ("time_passes", {"time": timedelta(days=40)}),
    ("correct", {"n": 1}),
    # Somebody else begins, leaves with a test open, hands it in, and begins anew.
    ("enrol", {"key": "nadege"}),
    (
        "take_a_test",
        {"n": 1, "quiz": "final", "hows": ["right", "partly"], "edit": "correct_a_slip", "hand_in": False},
    ),
    ("leave", {"n": 1}),
    ("submit", {"n": 7}),
    ("take_a_test", {"n": 1, "quiz": "check", "hows": [], "edit": None, "hand_in": False}),
    ("study_to_the_end", {"key": "nadege"}),
    # Renewed: the time of her test runs out. What comes later is late, and it ends once.
    ("enrol", {"key": "nadege"}),
    ("take_a_test", {"n": 1, "quiz": "final", "hows": ["right"], "edit": None, "hand_in": False}),
    ("time_runs_out", {"n": -1, "everybody": False}),
    ("time_passes", {"time": timedelta(minutes=40)}),
    ("time_passes", {"time": timedelta(minutes=40)}),
    ("take_a_test", {"n": 1, "quiz": "final", "hows": ["wrong"], "edit": None, "hand_in": False}),
    ("time_runs_out", {"n": -1, "everybody": False}),
    ("time_runs_out", {"n": -1, "everybody": True}),
    ("submit", {"n": -1}),
    # And of another one, forgotten.
    ("take_a_test", {"n": 1, "quiz": "final", "hows": ["right"], "edit": None, "hand_in": False}),
    ("time_passes", {"time": timedelta(days=20)}),
    ("time_runs_out", {"n": 0, "everybody": True}),
    ("take_a_test", {"n": 1, "quiz": "final", "hows": ["right"] * 3, "edit": None, "hand_in": False}),
]


def test_one_long_story(db):
    Journeys.world = journey_and_pages()
    machine = Journeys()
    try:
        for deed, arguments in STORY:
            getattr(machine, deed)(**arguments)
            machine.record_agrees()
        assert [
            (certificate.name, certificate.state(model.local_day(machine.now), MONTHS))
            for certificate in machine.journey.certificates
        ] == [
            ("Constance Joseph", "replaced"),
            ("Constance St. Joseph", "replaced"),
            ("Constance St. Joseph", "withdrawn"),
            ("Constance St. Joseph", "expired"),
            ("Nadège St. Prix", "in_force"),
        ]
    finally:
        machine.teardown()
