"""Random selections that show something: nothing is left unchosen, unlike in ``views.selections``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from dashboard.selection import LATEST, Selection, normal
from tests.support import views


def _filled(selection: Selection) -> Selection:
    known = views.vocabulary()
    return replace(
        selection,
        themes=known.themes,
        countries=selection.countries or known.countries,
        sectors=selection.sectors if len(selection.sectors) > 1 else known.sectors,
        editions=selection.editions or LATEST,
        levels=known.levels,
        indicators=selection.indicators if len(selection.indicators) > 3 else (),
    )


def selections_of(change: Callable[[Selection], Selection]) -> st.SearchStrategy[Selection]:
    """Canonical selections with figures in nearly every theme, after ``change``."""
    return views.any_selections.map(
        lambda selection: normal(change(_filled(selection)), views.vocabulary())
    )


selections: st.SearchStrategy[Selection] = st.deferred(
    lambda: selections_of(lambda selection: selection)
)
"""Canonical selections with figures in nearly every theme."""
