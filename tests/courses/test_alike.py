from django.template import Context, Template
from django.utils import translation

COUNTED = "{% load alike %}{% alike who %}{{ who }} {{ turn }}{% endalike %}"


def test_what_is_alike_is_rendered_once_for_the_same_values():
    page = Template(COUNTED)
    shown = [page.render(Context({"who": who, "turn": turn})) for turn, who in enumerate(["Ann", "Ben", "Ann"])]
    assert shown == ["Ann 0", "Ben 1", "Ann 0"]


def test_each_language_has_its_own():
    page = Template(
        "{% load alike i18n %}{% alike %}{% get_current_language as code %}{{ code }}{% endalike %}"
    )
    shown = []
    for language in ("en", "fr", "en"):
        with translation.override(language):
            shown.append(page.render(Context()))
    assert shown == ["en", "fr", "en"]


def test_memory_stays_small_whatever_a_key_is():
    page = Template(COUNTED)
    for who in range(250):
        page.render(Context({"who": who}))
    (node,) = page.nodelist.get_nodes_by_type(type(page.nodelist[1]))
    assert len(node.rendered) <= 100
