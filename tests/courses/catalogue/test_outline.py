from courses.catalogue import outline
from courses.sectors import is_for


def part(page_id, kind=outline.LESSON, sectors=(), **kwargs):
    return outline.Part(
        kind=kind,
        page_id=page_id,
        key=f"k{page_id}",
        title=f"P{page_id}",
        slug=f"p{page_id}",
        sectors=sectors,
        **kwargs,
    )


def module(code, page_ids, sectors=()):
    return {
        "code": code,
        "title": code,
        "summary": "",
        "objectives": [],
        "sectors": sectors,
        "page_ids": page_ids,
    }


PARTS = {
    1: part(1, minutes=5),
    2: part(2, sectors=("health",)),
    3: part(3, outline.QUIZ, purpose="check", minutes=8),
}
MODULES = [module("C1", [1, 2, 3]), module("P1", [4], ["police"]), module("H1", [5], ["health"])]


def build(sector, parts=PARTS):
    return outline.build(MODULES, {**parts, 4: part(4), 5: part(5)}, sector, is_for)


def test_a_path_is_the_trunk_plus_the_parts_of_the_sector():
    assert [p.page_id for p in build("police").parts] == [1, 3, 4]
    assert [p.page_id for p in build("health").parts] == [1, 2, 3, 5]


def test_without_a_sector_the_trunk_alone_is_shown():
    assert [p.page_id for p in build("").parts] == [1, 3]


def test_an_author_who_previews_the_whole_sees_everything():
    assert [p.page_id for p in build(None).parts] == [1, 2, 3, 4, 5]


def test_a_part_that_is_not_live_drops_out_and_an_empty_module_with_it():
    built = outline.build(MODULES, {1: PARTS[1]}, "police", is_for)

    assert [m.code for m in built.modules] == ["C1"]


def test_neighbours_and_numbers():
    built = build("health")
    first, second, check, last = built.parts

    assert built.before(first) is None
    assert built.after(second) == check
    assert built.after(last) is None
    assert [built.number_of(p) for p in built.lessons] == [1, 2, 3]
    assert built.module_of(last).code == "H1"
    assert built.minutes == 13


def test_find_gives_the_first_fit_or_nothing():
    built = build("police")

    assert built.find(slug="p4") == part(4)
    assert built.find(slug="p4", kind=outline.QUIZ) is None
