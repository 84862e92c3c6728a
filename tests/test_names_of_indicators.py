"""Names of indicators: each can be told from every other where nothing but names is shown, in every language."""

from __future__ import annotations

import re
from itertools import permutations

import pytest

from dashboard.selection import LANGUAGES
from tests.support import views


def names(language: str) -> dict[str, str]:
    indicators = views.store().newest.localizer(language).dataset.indicators
    return {code: each.label for code, each in indicators.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_stands_whole_in_another(language: str) -> None:
    """Neither "Citizens" beside "Citizens (collaboration)" nor "Limited finances" beside "Promoted by limited finances"."""
    worded = {
        code: re.findall(r"[\w’-]+", name.casefold()) for code, name in names(language).items()
    }
    spaced = {code: f" {' '.join(words)} " for code, words in worded.items()}
    assert len(spaced) > 100
    pairs = permutations(spaced.items(), 2)
    assert [(one, other) for (one, short), (other, long) in pairs if short in long] == []
