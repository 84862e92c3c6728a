"""What a search answers: results with their addresses, as a list for scripts and as a page of text for where none runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qsl, urlencode

from dashboard.content import country
from dashboard.content.rendering import render
from dashboard.content.urls import PageUrls
from dashboard.context import RequestContext
from dashboard.query.destinations import Destination, Thing, destinations, narrowed
from dashboard.query.filtering import figure_count
from dashboard.query.shared import of_several
from dashboard.releases import ReleaseStore
from dashboard.selection import Selection, default, page_search
from dashboard.text import Localizer, search
from dashboard.text.matching import Parts

PATH = "/search"
LISTED = 8
"""Results in the list that opens while a reader types."""
_SUGGESTED = 3
_COMPARED = (2, 3)
"""Countries that a query may name to be compared."""


@dataclass(frozen=True, slots=True)
class Result:
    """Something found, in words, and where it leads."""

    label: str
    parts: Parts
    """The label with what fits the query marked."""
    also: Parts
    """What else it is called, where only that fits; blank where the label does."""
    kind: str
    """What sort of thing it is: "Indicator · Drivers"."""
    figures: str
    """How many figures are shown there, or the only one."""
    href: str
    is_view: bool
    """Whether it is a view of the page, which a script can open in place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found for a query, or what is suggested instead."""

    query: str
    said: str
    """How many results there are, or that there is none; blank for a blank query."""
    results: tuple[Result, ...]
    suggestions: tuple[Result, ...]
    """Themes, where nothing is found."""


class Search:
    """The search of a site; where each release leads is worked out once."""

    def __init__(self, store: ReleaseStore) -> None:
        releases = {"": store.newest, **store.earlier}
        self._releases = releases
        self._destinations = cache(lambda release: destinations(releases[release].index))
        self._narrowed = cache(
            lambda release, thing, countries: narrowed(
                releases[release].index, thing, self._destinations(release)[thing], countries
            )
        )
        self._shared = cache(lambda release: country.comparable(releases[release]))

    def answer(self, context: RequestContext, query: str) -> Answer:
        """The answer to what a reader of ``context`` has typed."""
        query, loc = search.read(query), context.loc
        release = _release(context)
        known = self._destinations(release)
        named, asked = search.countries(loc, query)
        comparison = self._comparison(context, release, named)
        found = self._of_countries(loc, release, named, asked) or {
            thing: known[thing] for thing in search.find(loc, query) if thing in known
        }
        if found or comparison:
            count = len(found) + len(comparison)
            said = loc.count_of("{count} result", "{count} results", count)
        else:
            said = loc.t("Nothing found for “{query}”.").format(query=query) if query else ""
        themes = [thing for thing in known if thing.list == "theme"][:_SUGGESTED]
        suggested = {} if found or comparison else {thing: known[thing] for thing in themes}
        results, suggestions = (
            tuple(_result(context, query, thing, opened) for thing, opened in things.items())
            for things in (found, suggested)
        )
        return Answer(query, said, comparison + results, suggestions)

    def _of_countries(
        self, loc: Localizer, release: str, named: tuple[str, ...], asked: str
    ) -> dict[Thing, Destination]:
        """What is asked of the countries that a query names, each with the view of these alone; nothing where it names none."""
        if not named or not asked:
            return {}
        known, countries = self._destinations(release), tuple(sorted(named))
        views = {
            thing: self._narrowed(release, thing, countries)
            for thing in search.find(loc, asked)
            if thing in known
        }
        return {thing: opened for thing, opened in views.items() if opened}

    def _comparison(
        self, context: RequestContext, release: str, named: tuple[str, ...]
    ) -> tuple[Result, ...]:
        """What compares the two or three countries that a query names; nothing where they share nothing."""
        loc, index = context.loc, self._releases[release].index
        if len(named) not in _COMPARED:
            return ()
        indicators = of_several(self._shared(release), named)
        if not indicators:
            return ()
        selection = country.compared(index.vocabulary, named, indicators)
        names = loc.join(loc.label("country", code) for code in named)
        label = loc.t("Compare {countries}").format(countries=names)
        return (
            Result(
                label,
                ((label, False),),
                (),
                loc.join(loc.short("theme", theme) for theme in selection.themes),
                _counted(loc, figure_count(index, selection)),
                f"/{page_search(_read_as(selection, context.selection), context.vocabulary)}",
                is_view=True,
            ),
        )


def _release(context: RequestContext) -> str:
    """The earlier release that a reader looks at; blank for the newest."""
    release = context.selection.release
    return release if release in context.releases.earlier else ""


def listed(answer: Answer, context: RequestContext) -> dict[str, object]:
    """An answer as the list takes it that opens while a reader types."""
    t = context.loc.t
    more = None
    if len(answer.results) > LISTED:
        query = urlencode(
            [("q", answer.query), *parse_qsl(context.display_query.removeprefix("?"))]
        )
        more = {"label": t("All results"), "href": f"{PATH}?{query}"}
    elif answer.suggestions:
        href = f"/sources{context.display_query}#definitions"
        more = {"label": t("All indicators"), "href": href}
    return {
        "said": answer.said,
        "suggested": t("Try one of these:") if answer.suggestions else "",
        "results": [_as_json(each) for each in (*answer.results[:LISTED], *answer.suggestions)],
        "more": more,
    }


def _as_json(result: Result) -> dict[str, object]:
    return {
        "label": result.label,
        "parts": result.parts,
        "also": result.also,
        "note": f"{result.kind} · {result.figures}",
        "href": result.href,
        "view": result.is_view,
    }


def page(loc: Localizer, links: PageUrls, answer: Answer) -> str:
    """The page of all results, with the form."""
    return render("search.html", loc, links, answer=answer)


def box(loc: Localizer, display_query: str) -> str:
    """The search of the top bar as HTML; ``display_query`` keeps the language and colour scheme of the address."""
    return render(
        "search_box.html",
        loc,
        PageUrls(()),
        query=display_query,
        hidden=parse_qsl(display_query.removeprefix("?")),
    )


def _result(context: RequestContext, query: str, thing: Thing, opened: Destination) -> Result:
    loc = context.loc
    # The page of a country shows the newest figures.
    has_page = thing.list == "country" and not context.selection.release
    address = page_search(_read_as(opened.selection, context.selection), context.vocabulary)
    parts, also = search.marked(loc, query, thing)
    kind = search.kind(loc, thing)
    countries = opened.selection.countries
    narrow = len(countries) < len(default(context.vocabulary).countries)
    if narrow and not opened.alone and thing.list in ("theme", "sector", "concept"):
        kind = f"{kind} · {loc.join(loc.label('country', code) for code in countries)}"
    return Result(
        search.label(loc, thing),
        parts,
        also,
        kind,
        _figures(loc, opened),
        f"{country.path(thing.code)}{context.display_query}" if has_page else f"/{address}",
        is_view=not has_page,
    )


def _figures(loc: Localizer, opened: Destination) -> str:
    """How many figures a view shows; the figure itself where it is the only one: "Denmark 39%"."""
    row = opened.alone
    if row is None:
        return _counted(loc, opened.figures)
    return f"{loc.label('country', row.country)} {loc.figure(row.value, row.qualifier)}"


def _counted(loc: Localizer, count: int) -> str:
    return loc.count_of("{count} figure", "{count} figures", count)


def _read_as(selection: Selection, reader: Selection) -> Selection:
    """A selection in the language, colour scheme and release of another."""
    return replace(
        selection,
        language=reader.language,
        colour_scheme=reader.colour_scheme,
        release=reader.release,
    )
