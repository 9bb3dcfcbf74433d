"""What a browser asks for and does not show: it then sends the form not at all, and says nothing."""

# Also what stands in a closed <details>. A form with `novalidate` is sent all the same.
UNSEEN = """() => [...document.querySelectorAll("form :is(input, select, textarea):required")]
  .filter(field => !field.form.noValidate && field.type !== "hidden" && !field.disabled)
  .filter(field => !field.checkVisibility())
  .map(field => field.outerHTML.slice(0, 200))"""


def assert_asks_for_nothing_unseen(tab):
    assert tab.evaluate(UNSEEN) == [], tab.url
