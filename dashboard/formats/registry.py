"""Every file format, once. Routes, /api, buttons, JSON-LD, robots.txt and the archive are loops over ``FORMATS``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.formats.csv import FORMAT as CSV
from dashboard.formats.format import Format
from dashboard.formats.json import FORMAT as JSON
from dashboard.formats.pptx_format import FORMAT as PPTX
from dashboard.formats.xlsx_format import FORMAT as XLSX
from dashboard.formats.zip import FORMAT as ZIP


def registered(*formats: Format) -> Mapping[str, Format]:
    """Name -> format, in order; raises ValueError where two share a name or an address."""
    made: dict[str, Format] = {}
    for each in formats:
        if each.name in made or each.path in {other.path for other in made.values()}:
            raise ValueError(f"two file formats are named {each.name} or answer at {each.path}")
        made[each.name] = each
    return MappingProxyType(made)


FORMATS = registered(CSV, XLSX, JSON, PPTX, ZIP)


def every() -> tuple[Format, ...]:
    """All formats, in order."""
    return tuple(FORMATS.values())


def toolbar() -> tuple[Format, ...]:
    """Formats that take the whole view below the charts, from the left."""
    return tuple(sorted((each for each in every() if each.label), key=lambda each: each.in_toolbar))
