"""By hand: the figures of the examples are worked out beside them."""

from courses.room import reckoning
from courses.room.reckoning import Gain, Marks, Misconception, Share


def test_a_gain_is_that_of_the_means():
    pairs = [(40, 80), (50, 70), (60, 90), (30, 60), (20, 50)]

    # Before 200/5 = 40, after 350/5 = 70; of 60 that could be gained, 30.
    assert reckoning.gain(pairs) == Gain(5, 40.0, 70.0, 30.0, 50.0)


def test_a_loss_and_a_full_house():
    assert reckoning.gain([(90, 85)] * 5) == Gain(5, 90.0, 85.0, -5.0, -50.0)
    assert reckoning.gain([(100, 100)] * 6) == Gain(6, 100.0, 100.0, 0.0, None)


def test_four_are_too_few_to_judge():
    assert reckoning.gain([(0, 100)] * 4) == Gain(4)


def test_shares_of_few_are_numbers_alone():
    shares = reckoning.right_shares([("q", 1), ("q", 0.5), ("q", 1), ("q", 0), ("q", 0), ("q", 0), ("r", 1)])

    assert shares == {"q": Share(2, 6), "r": Share(1, 1)}
    assert (shares["q"].per_cent, shares["r"].per_cent) == (33.3, None)


def test_the_three_commonest_misconceptions_one_of_each_question():
    given = (
        # 4 of 6 chose x, 3 chose y: one of each question.
        [("often", [("", "x"), ("", "y")])] * 3
        + [("often", [("", "x")])]
        + [("often", [])] * 2
        # 3 of 5; 2 of 5; 2 of 8.
        + [("half", [("part", "z")])] * 3 + [("half", [])] * 2
        + [("some", [("", "w")])] * 2 + [("some", [])] * 3
        + [("seldom", [("", "v")])] * 2 + [("seldom", [])] * 6
        # All four, but four are few; and one slip of one person.
        + [("few", [("", "u")])] * 4
        + [("slip", [("", "t")])] + [("slip", [])] * 9
    )  # fmt: skip

    assert reckoning.misconceptions(given) == [
        Misconception("often", ("", "x"), Share(4, 6)),
        Misconception("half", ("part", "z"), Share(3, 5)),
        Misconception("some", ("", "w"), Share(2, 5)),
    ]


def test_wrong_answers_are_what_was_chosen_and_is_not_right():
    wrong = reckoning.wrong_answers
    assert wrong({"right": ["a"]}, {"chosen": ["a", "b"]}) == [("", "b")]
    assert wrong({"right": {"p": ["a"], "q": ["c"]}}, {"parts": {"p": ["b"], "q": ["c"]}}) == [("p", "b")]
    assert wrong({"right": {"r": "a", "s": "b"}}, {"rows": {"r": "b", "s": "b"}}) == [("r", "b")]
    assert wrong({"right": {"r": 1}}, {"rows": {"r": 2}}) == []
    assert wrong({"right": ["word"]}, {"text": "other"}) == []
    assert wrong({"right": ["a"]}, None) == wrong({"right": ["a"]}, {"not_sure": True}) == []


def test_replies_join_the_totals_at_the_fifth_and_then_three_at_a_time():
    assert [reckoning.shown_of(n) for n in range(13)] == [0, 0, 0, 0, 0, 5, 5, 5, 8, 8, 8, 11, 11]


def test_a_mean_of_marks_needs_five_of_them():
    replies = [{"clear": 5}, {"clear": 4}, {"clear": 4}, {"clear": 1}, {"clear": 4, "useful": 2}]
    found = reckoning.totals(replies, ["clear", "useful"])

    # (5 + 4 + 4 + 1 + 4) / 5
    assert found == {"clear": Marks((1, 0, 0, 3, 1)), "useful": Marks((0, 1, 0, 0, 0))}
    assert (found["clear"].mean, found["useful"].mean) == (3.6, None)
