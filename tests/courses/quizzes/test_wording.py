from courses.quizzes.wording import problem_in_words


def test_open_parts_are_named_and_never_an_empty_list_of_them():
    def words(*places):
        return str(problem_in_words("open_parts", may_be_unsure=False, places=places))

    assert words(2) == "Choose an answer in part 2"
    assert words(1, 3) == "Choose an answer in parts 1, 3"
    assert words() == "Choose an answer"
