"""What Babel knows of a language, without what no page writes: half of its megabyte a language."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale, localedata
from babel.core import get_global

_ROOT = "root"
UNUSED = (
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "currency_unit_patterns",
    "date_fields",
    "interval_formats",
    "meta_zones",
    "time_zones",
    "unit_display_names",
    "unit_patterns",
    "zone_formats",
)
"""Money, units, time zones and stretches of time: keys of Babel's data that are not kept."""


def locale(tag: str) -> Locale:
    """The locale of a tag such as ``da`` or ``en_GB``; babel.UnknownLocaleError where there is none."""
    found = Locale.parse(tag)
    for name in _lineage(str(found)):
        data = localedata.load(name)
        for key in UNUSED:
            data.pop(key, None)
    return found


def _lineage(name: str) -> Iterator[str]:
    """A locale and those that it inherits from, whose data Babel keeps as well."""
    exceptions = get_global("parent_exceptions")
    while name:
        yield name
        parent = exceptions.get(name) or name.rpartition("_")[0] or _ROOT
        name = parent if name != _ROOT else ""
