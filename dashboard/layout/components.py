"""What every part of the tree is made with: the type of a list of components, and attributes whose names are no names of Python.

The latter are unpacked into a component: ``html.Nav(..., **aria(label="Language"))``.
"""

from __future__ import annotations

import re
from typing import Any

from dash.development.base_component import Component

from dashboard.layout.elements import html

Children = list[Component]
_YEARS = re.compile(r"(\d+–\d+)")


def aria(**values: str) -> dict[str, Any]:
    """``aria-*`` attributes, such as ``label`` and ``labelledby``."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """``data-*`` attributes, which scripts and style sheets read; ``table_of`` gives ``data-table-of``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def unbroken(text: str) -> list[Component | str]:
    """A text of which no line ends within a period, "2013–2023": the style sheet sees to it, so that copies hold no odd signs."""
    return [
        html.Span(part, className="unbroken") if at % 2 else part
        for at, part in enumerate(_YEARS.split(text))
        if part
    ]
