"""The table of a theme."""

from __future__ import annotations

from itertools import groupby

from dash.development.base_component import Component

from dashboard.charts import chart_of, to_show
from dashboard.layout.components import Children, aria, data
from dashboard.layout.elements import html
from dashboard.layout.table_order import order
from dashboard.query import Section, View
from dashboard.tables import Blank, Cell, Column, Line, Note, Table, section_table
from dashboard.text import Localizer, missing, unlike

NUMBERS = frozenset(("figure", "n", "interval", "rate"))
"""Fields of a line whose column is aligned at the right."""


def table_frame(
    view: View, section: Section, loc: Localizer, *, unfolded: bool = False
) -> html.Div:
    """The figures of a section as a table; below it its key and notes, and its blanks in one line that unfolds.

    It can be read without scripts; assets/table.js makes its headings, or where it is narrow the control above it, sort and its
    figures open their cards. Roles are written out, since a narrow screen lays rows out as grids. ``unfolded``: on paper.
    """
    rates = chart_of(view.selection).joins_editions
    leading = to_show.leading(loc, view, section)
    made = section_table(section, loc, view.thresholds, rates=rates, leading=leading)
    above = [] if unfolded else [order(made, section.theme, loc)]
    legend = [html.P(made.legend, className="legend")] if made.legend else []
    return html.Div(
        [
            *above,
            *legend,
            html.Table(
                [
                    html.Caption(made.caption, className="visually-hidden"),
                    html.Thead(html.Tr(_headings(made), role="row"), role="rowgroup"),
                    html.Tbody(_rows(made, loc), role="rowgroup"),
                ],
                role="table",
            ),
            *_notes((*made.key, *made.notes)),
            *_blanks(section, made.blanks, loc, unfolded=unfolded),
        ],
        className="figures",
    )


def _headings(table: Table) -> Children:
    return [
        html.Th(column.heading, scope="col", role="columnheader", className=_class(column))
        for column in table.columns
    ]


def _rows(table: Table, loc: Localizer) -> Children:
    """The lines; the name of an indicator is seen once and spoken on each, and so is what its figures are percentages of."""
    rows: Children = []
    texts = {note.letter: note.text for note in table.notes}
    for before, line in zip((None, *table.lines), table.lines, strict=False):
        again = "again" if before and line.indicator == before.indicator else None
        name = html.Th(_name(line, loc), scope="row", role="rowheader", className=again)
        cells = [
            _of(line, column, again=line.says_base_of(before))
            if column.field == "of"
            else _cell(line, column, texts)
            for column in table.columns[1:]
        ]
        rows.append(html.Tr([name, *cells], role="row"))
    return rows


def _of(line: Line, column: Column, *, again: bool) -> html.Td:
    """What a percentage is a percentage of, ``again`` as in the line above."""
    look = f"{_class(column)} again" if again else _class(column)
    return html.Td(html.Span(line.of), role="cell", className=look, **data(name=column.heading))


def _name(line: Line, loc: Localizer) -> html.Span:
    """The indicator; its sign of figures that must not be compared is spoken in words."""
    if not line.signed:
        return html.Span(line.indicator)
    said = unlike.in_words(loc)
    sign = html.Span(unlike.SIGNED, className="unlike", title=said, **aria(hidden="true"))
    return html.Span([line.indicator, sign, html.Span(f" ({said})", className="visually-hidden")])


def _class(column: Column) -> str:
    # "figure" is a class of Bootstrap's.
    name = "percent" if column.field == "figure" else column.field
    return f"{name} number" if column.field in NUMBERS else name


def _cell(line: Line, column: Column, notes: dict[str, str]) -> html.Td:
    """A cell; on a narrow screen it names its column itself."""
    held = getattr(line, column.field)
    shared = {"role": "cell", "className": _class(column), **data(name=column.heading)}
    if column.field == "notes":
        letters: list[str | Component] = []
        for letter in held:
            letters += [", "] if letters else []
            letters.append(html.Abbr(letter, title=notes[letter]))
        return html.Td(letters, **shared)
    if not isinstance(held, Cell):
        return html.Td(held, **shared)
    key = {} if held.key is None else data(key=f"{held.key:g}")
    if held.name is not None:
        shared |= data(name=held.name)
    if held.absent:
        dash = html.Span("–", title=held.absent, **aria(hidden="true"))
        said = html.Span(held.absent, className="visually-hidden")
        return html.Td([dash, said], **{**shared, "className": f"{_class(column)} absent"})
    if column.field == "figure":
        text = html.Strong(held.text, **data(opens=str(line.position)))
        return html.Td(text, **shared, **key)
    return html.Td(held.text, **shared, **key)


def _notes(notes: tuple[Note, ...]) -> list[html.Ul]:
    return [html.Ul(list(map(_note, notes)), className="table-notes")] if notes else []


def _note(note: Note) -> html.Li:
    text = html.A(note.text, href=note.url, rel="noopener noreferrer") if note.url else note.text
    return html.Li([html.B(note.letter), " ", text] if note.letter else text)


def _blanks(
    section: Section, blanks: tuple[Blank, ...], loc: Localizer, *, unfolded: bool
) -> list[html.Details]:
    """How many figures are missing and why, in one line; indicator by indicator what is missing."""
    if not blanks:
        return []
    listed: Children = []
    for indicator, members in groupby(blanks, key=lambda blank: blank.indicator):
        of_reason: dict[str, list[str]] = {}
        for blank in members:
            of_reason.setdefault(blank.reason, []).append(
                f"{blank.respondents} ({blank.population})"
            )
        said = "; ".join(f"{reason}: {', '.join(names)}" for reason, names in of_reason.items())
        listed.append(html.Li([html.B(indicator), f" – {said}"]))
    summary = html.Summary(missing.tally(loc, section))
    return [html.Details([summary, html.Ul(listed)], open=unfolded, className="blanks")]
