"""English words as they are set: curly quotation marks and apostrophes, one sign for an ellipsis, an en dash between years."""

from __future__ import annotations

import re

_QUOTED = (re.compile(r'"([^"]*)"'), re.compile(r"(?<!\w)'([^']*)'(?!\w)"))
_YEARS = re.compile(r"(?<![\d-])((?:19|20)\d\d)-((?:19|20)?\d\d)(?![\d-])")


def typographic(text: str) -> str:
    """A text with “ ” for straight quotation marks, ’ for a straight apostrophe, … for three points and – between two years."""
    for straight in _QUOTED:
        text = straight.sub(r"“\1”", text)
    return _YEARS.sub(r"\1–\2", text.replace("'", "’").replace("...", "…"))


WORDS = {
    "asked.csv": ("evidence",),
    "breaks.csv": ("description",),
    "changes.csv": ("reason",),
    "codes.csv": ("label_en", "short_en", "description_en"),
    "concepts.csv": ("label_en", "definition_en"),
    "definitions.csv": ("label_en", "definition_en"),
    "observations.csv": ("label_in_source_en", "locator", "note"),
    "published_tests.csv": ("statement", "locator"),
    "questions.csv": ("question_en", "text_en", "finding_en"),
    "surveys.csv": ("population",),
    "synonyms.csv": ("term",),
    "translations.csv": ("label", "short", "description"),
}
"""Table -> its columns of words that readers meet, but for titles, which are as they were published."""
