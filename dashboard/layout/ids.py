"""Ids of the components that callbacks speak to."""

LOCATION = "location"
WIDTH = "width"
CONTENT = "content"
MESSAGES = "messages"
STATUS = "status"
PICTURE = "picture"
DOWNLOADED = "downloaded"
FILTERS = "filters"
FILTERS_TOGGLE = "filters-toggle"
RESET = "reset"
CARD = "card"
CARD_TITLE = "card-title"
CARD_BODY = "card-body"

THEME = "theme"
COUNTRY = "country"
SECTOR = "sector"
LEVEL = "level"
EDITION_MODE = "edition-mode"
EDITION = "edition"
SPLIT = "split"
INFERRED = "inferred"
CHART = "chart"
BY = "by"
INTERVALS = "interval"
ONLY = "only"
CONCEPT_SEARCH = "concept-search"
CONCEPT = "concept"


def shortcuts(name: str) -> str:
    """Id of the "all / none" links of a filter."""
    return f"{name}-shortcuts"


def chart(theme: str) -> dict[str, str]:
    """Id of the graph of a theme."""
    return {"type": "graph", "theme": theme}


def picture(theme: str, size: str) -> dict[str, str]:
    """Id of a button that saves a picture; ``size`` is slide or screen."""
    return {"type": "picture", "theme": theme, "size": size}


def figure(position: int) -> dict[str, str | int]:
    """Id of the button of a figure in a table; ``position`` is the figure's place in the data."""
    return {"type": "figure", "position": position}
