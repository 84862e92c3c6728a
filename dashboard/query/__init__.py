"""Dataset x Selection -> View: panels, rows, values and the reasons for blanks, finished before anything is drawn."""

from dashboard.query.evidence import Difference, Evidence, Interval
from dashboard.query.facets import Prepared, prepare
from dashboard.query.types import (
    PRIMARY,
    UNSURE,
    Absence,
    Blank,
    Cell,
    Emptied,
    Facts,
    Group,
    Item,
    Join,
    Key,
    Panel,
    Place,
    Row,
    Section,
    Value,
    View,
)
from dashboard.query.view import view

__all__ = [
    "PRIMARY",
    "UNSURE",
    "Absence",
    "Blank",
    "Cell",
    "Difference",
    "Emptied",
    "Evidence",
    "Facts",
    "Group",
    "Interval",
    "Item",
    "Join",
    "Key",
    "Panel",
    "Place",
    "Prepared",
    "Row",
    "Section",
    "Value",
    "View",
    "prepare",
    "view",
]
