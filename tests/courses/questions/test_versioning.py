from courses.questions.versioning import Edition, Plan, Wording, plan

OLD = Wording("single", "old", frozenset("ab"))
NEW = Wording("single", "new", frozenset("ab"))
BEFORE = Edition(2, 3, OLD)


def decide(before=BEFORE, now=NEW, *, change="slip", same_key=True, answered=True, newest_meaning=2):
    return plan(before, now, change=change, same_key=same_key, answered=answered, newest_meaning=newest_meaning)


def test_the_first_edition():
    assert decide(None, same_key=True, answered=False, newest_meaning=None) == Plan(1, 0, True)


def test_a_translation_joins_the_meaning_there_is():
    assert decide(None) == Plan(2, 0, True)


def test_a_translation_with_another_key_is_refused():
    assert decide(None, same_key=False).refused == "key_locked"


def test_nothing_changed_makes_nothing():
    assert decide(now=OLD) == Plan(2, 3, False)
    assert decide(now=OLD, change="meaning") == Plan(2, 3, False)


def test_a_slip_keeps_the_meaning():
    assert decide() == Plan(2, 4, True)


def test_a_new_meaning_begins_again():
    assert decide(change="meaning") == Plan(3, 0, True)
    assert decide(change="meaning", same_key=False) == Plan(3, 0, True)
    assert decide(now=OLD, change="meaning", same_key=False) == Plan(3, 0, True)


def test_the_key_of_an_answered_question_is_locked():
    assert decide(now=OLD, same_key=False) == Plan(2, 3, False, "key_locked")
    assert decide(same_key=False).refused == "key_locked"


def test_answers_of_an_answered_question_stay():
    assert decide(now=Wording("single", "new", frozenset("abc"))).refused == "options_locked"
    assert decide(now=Wording("multiple", "new", frozenset("ab"))).refused == "kind_locked"


def test_of_an_answered_question_it_is_said_what_changed():
    for now, same_key in ((NEW, True), (OLD, False), (Wording("single", "new", frozenset("abc")), True)):
        assert decide(now=now, same_key=same_key, change="").refused == "change_not_said"
        assert decide(now=now, same_key=same_key, change="", answered=False).refused == ""
    assert decide(now=OLD, change="") == Plan(2, 3, False)


def test_a_part_of_an_answered_case_goes_on_taking_one_answer_or_several():
    before = Edition(1, 0, Wording("case", "old", frozenset("ab"), frozenset({("p", False)})))
    now = Wording("case", "new", frozenset("ab"), frozenset({("p", True)}))
    assert decide(before, now).refused == "parts_locked"
    assert decide(before, now, answered=False).refused == decide(before, now, change="meaning").refused == ""


def test_nobody_was_asked_so_anything_may_change():
    now = Wording("multiple", "new", frozenset("abc"))
    assert decide(now=now, same_key=False, answered=False) == Plan(2, 4, True)
