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
from dashboard.selection.model import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    CHARTS,
    LANGUAGES,
    LATEST,
    LOOKS,
    Selection,
    Vocabulary,
    default,
    normal,
)

__all__ = [
    "ALL_EDITIONS",
    "ARRANGEMENTS",
    "CHARTS",
    "LANGUAGES",
    "LATEST",
    "LOOKS",
    "MAX_QUERY",
    "PARAMETERS",
    "Ignored",
    "Parsed",
    "Selection",
    "Vocabulary",
    "default",
    "dress",
    "format",
    "narrowed",
    "normal",
    "parse",
    "search",
]
