"""Ids of the components that callbacks speak to."""

LOCATION = "location"
WIDTH = "width"
CONTENT = "content"
MESSAGES = "messages"
STATUS = "status"
PICTURE = "picture"
PICTURE_WANTED = "picture-wanted"
"""Store of the picture that a reader asked for; filled by assets/files.js."""
DOWNLOADED = "downloaded"
FILTERS = "filters"
FILTERS_TOGGLE = "filters-toggle"
FILTERS_ACTIVE = "filters-active"
"""How many filters are set, in the button that opens them."""
RESET = "reset"
DISPLAY = "display"
"""Languages and colour schemes to choose from."""
FIGURE = "figure"
"""Store of what a reader opened: a figure, or the code to embed a theme; filled by assets/barometer.js."""
CARD = "card"
CARD_TITLE = "card-title"
CARD_BODY = "card-body"


def shortcuts(name: str) -> str:
    """Id of the "all / none" links of a filter."""
    return f"{name}-shortcuts"


def search(name: str) -> str:
    """Id of the search among the choices of a filter."""
    return f"{name}-search"


def chart(theme: str) -> dict[str, str]:
    """Id of the graph of a theme."""
    return {"type": "graph", "theme": theme}
