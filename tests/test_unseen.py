"""The look for what is asked for unseen finds it."""

import pytest

from tests.unseen import UNSEEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORMS = """
<form>
  <input required name="seen"><input required type="hidden" name="passed on">
  <details><summary>More</summary><select required name="folded"></select></details>
  <input hidden required name="hidden">
</form>
<form novalidate><div hidden><input required name="unchecked"></div></form>
"""


def test_what_is_folded_away_or_hidden_is_found(open_tab):
    tab = open_tab(width=1200)
    tab.set_content(FORMS)
    found = tab.evaluate(UNSEEN)

    assert [name for name in ("seen", "passed on", "folded", "hidden", "unchecked") if name in str(found)] == [
        "folded",
        "hidden",
    ]
