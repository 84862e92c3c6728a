"""What a reader has chosen, and the address that says so."""

from dashboard.selection.address import (
    MAX_QUERY,
    Ignored,
    Parsed,
    format,
    narrowed,
    pairs,
    parse,
    search,
)
from dashboard.selection.canonical import default, normal
from dashboard.selection.chart_types import chart_names, chart_of, chart_type
from dashboard.selection.home import (
    as_home,
    below_home,
    display_query,
    home,
    is_home,
    names_view,
    page_query,
    page_search,
    parse_page,
    restored,
)
from dashboard.selection.languages import preferred
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
    "as_home",
    "below_home",
    "chart_names",
    "chart_of",
    "chart_type",
    "default",
    "display_query",
    "format",
    "home",
    "is_home",
    "names_view",
    "narrowed",
    "normal",
    "one_theme",
    "page_query",
    "page_search",
    "pairs",
    "parse",
    "parse_page",
    "preferred",
    "restored",
    "search",
]
