"""Names of files that a reader keeps: they say what is inside. Without their ending, and the same in every language."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.query import Section, View


def view_name(view: View) -> str:
    """Themes, countries and data release of a view."""
    return _name(view, view.sections)


def picture_name(view: View, section: Section, size: str) -> str:
    """Theme, countries, kind of chart, data release and size of the picture of a section; a slide needs no word."""
    chart, by = view.selection.chart, view.selection.by
    name = _name(view, (section,), chart if by == "country" else f"{chart}-by-{by}")
    return name if size == "slide" else f"{name}_{size}"


def _name(view: View, sections: Sequence[Section], shape: str = "") -> str:
    themes = "-".join(section.theme for section in sections) or "empty"
    shown = (respondents.country for section in sections for respondents in section.all_respondents)
    countries = "-".join(dict.fromkeys(shown)).lower()
    parts = ("innovation-barometer", themes, countries, shape, view.release)
    return "_".join(part for part in parts if part)
