from courses.catalogue import raw


def ids_in(value):
    if isinstance(value, list):
        return [found for part in value for found in ids_in(part)]
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [found for part in value.values() for found in ids_in(part)]
    return []


def without_ids(value):
    if isinstance(value, list):
        return [without_ids(part) for part in value]
    if isinstance(value, dict):
        return {name: without_ids(part) for name, part in value.items() if name != "id"}
    return value


def question():
    return raw.block("single", stem="What first?", options=raw.items([{"text": "Listen", "right": True}]))


def test_a_copy_has_the_same_words_and_other_ids_at_every_depth():
    original = [question(), question()]

    copied = raw.fresh(original)

    assert without_ids(copied) == without_ids(original)
    assert len(set(ids_in(original)) | set(ids_in(copied))) == 8


def test_copying_leaves_the_original_alone():
    original = [question()]
    before = ids_in(original)

    raw.fresh(original)

    assert ids_in(original) == before


def test_a_block_that_came_without_an_id_gets_one():
    assert raw.fresh([{"type": "item", "value": 3}])[0]["id"]


def test_the_columns_of_a_table_are_no_blocks():
    table = {"columns": [{"type": "text", "heading": "Who"}], "rows": [{"values": ["A"]}]}

    assert raw.fresh(table) == table


def test_parts_are_put_at_the_end_of_their_module():
    first, second = raw.module("M1", "One", [1]), raw.module("M2", "Two", [2])

    changed = raw.with_parts([first, second], first["id"], [3, 4])

    named = [[part["value"] for part in each["value"]["parts"]] for each in changed]
    assert named == [[1, 3, 4], [2]]
    assert first["value"]["parts"] != changed[0]["value"]["parts"]


def test_there_is_no_place_in_a_module_that_is_gone():
    assert raw.with_parts([raw.module("M1", "One", [1])], "gone", [3]) is None


def test_a_new_module_takes_the_first_free_code():
    assert raw.free_module_code([]) == "M1"
    assert raw.free_module_code([raw.module("M1", "", []), raw.module("C1", "", [])]) == "M2"


def test_an_outline_names_the_copies_and_drops_what_was_not_copied():
    outline = [raw.module("M1", "One", [1, 2, 3])]
    outline[0]["value"]["parts"][0] = 1  # stored bare

    (changed,) = raw.with_pages(outline, {1: 11, 3: 13})

    assert [part["value"] for part in changed["value"]["parts"]] == [11, 13]


def test_links_to_copied_pages_lead_to_the_copies():
    text = (
        '<p><a linktype="page" id="7">in the course</a> <a id="8" linktype="page">elsewhere</a> '
        '<a linktype="document" id="7">a file</a></p>'
    )

    assert raw.with_links([{"value": {"text": text}}], {7: 70}) == [
        {"value": {"text": text.replace('linktype="page" id="7"', 'linktype="page" id="70"')}}
    ]
