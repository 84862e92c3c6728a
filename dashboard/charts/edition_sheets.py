"""How much of a sheet the plots of a change over editions take."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts.drawing import Drawing

_SHARE, _PREVIEW = 0.4, 0.25
"""Of the height of a sheet that is wider than high, and of a preview: what plots take at least that stand in one row."""


def high_enough(full: Drawing, brief: Callable[[], Drawing], *, preview: bool) -> Drawing:
    """A picture with the ``full`` reasons of its breaks, or the ``brief`` one where its plots would be low and are higher then."""
    tops, least = {panel.top for panel in full.panels}, _PREVIEW if preview else _SHARE
    if full.height >= full.width or len(tops) != 1 or _tall(full) >= least * full.height:
        return full
    other = brief()
    return other if _tall(other) > _tall(full) else full


def _tall(drawing: Drawing) -> float:
    """Pixels of the highest plot."""
    return max(panel.bottom - panel.top for panel in drawing.panels)
