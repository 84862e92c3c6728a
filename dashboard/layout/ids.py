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
FILTER_STATE = "filter-state"
"""What the row of filters shows beside the values of its controls; written into its places by assets/filters.js."""
LISTS = "lists"
"""Store of which choices the page has of each control."""
TAKE_AWAY = "take-away"
"""The files of the whole view."""
FINDINGS = "findings"
"""What else the figures say, where anything is told."""
SIDE_BY_SIDE = "side-by-side"
"""The heading over the themes below the home."""
CHIPS = "chips"
"""Links that lift what is set."""
CHART_TOGGLE = "chart-toggle"
CHART_PANEL = "chart-panel"
"""Where the types of charts are chosen, and the button that opens it on a narrow screen."""
DISPLAY = "display"
"""Languages and colour schemes to choose from."""
FIGURE = "figure"
"""Store of what a reader opened: a figure, or the code to embed a theme; filled by assets/barometer.js."""
FAILURE = "failure"
"""Where assets/asking.js says that something could not be fetched."""
SCRIPT_WORDS = "script-words"
"""What scripts say: sentences of theirs as attributes."""
CARD = "card"
CARD_TITLE = "card-title"
CARD_BODY = "card-body"

CARD_OPENED = "card-opened"
"""Store of the search of the address that the open card has; read by assets/card.js."""
CARD_SEEN = "card-seen"
CARD_SECTION = "card-section"
"""Where the card of an address stands where no script runs."""


def popover(name: str) -> str:
    """Id of what opens from a button in the row of filters."""
    return f"{name}-filter"


def state(name: str) -> str:
    """Id of what such a button says of its filter."""
    return f"{name}-state"


def short_state(name: str) -> str:
    """Id of the same in fewer letters, for a narrow screen."""
    return f"{name}-short-state"


def search(name: str) -> str:
    """Id of the search among the choices of a filter."""
    return f"{name}-search"


def fold(theme: str) -> str:
    """What stands of a theme while it is folded."""
    return f"fold-{theme}"


def unit(theme: str) -> str:
    """Id of the line under a title that says what the percentages of a theme are."""
    return f"unit-{theme}"


def table(theme: str) -> str:
    """Id of the table that stands in place of the chart of a theme."""
    return f"figures-{theme}"


def over(theme: str) -> str:
    """Id of the key that stands over the chart of a theme."""
    return f"over-{theme}"


def under(theme: str) -> str:
    """Id of what stands under the chart of a theme."""
    return f"under-{theme}"


def chart(theme: str) -> dict[str, str]:
    """Id of the graph of a theme."""
    return {"type": "graph", "theme": theme}
