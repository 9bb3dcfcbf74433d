import time

from courses.people.likeness import NAME, NUMBER, PART, PHONE, Pair, Record, alike


def test_what_makes_two_records_alike():
    records = [
        Record(1, "Marva Louis", agency=1),
        Record(2, "Louis-James, Marva", agency=1),
        Record(3, "Marva Louis", agency=2),
        Record(4, "Éloïse St. Prix", agency=1, number="PC-412", phone="+17584521234"),
        Record(5, "Eloise St Prix", agency=3, number="pc 412"),
        Record(6, "Somebody Else", agency=3, phone="+17584521234"),
        Record(7, "Nadège Joseph", agency=1, number="7"),
        Record(8, "Cletus Charles", agency=2, number="7"),
        Record(9, "Joseph Nadege Ann", agency=2, number="7"),
    ]

    assert alike(records) == [
        Pair(1, 2, (PART,)),
        Pair(1, 3, (NAME,)),
        Pair(4, 5, (NUMBER, NAME)),
        Pair(4, 6, (PHONE,)),
        Pair(7, 9, (NUMBER,)),
    ]


def test_nothing_shared_is_nothing_alike():
    assert alike([Record(1, "Marva Louis"), Record(2, "Marva James"), Record(3, "Marva")]) == []


def test_five_thousand_of_one_name_stay_quick():
    crowd = [Record(pk, "Person of the Crowd", agency=pk % 20, number="", phone="") for pk in range(5000)]
    begun = time.perf_counter()

    assert len(alike(crowd)) < 10_000
    assert time.perf_counter() - begun < 5
