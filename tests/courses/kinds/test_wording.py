from courses.kinds.wording import split_stem


def test_a_short_stem_is_the_question():
    assert split_stem("A guest is afraid. What first?") == ([], "A guest is afraid. What first?")


def test_the_last_paragraph_asks():
    assert split_stem("A guest is afraid.\n\nShe has no passport.\n\nWhat first?") == (
        ["A guest is afraid.", "She has no passport."],
        "What first?",
    )


def test_the_last_sentence_of_a_long_stem_asks():
    story = (
        "You are at a hotel about a noise complaint. A cleaner tells you that the manager keeps her passport."
    )
    assert split_stem(f"{story} What should you do first?") == ([story], "What should you do first?")


def test_a_long_statement_stays_whole():
    statement = "A person who agreed to travel and to work cannot be trafficked, whatever happened later. " * 2
    assert split_stem(statement) == ([], statement.strip())
