"""The wording of a certificate: named placeholders, filled once, at issue. Pure."""

import re

PLACEHOLDERS = ("course", "hours", "date", "agency", "rank", "dates", "place")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class UnknownPlaceholder(ValueError):
    """The wording names something that is not known. `name` is what stands in the braces."""

    def __init__(self, name):
        self.name = name
        super().__init__(name)


def check(wording):
    """Refuse a placeholder that does not exist, or a lone brace."""
    for name in _PLACEHOLDER.findall(wording):
        if name not in PLACEHOLDERS:
            raise UnknownPlaceholder(name)
    left = _PLACEHOLDER.sub("", wording)
    if "{" in left or "}" in left:
        raise UnknownPlaceholder("{" if "{" in left else "}")


def mentions(wording, name):
    return f"{{{name}}}" in wording


def fill(wording, values):
    """The lines to print: [{"text": ..., "course": whether the line is the course's title}].

    A line all of whose placeholders are empty is left out; where only some are, the
    comma or dash that joined them goes too.
    """
    check(wording)
    lines = []
    for line in wording.splitlines():
        names = _PLACEHOLDER.findall(line)
        if not line.strip() or (names and not any(values.get(name) for name in names)):
            continue
        for name in names:
            if not values.get(name):
                line = re.sub(rf"\s*\{{{name}\}}\s*[,;–-]?|[,;–-]?\s*\{{{name}\}}", " ", line)
        text = _PLACEHOLDER.sub(lambda match: values[match[1]], line)
        text = re.sub(r"\s+([,;])", r"\1", " ".join(text.split())).strip(" ,;–-")
        lines.append({"text": text, "course": line.strip() == "{course}"})
    return lines
