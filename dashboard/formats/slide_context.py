"""What every step of drawing a slide needs."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.shapes.shapetree import SlideShapes
from pptx.slide import Slide

from dashboard.formats.pptx_sheet import Provenance
from dashboard.formats.slide_layout import SlidePage
from dashboard.query import Measure, View
from dashboard.text import Localizer


@dataclass(frozen=True, slots=True)
class SlideContext:
    """A slide that is drawn on, the view and what of it stands there, the localizer, and what data sheets tell of figures."""

    slide: Slide
    view: View
    page: SlidePage
    loc: Localizer
    known: Provenance
    signed: frozenset[Measure] = frozenset()
    """Indicators whose names carry the sign of figures that must not be compared: some of those on the slide."""

    @property
    def shapes(self) -> SlideShapes:
        """Those of the slide."""
        return self.slide.shapes
