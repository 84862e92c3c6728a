"""View -> XLSX: figures, notes, sources and definitions, each on a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.palette import LIGHT
from dashboard.formats import records, remarks
from dashboard.formats.deterministic_zip import release_date
from dashboard.formats.records import COLUMNS, FORMULA, headings
from dashboard.query import View
from dashboard.text import Localizer, pictures, texts

PERCENT = ("value", "interval_low", "interval_high")
"""Columns that hold percent from 0 to 100; their headings say so."""
_COUNTS = ("n", "interval_n")
_WIDTHS = {
    "concept": 26,
    "indicator": 38,
    "reference_period": 18,
    "segment": 18,
    "base": 24,
    "source": 50,
    "url": 40,
    "locator": 28,
    "note": 60,
    "value": 10,
    "n": 9,
    "country": 9,
    "blank": 7,
}
_USUAL_WIDTH = 14
_LONGEST_LINK = 2079
"""Characters; Excel drops longer links."""
_A4 = 9
"""Excel's number of the paper."""
_NUMBERS = {"whole": "0", "tenths": "0.0", "count": "#,##0"}


class _Styles:
    """The few formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        ground = {"font_name": "Arial", "font_size": 10, "valign": "top", "font_color": LIGHT.ink}
        self.text = book.add_format(ground)
        self.wrapped = book.add_format({**ground, "text_wrap": True})
        self.quoted = book.add_format({**ground, "text_wrap": True, "quote_prefix": True})
        self.head = book.add_format(
            {**ground, "bold": True, "text_wrap": True, "bg_color": LIGHT.grid, "bottom": 1}
        )
        self.link = book.add_format({**ground, "font_color": "#0b57a4", "underline": 1})
        self.numbers = {
            name: book.add_format({**ground, "num_format": code}) for name, code in _NUMBERS.items()
        }


def workbook(view: View, loc: Localizer, address: str) -> bytes:
    """All figures and blanks of a view with what explains them, as XLSX; the same view gives the same bytes.

    ``address`` is the full address of the view. Percent are numbers from 0 to 100, a blank is an empty cell with its code
    beside it, and no cell can be or become a formula.
    """
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": remarks.title(loc, view),
            "subject": pictures.selection_line(loc, view.selection),
            "author": loc.t(texts.PRODUCT),
            "keywords": loc.t("data release {release}").format(release=view.release),
            "comments": address,
            "created": release_date(loc.dataset),
        }
    )
    styles = _Styles(book)
    t = loc.t
    _figures(book.add_worksheet(t("figures")), styles, view, loc)
    notes = [(each.theme, each.kind, each.text) for each in remarks.remarks(loc, view, address)]
    _sheet(
        book.add_worksheet(t("notes")),
        styles,
        (t("theme"), t("kind"), t("note")),
        (28, 18, 120),
        notes,
    )
    heads = (
        t("source_id"),
        t("publisher"),
        t("title"),
        t("published"),
        t("language"),
        t("address"),
        t("reference"),
    )
    sources = [
        (
            each.source_id,
            each.publisher,
            each.title,
            each.published,
            each.language,
            each.url,
            remarks.reference(loc, each),
        )
        for each in records.sources(view, loc)
    ]
    _sheet(book.add_worksheet(t("sources")), styles, heads, (22, 30, 60, 12, 10, 50, 90), sources)
    terms = (t("column"), t("code"), t("label"), t("meaning"))
    meanings = [
        (each.column, each.code, each.label, each.description)
        for each in remarks.definitions(loc, view)
    ]
    _sheet(book.add_worksheet(t("definitions")), styles, terms, (20, 32, 50, 100), meanings)
    book.close()
    return out.getvalue()


def _figures(sheet: Worksheet, styles: _Styles, view: View, loc: Localizer) -> None:
    """One line a figure or blank; columns as in the CSV."""
    names = headings(loc)
    _head(
        sheet,
        styles.head,
        [f"{names[name]} (%)" if name in PERCENT else names[name] for name in COLUMNS],
    )
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS.get(name, _USUAL_WIDTH), styles.text)
    line = 0
    for line, record in enumerate(records.view_records(view, loc), start=1):
        for at, name in enumerate(COLUMNS):
            _put(sheet, styles, line, at, record.columns[name], counted=name in _COUNTS)
    sheet.autofilter(0, 0, max(line, 1), len(COLUMNS) - 1)


def _sheet(
    sheet: Worksheet,
    styles: _Styles,
    heads: Sequence[str],
    widths: Sequence[int],
    lines: Iterable[Sequence[str]],
) -> None:
    _head(sheet, styles.head, heads)
    for at, wide in enumerate(widths):
        sheet.set_column(at, at, wide, styles.wrapped)
    last = 1
    for last, line in enumerate(lines, start=1):
        for at, text in enumerate(line):
            _put(sheet, styles, last, at, text or None)
    sheet.autofilter(0, 0, last, len(heads) - 1)


def _head(sheet: Worksheet, style: Style, names: Iterable[str]) -> None:
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, style)
    sheet.freeze_panes(1, 0)
    _set_up_print(sheet)


def _set_up_print(sheet: Worksheet) -> None:
    """A4 on its side, one page wide, the headings on each, and its name and number below."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def _put(
    sheet: Worksheet, styles: _Styles, line: int, at: int, held: object, counted: bool = False
) -> None:
    """One cell by its own kind, never by a guess of the library: nothing starts as a formula, and texts that look like one are quoted."""
    if held is None:
        return
    if isinstance(held, int | float):
        whole = held == int(held)
        sheet.write_number(
            line, at, held, styles.numbers["count" if counted else "whole" if whole else "tenths"]
        )
        return
    text = str(held)
    if _is_web(text) and len(text) <= _LONGEST_LINK and not any(mark.isspace() for mark in text):
        sheet.write_url(line, at, text, styles.link, string=text)
        return
    sheet.write_string(
        line, at, text, styles.quoted if text.startswith(FORMULA) else styles.wrapped
    )


def _is_web(address: str) -> bool:
    """Whether an address may become a link: http and https only."""
    return address.startswith(("https://", "http://"))
