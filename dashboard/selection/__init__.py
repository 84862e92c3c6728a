"""What a reader has chosen, and the address that says so."""

from dashboard.selection.address import (
    MAX_QUERY,
    Ignored,
    Parsed,
    dress,
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
    LANGUAGES,
    LATEST,
    LOOKS,
    Selection,
    Vocabulary,
)
from dashboard.selection.rules import one_theme

__all__ = [
    "ALL_EDITIONS",
    "ARRANGEMENTS",
    "LANGUAGES",
    "LATEST",
    "LOOKS",
    "MAX_QUERY",
    "Ignored",
    "Parsed",
    "Selection",
    "Vocabulary",
    "chart_names",
    "chart_type",
    "default",
    "dress",
    "format",
    "narrowed",
    "normal",
    "one_theme",
    "pairs",
    "parse",
    "search",
]
