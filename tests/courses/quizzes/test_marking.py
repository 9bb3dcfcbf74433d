from courses.quizzes.marking import Item, mark

BODY = {"stem": "What first?", "options": [{"id": i, "text": i} for i in "abcd"]}
KEY = {"right": ["a"]}
RIGHT, WRONG, UNSURE = {"chosen": ["a"]}, {"chosen": ["b"]}, {"not_sure": True}
POLICY = {"pass_mark": 80}


def items(count, *, critical=(), topic="law"):
    return [Item(n, "single", BODY, topic, n in critical) for n in range(1, count + 1)]


def result(asked, payloads, policy=POLICY):
    answers = {n: payload for n, payload in enumerate(payloads, 1) if payload is not None}
    return mark(asked, answers, {item.n: KEY for item in asked}, policy)


def test_all_right():
    assert result(items(2), [RIGHT, RIGHT]) == (
        100,
        True,
        {
            "items": [
                {"n": 1, "fraction": 1, "answered": True, "not_sure": False},
                {"n": 2, "fraction": 1, "answered": True, "not_sure": False},
            ],
            "topics": {"law": [2, 2]},
            "critical_wrong": [],
            "critical_topics": [],
            "points": 2,
            "of": 2,
            "not_sure": 0,
        },
    )


def test_the_score_is_rounded_down():
    found = result(items(8), [RIGHT] * 7 + [WRONG])
    assert (found.score, found.passed) == (87, True)
    third = [Item(1, "multiple", BODY, "law", False), Item(2, "single", BODY, "law", False)]
    keys = {1: {"right": ["a", "b", "c"]}, 2: KEY}
    assert mark(third, {1: {"chosen": ["a", "b"]}, 2: RIGHT}, keys, {"pass_mark": 84}).passed is False
    assert mark(third, {1: {"chosen": ["a", "b"]}, 2: RIGHT}, keys, {"pass_mark": 83}).passed is True


def test_three_thirds_are_a_whole():
    thirds = [Item(n, "multiple", BODY, "law", False) for n in (1, 2, 3)]
    keys = {n: {"right": ["a", "b", "c"]} for n in (1, 2, 3)}
    found = mark(thirds, {n: {"chosen": ["a"]} for n in (1, 2, 3)}, keys, POLICY)
    assert found.score == 33
    assert found.details["points"] == 1


def test_a_critical_question_fails_whatever_the_score():
    for bad in (WRONG, UNSURE, None):
        found = result(items(20, critical={3}), [RIGHT, RIGHT, bad] + [RIGHT] * 17)
        assert (found.score, found.passed) == (95, False)
        assert found.details["critical_wrong"] == [3]
        assert found.details["critical_topics"] == ["law"]


def test_a_critical_question_half_right_fails():
    asked = [Item(1, "multiple", BODY, "law", True)]
    assert mark(asked, {1: {"chosen": ["a"]}}, {1: {"right": ["a", "b"]}}, {"pass_mark": 1}).passed is False


def test_a_critical_question_right_passes():
    assert result(items(2, critical={1, 2}), [RIGHT, RIGHT]).passed is True


def test_not_sure_scores_nothing_and_is_counted_apart():
    found = result(items(3), [UNSURE, WRONG, None])
    assert found.score == 0
    assert found.details["not_sure"] == 1
    assert [(i["answered"], i["not_sure"]) for i in found.details["items"]] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_topics_are_counted_each():
    asked = [*items(2), Item(3, "single", BODY, "referral", False)]
    assert result(asked, [RIGHT, WRONG, RIGHT]).details["topics"] == {"law": [1, 2], "referral": [1, 1]}


def test_without_a_pass_mark_nothing_is_failed():
    assert result(items(1, critical={1}), [WRONG], {"pass_mark": None}).passed is True
