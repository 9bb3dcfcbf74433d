"""What many pages have alike is rendered once."""

from django import template
from django.utils.translation import get_language

register = template.Library()

# Of one place in a template; whatever a key turns out to be, memory stays small.
MOST = 100


@register.tag
def alike(parser, token):
    """{% alike a b.c %}…{% endalike %}: rendered once in each language for the same values of a and b.c.

    What stands inside depends on nothing else: not on the person, the address or the time.
    """
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(["endalike"])
    parser.delete_first_token()
    return Alike(keys, nodelist)


class Alike(template.Node):
    def __init__(self, keys, nodelist):
        self.keys, self.nodelist, self.rendered = keys, nodelist, {}

    def render(self, context):
        key = (get_language(), context.autoescape, *(value.resolve(context) for value in self.keys))
        if key not in self.rendered:
            if len(self.rendered) >= MOST:
                self.rendered.clear()
            self.rendered[key] = self.nodelist.render(context)
        return self.rendered[key]
