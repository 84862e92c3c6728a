"""Options of the filters: each choice with the number of figures behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dash import dcc, html

from dashboard import charts
from dashboard.query import Prepared, View
from dashboard.selection import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    LATEST,
    Selection,
    Vocabulary,
    chart_names,
    chart_type,
    default,
    narrowed,
    parse,
    search,
)
from dashboard.wording import Words, choices

_LISTED = 60
"""Indicators listed at once; the search narrows further."""


@dataclass(frozen=True, slots=True)
class Controls:
    """Values and options of every filter, as the components take them."""

    values: dict[str, object]
    options: dict[str, list]
    shortcuts: dict[str, list]


def controls(view: View, prepared: Prepared, words: Words, needle: str) -> Controls:
    """The state of all filters for a view; ``needle`` is what is typed into the indicator search."""
    selection = view.selection
    vocabulary = prepared.vocabulary
    counts = view.counts
    mode = selection.editions[0] if selection.editions in (LATEST, ALL_EDITIONS) else "chosen"
    names = {
        "theme": {code: words.label("theme", code) for code in vocabulary.themes},
        "country": {code: words.label("country", code) for code in vocabulary.countries},
        "sector": {code: words.label("sector", code) for code in vocabulary.sectors},
        "level": {code: words.label("level", code) for code in vocabulary.levels},
        "split": {
            "": choices.no_split(words),
            **{code: words.label("dimension", code) for code in vocabulary.dimensions},
        },
        "view": {chart.name: words.t(chart.label) for chart in charts.every()},
    }
    options = {name: _options(labels, counts[name], words) for name, labels in names.items()}
    options["by"] = _plain({code: choices.arrangements(words)[code] for code in ARRANGEMENTS})
    options["edition-mode"] = _edition_modes(words, counts["edition"], selection)
    options["edition"] = _editions(prepared, words, counts["edition"]) if mode == "chosen" else []
    options["inferred"] = _options({"show": choices.inferred(words)}, counts["inferred"], words)
    options["interval"] = _plain({"show": words.t("Show 95% intervals")})
    options["only"] = _plain({"comparable": words.t("Only figures that may be compared")})
    options["concept"] = concepts(view, prepared, words, needle)
    values = {
        "theme": list(selection.themes),
        "country": list(selection.countries),
        "sector": list(selection.sectors),
        "level": list(selection.levels),
        "split": selection.split,
        "view": selection.chart,
        "by": selection.by,
        "edition-mode": mode,
        "edition": list(selection.editions) if mode == "chosen" else [],
        "inferred": ["show"] if selection.inferred else [],
        "interval": ["show"] if selection.intervals else [],
        "only": ["comparable"] if selection.comparable else [],
        "concept": list(selection.concepts),
    }
    return Controls(values, options, _shortcuts(selection, prepared, words))


def concepts(view: View, prepared: Prepared, words: Words, needle: str) -> list[dict]:
    """The options of the indicators: those chosen, and those that fit what is typed into the search."""
    return _concepts(view.selection, prepared, words, view.counts["concept"], needle)


def _options(labels: dict[str, str], counts: dict[str, int], words: Words) -> list[dict]:
    return [
        {"value": code, "label": _label(name, counts.get(code, 0), words)}
        for code, name in labels.items()
    ]


def _label(name: str, count: int, words: Words) -> html.Span:
    if count:
        return html.Span(
            [html.Span(name), html.Span(words.number(count), className="count")], className="choice"
        )
    return html.Span(
        [html.Span(name), html.Span(words.t("none"), className="count")], className="choice without"
    )


def _plain(labels: dict[str, str]) -> list[dict]:
    return [{"value": code, "label": name} for code, name in labels.items()]


def _edition_modes(words: Words, counts: dict[str, int], selection: Selection) -> list[dict]:
    labels = choices.edition_modes(words)
    if chart_type(selection.chart).joins_editions:
        del labels["latest"]
    chosen = {"value": "chosen", "label": labels.pop("chosen")}
    return [*_options(labels, counts, words), chosen]


def _editions(prepared: Prepared, words: Words, counts: dict[str, int]) -> list[dict]:
    surveys = prepared.dataset.surveys
    return _options(
        {code: choices.edition(words, surveys[code]) for code in prepared.vocabulary.surveys},
        counts,
        words,
    )


def _concepts(
    selection: Selection, prepared: Prepared, words: Words, counts: dict[str, int], needle: str
) -> list[dict]:
    """Chosen indicators first, then those of the chosen themes; with a search those of every theme that fit it."""
    concepts = words.dataset.concepts
    sought = needle.casefold().split()

    def fits(code: str) -> bool:
        concept = concepts[code]
        if not sought:
            return concept.theme in selection.themes and counts[code] > 0
        text = (
            f"{concept.label} {concept.definition} {words.label('theme', concept.theme)}".casefold()
        )
        return all(word in text for word in sought)

    listed = [
        code
        for code in prepared.vocabulary.concepts
        if code not in selection.concepts and fits(code)
    ]
    listed.sort(key=lambda code: counts[code] == 0)
    chosen = [code for code in selection.concepts if code in concepts]
    shown = [*chosen, *listed[: max(0, _LISTED - len(chosen))]]
    several = len({concepts[code].theme for code in shown}) > 1

    def name(code: str) -> str:
        concept = concepts[code]
        return (
            f"{concept.label} ({words.short('theme', concept.theme)})" if several else concept.label
        )

    return _options({code: name(code) for code in shown}, counts, words)


def _shortcuts(selection: Selection, prepared: Prepared, words: Words) -> dict[str, list]:
    """Links that choose everything or nothing in a filter."""
    vocabulary = prepared.vocabulary
    usual = default(vocabulary)
    t = words.t

    def links(legend: str, field: str, everything: tuple[str, ...]) -> list:
        return _links(
            (_of(t("all"), legend), search(replace(selection, **{field: everything}), vocabulary)),
            (_of(t("none"), legend), search(replace(selection, **{field: ()}), vocabulary)),
        )

    clear = replace(selection, concepts=())
    return {
        "country": links(t("Countries"), "countries", usual.countries),
        "sector": links(t("Sectors"), "sectors", usual.sectors),
        "theme": links(t("Themes"), "themes", vocabulary.themes),
        "concept": _links((t("show all indicators"), search(clear, vocabulary)))
        if selection.concepts
        else [],
    }


def _of(text: str, legend: str) -> list:
    """The text of a link that stands in several filters, with the name of its own for who hears the links one by one."""
    return [text, html.Span(f": {legend}", className="visually-hidden")]


def _links(*pairs: tuple[str | list, str]) -> list:
    return [dcc.Link(text, href=f"/{address}") for text, address in pairs]


def chosen(
    values: dict[str, object], before: Selection, prepared: Prepared, changed: str
) -> Selection:
    """The selection that the filters' values stand for; ``changed`` is the filter the reader has just touched."""
    mode = values["edition-mode"]
    editions: tuple[str, ...] = (mode,)
    if mode == "chosen":
        editions = tuple(values["edition"] or ())
        if changed == "edition-mode":
            editions = (
                before.editions
                if before.editions not in (LATEST, ALL_EDITIONS)
                else _shown_editions(before, prepared)
            )
    chart = values["view"] if values["view"] in chart_names() else before.chart
    joined, joins = (chart_type(name).joins_editions for name in (before.chart, chart))
    if changed == "view" and joined and not joins and editions == ALL_EDITIONS:
        editions = LATEST
    concepts = tuple(values["concept"] or ())
    themes = tuple(values["theme"] or ())
    if changed == "concept":
        known = prepared.vocabulary.theme_of
        added = [
            known[concept]
            for concept in concepts
            if concept in known and concept not in before.concepts
        ]
        themes = (*themes, *added)
    return replace(
        before,
        themes=themes,
        countries=tuple(values["country"] or ()),
        sectors=tuple(values["sector"] or ()),
        concepts=concepts,
        editions=editions,
        levels=tuple(values["level"] or ()),
        split=values["split"] or "",
        inferred=bool(values["inferred"]),
        intervals=bool(values["interval"]),
        comparable=bool(values["only"]),
        chart=chart,
        by=values["by"] if values["by"] in ARRANGEMENTS else before.by,
    )


def _shown_editions(before: Selection, prepared: Prepared) -> tuple[str, ...]:
    """Editions of the chosen countries: what a reader who starts to choose is shown ticked."""
    surveys = prepared.dataset.surveys
    return tuple(
        code
        for code in prepared.vocabulary.surveys
        if surveys[code].kind == "national" and surveys[code].country in before.countries
    )


def ready_views(
    vocabulary: Vocabulary, words: Words, dressed: Selection
) -> tuple[tuple[str, str, str], ...]:
    """(search, title, explanation) of each ready view, in the language and look of ``dressed``."""
    views = ((view, parse(view.query, vocabulary).selection) for view in words.dataset.views)
    return tuple(
        (
            search(replace(shown, language=dressed.language, look=dressed.look), vocabulary),
            view.title,
            view.text,
        )
        for view, shown in views
    )


def active(selection: Selection, vocabulary: Vocabulary, words: Words) -> str:
    """How many filters are set; blank for none."""
    count = len(narrowed(selection, vocabulary))
    return words.counted("{count} active", "{count} active", count) if count else ""


def switches(selection: Selection, vocabulary: Vocabulary, words: Words) -> list:
    """Links to the same view in every language and look; each loads the page anew, which brings all its texts."""

    def link(name: str, current: bool, more: dict[str, str], **changes: str) -> html.Li:
        chosen = {"aria-current": "true"} if current else {}
        return html.Li(
            html.A(
                name, href=f"/{search(replace(selection, **changes), vocabulary)}", **more, **chosen
            )
        )

    languages = [
        link(name, code == words.language, {"lang": code, "hrefLang": code}, language=code)
        for code, name in choices.languages().items()
    ]
    looks = [
        link(name, code == selection.look, {}, look=code)
        for code, name in choices.looks(words).items()
    ]
    return [
        html.Nav(html.Ul(languages), **{"aria-label": words.t("Language")}),
        html.Nav(html.Ul(looks), **{"aria-label": words.t("Colours")}),
    ]
