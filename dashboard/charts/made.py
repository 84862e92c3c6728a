"""What a picture could draw."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts.drawing import Drawing
from dashboard.query import Section

Made = tuple[Callable[[], Drawing], Section]
"""What makes the drawing, and what that draws: several are weighed before one is drawn."""
