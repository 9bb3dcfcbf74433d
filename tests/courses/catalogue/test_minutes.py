from courses.catalogue.minutes import lesson_minutes, words_in


def block(block_kind, sectors=(), **value):
    return {"type": block_kind, "value": {**value, "sectors": list(sectors)}}


def words(n):
    return "<p>" + "word " * n + "</p>"


def test_words_are_counted_without_tags_and_settings():
    assert words_in({"kind": "remember", "text": "<p>Two <b>words</b></p>", "sectors": ["police"]}) == 2


def test_an_empty_lesson_still_takes_a_minute():
    assert lesson_minutes([]) == {"": 1}


def test_reading_is_180_words_a_minute_rounded_up():
    assert lesson_minutes([block("paragraph", text=words(361))]) == {"": 3}


def test_a_task_and_a_quick_question_add_their_time():
    blocks = [
        block("paragraph", text=words(180)),
        block("key_point", kind="task", text=words(0), minutes=5),
        block("quick_question", stem="", answers=[]),
    ]

    assert lesson_minutes(blocks) == {"": 7}


def test_a_film_takes_its_length_and_not_its_transcript():
    assert lesson_minutes([block("film", title="Film", minutes=4, transcript=words(900))]) == {"": 4}


def test_parts_for_a_sector_count_for_that_sector_alone():
    blocks = [block("paragraph", text=words(180)), block("paragraph", ["police"], text=words(360))]

    assert lesson_minutes(blocks) == {"": 1, "police": 3}
