"""Shares of the example data that Lumley's package survey publishes, against R's answers, where both lie beside the project."""

from __future__ import annotations

import pytest

from tests.support import published
from tests.support.engines import ENGINES


@pytest.mark.parametrize("engine", ENGINES)
def test_published_examples_have_the_answers_of_r(engine: str) -> None:
    assert published.check(ENGINES[engine]) in (0, 51)
