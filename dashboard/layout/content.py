"""What a View looks like on the page: messages, sections, tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlsplit

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard import charts
from dashboard.charts.drawing import Drawing
from dashboard.dataset import Change
from dashboard.formats import registry
from dashboard.formats.format import Format
from dashboard.layout import ids
from dashboard.query import Section, View
from dashboard.render import plotly
from dashboard.selection import (
    Ignored,
    Selection,
    Vocabulary,
    display_query,
    normal,
    one_theme,
    search,
)
from dashboard.tables import Line, section_table
from dashboard.text import Localizer, differences, missing, texts, verdicts
from dashboard.text.summary import summary

_CORRECTIONS = 5
"""Corrections that a view names; the page of changes has them all."""


def messages(ignored: tuple[Ignored, ...], loc: Localizer) -> list:
    """What of the address was not used, and why."""
    if not ignored:
        return []
    listed = [html.Li(texts.ignored(loc, part)) for part in ignored[:10]]
    if len(ignored) > 10:
        listed.append(
            html.Li(loc.t("and {count} more.").format(count=loc.number(len(ignored) - 10)))
        )
    return [
        dbc.Alert(
            [html.P(loc.t("Not everything in the address could be used.")), html.Ul(listed)],
            color="warning",
        )
    ]


def pinned(
    release: str,
    newest: str,
    changed: int,
    corrections: Sequence[Change],
    live: str,
    display_query: str,
    loc: Localizer,
) -> list:
    """That a view shows an earlier release, what of it has been corrected since, and the way to the newest.

    ``live`` is the address of the same view in the newest release, ``display_query`` the search that keeps language and colour scheme.
    """
    t = loc.t
    said = t("This address shows data release {release}. The newest is {newest}.").format(
        release=release, newest=newest
    )
    told = loc.count_of(
        "{count} figure of this view differs in the newest.",
        "{count} figures of this view differ in the newest.",
        changed,
    )
    compared = told if changed else t("No figure of this view differs in the newest.")
    reasons = [html.Li(loc.corrected(change)) for change in corrections[:_CORRECTIONS]]
    links = [
        dcc.Link(t("Show the newest"), href=live),
        " · ",
        html.A(t("All changes"), href=f"/changes{display_query}"),
    ]
    return [
        dbc.Alert(
            [
                html.P([said, " ", compared]),
                *([html.Ul(reasons)] if reasons else []),
                html.P(links),
            ],
            color="info",
        )
    ]


def status(view: View, loc: Localizer) -> str:
    """One line that says what the page holds now; read aloud after every change that alters it."""
    t = loc.t
    values = [value for section in view.sections for value in section.values]
    if not values:
        return t("No figure fits this selection")
    figures_shown = loc.count_of("{count} figure", "{count} figures", len(values))
    countries = loc.count_of(
        "{count} country", "{count} countries", len({value.respondents.country for value in values})
    )
    if len(view.sections) == 1:
        theme = loc.short("theme", view.sections[0].theme)
        return t("{theme}: {countries}, {figures}").format(
            theme=theme, countries=countries, figures=figures_shown
        )
    themes = loc.count_of("{count} theme", "{count} themes", len(view.sections))
    return t("{themes}, {countries}, {figures}").format(
        themes=themes, countries=countries, figures=figures_shown
    )


FigureOf = Callable[[Drawing], object]
"""What a graph of the tree holds of a drawing."""


def content(
    view: View,
    vocabulary: Vocabulary,
    loc: Localizer,
    width: float,
    figure_of: FigureOf = plotly.figure,
) -> list:
    """All sections of a view with charts ``width`` pixels wide; where it is empty, the ways out."""
    if not view.sections:
        return [_empty(view, vocabulary, loc)]
    return [
        _tools(view, vocabulary, loc),
        *(_section(view, section, vocabulary, loc, width, figure_of) for section in view.sections),
    ]


def _tools(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Div:
    """Everything shown, taken away at once."""
    t = loc.t
    query = search(view.selection, vocabulary)
    files = [_file_button(kind, t(kind.label), query) for kind in registry.toolbar()]
    link = {"data-address": f"/{query}", "data-copied": t("Link copied")}
    copy = html.Button(
        t("Copy link to this view"),
        type="button",
        className="btn btn-sm btn-primary copy-link",
        **link,
    )
    return html.Div([html.Span(t("Take the whole view away:")), copy, *files], className="tools")


def _file_button(kind: Format, label: str, query: str) -> html.A | html.Button:
    """Takes a file: straight away, or with its progress told where it takes long."""
    colour_scheme = "btn btn-sm btn-outline-primary"
    if kind.streamed:
        asked = {"data-bundle": f"{kind.streamed.path}{query}"}
        return html.Button(label, type="button", className=colour_scheme, **asked)
    return html.A(label, href=f"{kind.path}{query}", className=colour_scheme)


def _empty(view: View, vocabulary: Vocabulary, loc: Localizer) -> html.Section:
    t = loc.t
    drawn = missing.drawn(loc, view.selection, view.selection.themes)
    ways = [
        (*missing.relaxations(loc, found), f"/{search(found.selection, vocabulary)}")
        for found in view.relaxations
    ]
    return html.Section(
        [
            html.H2(t("No figure fits this selection")),
            *([html.P(drawn)] if drawn else []),
            *[
                html.P(
                    [
                        sentence,
                        " ",
                        dcc.Link(button, href=href, className="btn btn-outline-primary btn-sm"),
                    ]
                )
                for sentence, button, href in ways
            ],
            html.P(
                [
                    t("Or start again: "),
                    dcc.Link(
                        t("Reset all filters"),
                        href=f"/{display_query(view.selection, vocabulary)}",
                        className="btn btn-outline-secondary btn-sm",
                    ),
                ]
            ),
        ],
        className="empty",
    )


def _section(
    view: View,
    section: Section,
    vocabulary: Vocabulary,
    loc: Localizer,
    width: float,
    figure_of: FigureOf,
) -> html.Section:
    heading, said = f"heading-{section.theme}", f"summary-{section.theme}"
    is_table = charts.chart(view.selection.chart).is_table
    main = (
        [table(section, loc)]
        if is_table
        else [
            dcc.Graph(
                id=ids.chart(section.theme),
                figure=figure_of(charts.drawing(view, section, loc, width)),
                config=plotly.CONFIG,
                className="chart",
            ),
            _values(section, loc),
        ]
    )
    under = explained(view, section, loc)
    ways = [*_ways(view, section, vocabulary, loc), _own_link(view, section, vocabulary, loc)]
    return html.Section(
        [
            html.H2(texts.theme_title(loc, section), id=heading),
            html.P(" ".join(summary(loc, view, section)), className="summary", id=said),
            html.Figure(
                [*main, *_more(view, section, vocabulary, loc), html.Figcaption([*under, *ways])],
                **{"aria-describedby": said},
            ),
            _buttons(view, section, vocabulary, loc),
            *([] if is_table else [_table_toggle(section, loc)]),
            _differences(section, loc),
            _notes(section, loc),
        ],
        className="theme",
        id=section.theme,
        **{"aria-labelledby": heading},
    )


def explained(view: View, section: Section, loc: Localizer) -> list[html.P]:
    """What must be said under a chart: how to read it, bases, answers, what is missing, sources."""
    chart = charts.chart(view.selection.chart)
    lines = (
        texts.bases_differ(loc, section),
        chart.reading(loc, section, view.selection, view.thresholds),
        f"{texts.bases(loc, section)} {texts.numbers_of_answers(loc, section)}".strip(),
        verdicts.weighting(loc, section),
        chart.note_on_surveys(loc, section),
        verdicts.apart(loc, section),
        missing.counted(loc, section),
        missing.missing_countries(loc, section),
        missing.drawn(loc, view.selection, (section.theme,)),
        missing.single_editions(loc, section) if section.panels else "",
        texts.source_line(loc, section),
    )
    return [html.P(line, className="fine") for line in lines if line]


def _ways(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> list[html.P]:
    """Ways to figures that cannot stand here: those published by groups only, and those published together."""
    t = loc.t
    own = replace(one_theme(view.selection, section.theme), expanded=())
    ways = [
        (name, replace(own, split=dimension))
        for dimension, name in missing.split_ways(section, loc)
    ]
    offered = []
    if section.together:
        rows = section.together
        wanted = replace(
            own,
            countries=vocabulary.countries,
            sectors=vocabulary.sectors,
            levels=vocabulary.levels,
            indicators=(rows[0].indicator,),
            editions=tuple(dict.fromkeys(row.survey_id for row in rows)),
            chart="bars",
            by="indicator",
        )
        offered = [
            html.P(
                [
                    texts.together(loc, rows),
                    ". ",
                    _way(t("Show this comparison"), wanted, vocabulary),
                ],
                className="fine",
            )
        ]
    return [
        *offered,
        *(html.P(_way(name, wanted, vocabulary), className="fine") for name, wanted in ways),
    ]


def _way(name: str, wanted: Selection, vocabulary: Vocabulary) -> dcc.Link:
    return dcc.Link(name, href=f"/{search(normal(wanted, vocabulary), vocabulary)}")


def _values(section: Section, loc: Localizer) -> html.Div:
    """The place under a chart where assets/keyboard.js lists the same values for the keyboard and for screen readers."""
    return html.Div(
        className="values",
        **{
            "data-values": section.theme,
            "aria-label": loc.t("Values of this chart: arrow keys move, Enter opens the figure"),
            "data-touch": loc.t("Touch a mark to open its figure"),
        },
    )


def _own_link(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> html.P:
    """In a frame elsewhere: the way to the page itself."""
    own = search(one_theme(view.selection, section.theme), vocabulary)
    link = html.A(
        loc.t("Explore this on {product}").format(product=loc.t(texts.PRODUCT)),
        href=f"/{own}",
        target="_blank",
    )
    return html.P(link, className="fine framed-only")


def _more(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> list:
    selection = view.selection
    if section.indicators_total > section.indicators_shown:
        label = loc.t("Show all {count} indicators").format(
            count=loc.number(section.indicators_total)
        )
        wanted = replace(selection, expanded=(*selection.expanded, section.theme))
    elif section.theme in selection.expanded:
        label = loc.t("Show fewer indicators")
        wanted = replace(
            selection,
            expanded=tuple(theme for theme in selection.expanded if theme != section.theme),
        )
    else:
        return []
    href = f"/{search(wanted, vocabulary)}#{section.theme}"
    return [
        html.P(
            dcc.Link(label, href=href, className="btn btn-sm btn-outline-primary"), className="more"
        )
    ]


def _buttons(view: View, section: Section, vocabulary: Vocabulary, loc: Localizer) -> html.Div:
    t = loc.t
    own = one_theme(view.selection, section.theme)
    address = f"/{search(own, vocabulary)}"
    theme = texts.theme_title(loc, section)
    return html.Div(
        [
            _picture_button(section, "slide", t("Picture for a slide (PNG)"), "btn-primary"),
            _picture_button(
                section, "screen", t("Picture as on screen (PNG)"), "btn-outline-primary"
            ),
            html.Button(
                t("Copy link"),
                className="btn btn-sm btn-outline-primary copy-link",
                type="button",
                **{
                    "data-address": address,
                    "data-copied": t("Link copied"),
                    "aria-label": t("Copy link: {theme}").format(theme=theme),
                },
            ),
            html.Button(
                t("Embed and cite"),
                type="button",
                className="btn btn-sm btn-outline-primary",
                **{"data-embed": section.theme},
            ),
            *(
                html.A(
                    t(kind.theme_label),
                    href=f"{kind.path}{search(own, vocabulary)}",
                    className="btn btn-sm btn-outline-primary",
                )
                for kind in registry.every()
                if kind.theme_label
            ),
            dcc.Link(t("This theme alone"), href=address, className="btn btn-sm btn-link"),
        ],
        className="buttons",
    )


def _picture_button(section: Section, size: str, label: str, colour_scheme: str) -> html.Button:
    wanted = {"data-picture": section.theme, "data-size": size}
    return html.Button(label, type="button", className=f"btn btn-sm {colour_scheme}", **wanted)


def _differences(section: Section, loc: Localizer) -> html.Details | None:
    """Every tested or published difference in words, indicator by indicator."""
    if not section.differences:
        return None
    parts = []
    for indicator, members in groupby(section.differences, key=lambda found: found.first.indicator):
        sentences = [
            html.Li(differences.difference(loc, found), className="clear" if found.clear else "")
            for found in members
        ]
        parts += [html.H3(loc.dataset.indicators[indicator].label), html.Ul(sentences)]
    summary_text = loc.t("Differences in words ({count})").format(
        count=loc.number(len(section.differences))
    )
    return html.Details(
        [html.Summary(summary_text), html.P(differences.caveat(loc), className="fine"), *parts]
    )


def _notes(section: Section, loc: Localizer) -> html.Details:
    notes, publications = (
        loc.number(len(each)) for each in (texts.noted(loc, section), texts.sources(section, loc))
    )
    heading = loc.t("Notes ({notes}) and sources ({sources})").format(
        notes=notes, sources=publications
    )
    return html.Details([html.Summary(heading), *listed_notes(section, loc)])


def listed_notes(section: Section, loc: Localizer) -> list:
    """The notes on figures, which exist in English only, and the publications."""
    found = [
        html.Li([f"{about}: ", html.Span(note, lang="en")])
        for about, note in texts.noted(loc, section)
    ]
    heading = loc.t("Notes") if loc.language == "en" else loc.t("Notes (in English)")
    notes = [html.H3(heading), html.Ul(found)] if found else []
    publications = [html.Li(_source(source)) for source in texts.sources(section, loc)]
    return [*notes, html.H3(loc.t("Sources")), html.Ul(publications)]


def _source(source) -> list:
    text = f"{source.publisher}: {source.title}" + (
        f" ({source.published})" if source.published else ""
    )
    if not source.url:
        return [text]
    return [
        text,
        " ",
        html.A(urlsplit(source.url).hostname, href=source.url, rel="noopener noreferrer"),
    ]


def _table_toggle(section: Section, loc: Localizer) -> html.Div:
    """The table under a chart is made when it is asked for: it holds ten times as many elements as the chart."""
    button = html.Button(
        loc.t("Table of these figures"),
        id=ids.table_toggle(section.theme),
        type="button",
        className="toggle",
        **{"aria-expanded": "false"},
    )
    return html.Div([button, html.Div(id=ids.table(section.theme))])


def table(section: Section, loc: Localizer) -> html.Div:
    """The figures and blanks of a section as a table.

    One component whose rows assets/barometer.js builds from its data: as a component each, thousands of cells would
    keep a browser busy for many seconds.
    """
    made = section_table(section, loc)
    rows = [_cells(line) for line in made.lines]
    return html.Div(
        className="table-frame",
        tabIndex=0,
        role="region",
        **{
            "aria-label": made.caption,
            "data-table": json.dumps(
                {"caption": made.caption, "columns": made.columns, "rows": rows}, ensure_ascii=False
            ),
        },
    )


def _cells(line: Line) -> list:
    """A row as the script takes it: the figure's position (null for a blank), then the cells; the last is
    (source, address, place)."""
    return [
        line.position,
        line.indicator,
        line.respondents,
        line.group,
        line.answer,
        line.figure,
        line.interval,
        line.base,
        line.n,
        line.period,
        line.status,
        [line.source, line.source_url, line.locator],
    ]
