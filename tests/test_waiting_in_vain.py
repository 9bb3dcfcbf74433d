"""CI walks a journey once more that waited in vain: the pattern it gives must fit what a browser says."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Error

CI = Path(__file__).parent.parent / ".ci" / "run"


@pytest.mark.browser
def test_the_pattern_fits_a_wait_in_vain_and_nothing_else(open_tab):
    pattern = re.search(r"--only-rerun (\S+)", CI.read_text())[1]
    tab = open_tab()
    tab.set_content("<p>Here</p>")
    with pytest.raises(Error) as waited:
        tab.wait_for_selector(".never", timeout=50)
    with pytest.raises(Error) as wrong:
        tab.evaluate("nothing.there")

    assert re.search(pattern, _as_the_plugin_sees(waited.value))
    assert not re.search(pattern, _as_the_plugin_sees(wrong.value))
    assert not re.search(pattern, _as_the_plugin_sees(AssertionError("assert 1 == 2")))


def _as_the_plugin_sees(error):
    return f"{type(error).__name__}: {error}"
