"""A stem is a situation and a question about it. Pure."""

import re

SENTENCE_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-ZÀ-Þ“\"])")
# Shorter stems read well as one heading.
LONG = 100


def paragraphs(stem):
    return [part.strip() for part in re.split(r"\n\s*\n", stem.strip()) if part.strip()]


def split_stem(stem):
    """(situation paragraphs, question): the last paragraph, or the last sentence of a long stem that asks."""
    parts = paragraphs(stem)
    if len(parts) > 1:
        return parts[:-1], parts[-1]
    sentences = SENTENCE_END.split(stem.strip())
    if len(stem) > LONG and len(sentences) > 1 and sentences[-1].endswith(("?", "…", ":")):
        return [" ".join(sentences[:-1])], sentences[-1]
    return [], stem.strip()
