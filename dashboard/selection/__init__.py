"""What a reader has chosen, and the address that says so."""

from dashboard.selection.address import (
    MAX_QUERY,
    PARAMETERS,
    Ignored,
    Parsed,
    dress,
    format,
    narrowed,
    parse,
    search,
)
from dashboard.selection.chart_types import chart_names, chart_type
from dashboard.selection.model import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    LANGUAGES,
    LATEST,
    LOOKS,
    Selection,
    Vocabulary,
    default,
    default_editions,
    normal,
)

__all__ = [
    "ALL_EDITIONS",
    "ARRANGEMENTS",
    "LANGUAGES",
    "LATEST",
    "LOOKS",
    "MAX_QUERY",
    "PARAMETERS",
    "Ignored",
    "Parsed",
    "Selection",
    "Vocabulary",
    "chart_names",
    "chart_type",
    "default",
    "default_editions",
    "dress",
    "format",
    "narrowed",
    "normal",
    "parse",
    "search",
]
