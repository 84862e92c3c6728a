"""The sheets that pictures are laid out on: their size, and one set of sizes of type for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NAMES, _NAMES_PREVIEW = 0.26, 0.34
"""Share of the width that names of rows beside bars and dots take unbroken on a low sheet, and in a preview."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything in CSS pixels. Type keeps to its sizes: what does not fit is left out."""

    width: int
    height: int
    """0 for one that is as tall as what stands on it."""
    edge: int
    """Bare ground at the left and the right."""
    factor: float
    """Of the chart, whose smallest type has 12 pixels at factor 1 and whose names and figures have 14."""
    title: float
    unit: float
    caution: float
    foot: float
    explains: bool = True
    """Whether its foot says how marks are to be read, and cautions in full, where there is room."""
    origin: int = 2
    """Lines for publishers, site and address, at most."""
    tallest: int = 0
    """What it may grow to before anything is left out; 0 for one that is always ``height``."""
    heading: int = 2
    """Lines of the title, at most."""
    centimetres: float = 0.0
    """How wide a program that heeds its resolution places it; 0 for 96 pixels to the inch."""
    reasons: int = 3
    """Lines of what to take care of before its reasons give way, at most."""

    @property
    def density(self) -> float:
        """Its resolution, in times of 96 pixels to the inch."""
        return self.width * 2.54 / self.centimetres / 96 if self.centimetres else 1.0

    @property
    def grown(self) -> tuple[float, ...]:
        """Factors of a chart larger than usual whose names are still smaller than the title, the largest first."""
        most = self.title * 0.85 / 14
        return tuple(
            most - (most - self.factor) * step / 6 for step in range(6) if most > self.factor
        )

    @property
    def unbroken(self) -> float:
        """Share of the width up to which names of rows are not broken: most in a preview, none on a sheet that is high or grows."""
        if self.tallest or self.height >= self.width:
            return 0.0
        return _NAMES if self.explains else _NAMES_PREVIEW

    @property
    def dense(self) -> float:
        """The least factor of the chart, whose smallest type is then that of the foot."""
        return min(self.factor, self.foot / 12)


SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "slide": Sheet(1600, 900, 60, 26 / 14, 40, 24, 22, 20),
        "report": Sheet(
            1200,
            800,
            16,
            21 / 12,
            36,
            24,
            21,
            21,
            origin=3,
            tallest=1500,
            reasons=5,
            centimetres=16,
        ),
        "square": Sheet(1080, 1080, 40, 21 / 14, 36, 22, 18, 18, origin=3, heading=3, reasons=4),
        "og": Sheet(1200, 630, 40, 28 / 14, 36, 22, 22, 22, explains=False),
        "wide": Sheet(1920, 1080, 72, 28 / 14, 46, 28, 24, 22),
        "tall": Sheet(1080, 1350, 40, 22 / 14, 36, 24, 19, 19, origin=3, heading=3),
        "print": Sheet(1123, 794, 40, 21 / 14, 32, 21, 18, 18),
    }
)
"""``print`` is A4 on its side at 96 pixels to the inch; a ``report`` as tall as it may be takes 20 of the 24 cm of a page."""
SLIDE = SHEETS["slide"]
_EDGE, _LEAST = 40, 400


def screen(width: float) -> Sheet:
    """A sheet for the chart as a page shows it that gives it ``width`` pixels."""
    return Sheet(max(round(width) + 2 * _EDGE, _LEAST), 0, _EDGE, 1.0, 20, 14, 12, 12)
