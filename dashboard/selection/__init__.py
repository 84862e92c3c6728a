"""What a reader has chosen, and the address that says so."""

from dashboard.selection.address import (
    MAX_QUERY,
    Ignored,
    Parsed,
    display_query,
    format,
    narrowed,
    pairs,
    parse,
    search,
)
from dashboard.selection.canonical import default, normal
from dashboard.selection.chart_types import chart_names, chart_type
from dashboard.selection.model import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    COLOUR_SCHEMES,
    LANGUAGES,
    LATEST,
    Arrangement,
    ColourScheme,
    Selection,
    Vocabulary,
)
from dashboard.selection.rules import one_theme

__all__ = [
    "ALL_EDITIONS",
    "ARRANGEMENTS",
    "COLOUR_SCHEMES",
    "LANGUAGES",
    "LATEST",
    "MAX_QUERY",
    "Arrangement",
    "ColourScheme",
    "Ignored",
    "Parsed",
    "Selection",
    "Vocabulary",
    "chart_names",
    "chart_type",
    "default",
    "display_query",
    "format",
    "narrowed",
    "normal",
    "one_theme",
    "pairs",
    "parse",
    "search",
]
