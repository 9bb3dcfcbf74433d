"""The mutants fit the product as it is: each finds its words, exactly once."""

import pytest

from tests.faults.mutants import MUTANTS, ROOT, change


def test_there_are_ten_of_them():
    assert len({mutant.name for mutant in MUTANTS}) >= 10


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_finds_its_words(mutant, tmp_path):
    for name in {name for name, _words, _others in mutant.changes}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())

    change(tmp_path, mutant.changes)
    with pytest.raises(ValueError):
        change(tmp_path, [(mutant.changes[0][0], "words that stand nowhere in it", "")])
