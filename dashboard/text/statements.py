"""What a section finds, in one sentence: "16% of innovations in Denmark and 23% in Iceland had a private company as partner"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dashboard.comparability import ALL, COMPILATION, GRADED, NO, verdict
from dashboard.dataset import PRIMARY
from dashboard.query import DONT_KNOW, Population, Section, Value, View
from dashboard.selection import chart_of
from dashboard.text import courses, letters, texts, unlike
from dashboard.text.localizer import Localizer
from dashboard.text.memo import by_identity

_COUNTRIES, _GROUPS, _ON_LINE = 2, 2, 3
"""Countries, groups of one country, and figures of a line of comparisons that a sentence names, at most."""
_TRIED = 12
"""Indicators of a section that may lead it, at most."""
_FEWEST = 30
"""Answers below which a figure leads no sentence."""
_BETWEEN = frozenset({DONT_KNOW, "some"})
"""Answers that lead no sentence: the lower of two steps would leave out those of the upper one."""
_KEPT = 64
"""Sections whose sentence is kept: laid out, and asked for by title, unit and foot, as one tries what fits."""
_PREDICATE, _PLACE = "predicate", "in_country"
"""Lists of codes: what a sentence says of those whom an indicator counts, and where they are."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, in fewer words where there is less room, and the figures that it names."""

    forms: tuple[str, ...]
    """The same from the longest to the shortest; nothing where the section says nothing plain."""
    values: tuple[Value, ...]
    about: tuple[Value, ...] = ()
    """Those and, of a course, the figures between the first and the last."""
    naming_all: tuple[str, ...] = ()
    """The forms that name all of its figures."""

    @property
    def text(self) -> str:
        """The longest form; blank where there is none."""
        return self.forms[0] if self.forms else ""

    @property
    def positions(self) -> frozenset[int]:
        """Positions of the figures that it is about."""
        return frozenset(value.observation.position for value in self.about)


_NOTHING = Statement((), ())


@by_identity(_KEPT)
def of_section(loc: Localizer, view: View, section: Section) -> Statement:
    """What a section finds: the course that it draws, else the figures of one indicator that may be compared with each other.

    The indicator is the first one drawn that has such figures of several countries, else the first one. No figure that is in
    doubt, rests on few answers or was published in a comparison alone is named.
    """
    drawn = chart_of(view.selection)
    if drawn.joins_editions:
        measures = dict.fromkeys(value.measure for value in section.values)
        return _stated(loc, section, courses.leading(section, islice(measures, _TRIED)))
    if drawn.compares:
        return _stated(loc, section, _line(section))
    return _leading(loc, view, section)


def of_newest(loc: Localizer, view: View, section: Section) -> Statement:
    """The same of the newest figures of each country alone, where a section draws no course that may be read along."""
    newest: dict[object, Value] = {}
    for value in sorted(section.values, key=lambda value: value.survey.period_end or 0):
        newest[value.respondents.country, value.measure, value.population] = value
    kept = {value.observation.position for value in newest.values()}
    return _leading(loc, view, section, kept)


def _leading(
    loc: Localizer, view: View, section: Section, kept: Collection[int] | None = None
) -> Statement:
    """What the first indicator of which figures of several countries may be compared says, else the first one; ``kept``: positions of
    the figures that it may name."""
    first: tuple[Value, ...] = ()
    for values in islice(_candidates(section, kept), _TRIED):
        lead = _led(loc, view, values)
        if _countries(lead) > 1:
            return _stated(loc, section, lead)
        first = first or lead
    return _stated(loc, section, first)


def holds(loc: Localizer, found: Statement, section: Section, title: str) -> str:
    """That the figures of several countries may be compared of which a ``title`` says what was ``found``, where some of the section
    may not or are shares of something else; blank elsewhere."""
    doubted = unlike.barred(section) or texts.bases_differ(loc, section)
    if _countries(found.values) < _COUNTRIES or not doubted:
        return ""
    named = map(_plain, found.naming_all)
    return (
        loc.t("The two of the title can be compared, with care.") if _plain(title) in named else ""
    )


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _candidates(section: Section, among: Collection[int] | None = None) -> Iterator[list[Value]]:
    """The figures of each indicator that may lead, in the order in which they are drawn; of some positions where these are given."""
    measures: dict[object, list[Value]] = {}
    for value in section.values:
        measures.setdefault(value.measure, []).append(value)
    for values in measures.values():
        held = (v for v in values if among is None or v.observation.position in among)
        kept = [value for value in held if _is_plain(value)]
        if kept:
            yield kept


def _is_plain(value: Value) -> bool:
    """Whether a figure may lead a sentence."""
    row = value.observation
    sure = row.status != "inferred" and (row.n is None or row.n >= _FEWEST)
    return sure and row.kind != COMPILATION and row.response not in _BETWEEN


def _line(section: Section) -> tuple[Value, ...]:
    """The first line of a comparison, where it has few enough figures, all plain."""
    first = section.rows[0].values if section.rows else ()
    told = len(first) <= _ON_LINE and all(map(_is_plain, first))
    return first if told and len({value.observation.response for value in first}) == 1 else ()


def _led(loc: Localizer, view: View, values: Sequence[Value]) -> tuple[Value, ...]:
    """Of one indicator the figures that a sentence names: a figure of each country, else some groups of the first one."""
    by_country: dict[str, list[Value]] = {}
    for value in _of_one_answer(values):
        by_country.setdefault(value.respondents.country, []).append(value)
    wholes = [whole for found in by_country.values() if (whole := _whole(found))]
    # A part leads where no country has a whole, wherever its row stands.
    wholes.sort(key=lambda whole: whole.population != Population(ALL))
    if wholes:
        return _comparable(loc, view, wholes)[:_COUNTRIES]
    parts = next(iter(by_country.values()))
    return _comparable(loc, view, parts, apart=False)[:_GROUPS]


def _of_one_answer(values: Sequence[Value]) -> list[Value]:
    """The figures of the answer that stands for its question; where a question has one of several answers, of the largest one."""
    primary = [value for value in values if value.observation.response in PRIMARY]
    if primary:
        return primary
    largest = max(values, key=lambda value: value.observation.value)
    response = largest.observation.response
    return [value for value in values if value.observation.response == response]


def _whole(values: Sequence[Value]) -> Value | None:
    """Of the figures of a country that of the newest edition for all sectors, else its only one."""
    wholes = [value for value in values if value.population == Population(ALL)]
    newest = max(wholes, key=lambda value: value.survey.period_end or 0, default=None)
    return newest or (values[0] if len(values) == 1 else None)


def _comparable(
    loc: Localizer, view: View, values: Sequence[Value], *, apart: bool = True
) -> tuple[Value, ...]:
    """The first figure and all that may be compared with it and with one another, shares of the same thing.

    ``apart``: figures of several countries, all of one group; else groups of one survey.
    """
    kept: list[Value] = []
    for value in values:
        if all(_alike(kept[0], value, apart=apart) for _ in kept[:1]) and all(
            verdict(loc.dataset, each.observation, value.observation, view.thresholds).kind != NO
            for each in kept
        ):
            kept.append(value)
    return tuple(kept)


def _alike(first: Value, other: Value, *, apart: bool) -> bool:
    one, two = first.observation, other.observation
    same = (one.base, one.response) == (two.base, two.response)
    if apart:
        return same and first.population == other.population
    return same and one.survey_id == two.survey_id


def _countries(values: Iterable[Value]) -> int:
    return len({value.respondents.country for value in values})


def _stated(loc: Localizer, section: Section, values: Sequence[Value]) -> Statement:
    """The forms of a sentence on figures, with periods where the section has several; of a course the shortest names the first and the
    last, else the first figure alone."""
    if not values:
        return _NOTHING
    if _is_course(values):
        told = courses.told(section, values)
        naming_all = tuple(_forms(loc, section, told))
        forms = (*naming_all, *_forms(loc, section, (told[0], told[-1])))
        return Statement(tuple(dict.fromkeys(forms)), told, tuple(values), naming_all)
    naming_all = tuple(_forms(loc, section, values))
    forms = (*naming_all, *_forms(loc, section, values[:1]))
    return Statement(tuple(dict.fromkeys(forms)), tuple(values), tuple(values), naming_all)


def _forms(loc: Localizer, section: Section, values: Sequence[Value]) -> list[str]:
    """A sentence with the periods of its figures; where they share one behind it, or without it where there is less room."""
    if len({loc.short_period(value.survey) for value in values}) > 1:
        return [_sentence(loc, values, dated=True)]
    plain = _sentence(loc, values, dated=False)
    if len({loc.short_period(value.survey) for value in section.values}) > 1:
        return [courses.dated(loc, plain, values[0].survey, tied=False), plain]
    return [plain]


def _is_course(values: Sequence[Value]) -> bool:
    """Whether figures are editions of one thing, which only their periods tell apart."""
    return len({(value.respondents.country, value.population) for value in values}) < len(values)


def _sentence(loc: Localizer, values: Sequence[Value], *, dated: bool) -> str:
    """Whose share the figures are, and what is said of them."""
    row = values[0].observation
    subject = _subject(loc, values, dated=dated)
    said = _predicate(loc, values[0])
    if not said:
        text = loc.t("“{what}” was reported for {share}").format(
            what=loc.measure(values[0].measure), share=subject
        )
    else:
        text = loc.t("{subject} {predicate}").format(subject=subject, predicate=said)
    if row.response in GRADED:
        text = loc.t("{sentence}, {answer}").format(
            sentence=text, answer=loc.lower("response", row.response)
        )
    return letters.begun(text)


def _predicate(loc: Localizer, value: Value) -> str:
    """What is said of those whom a figure counts: of its answer, of its base or of its indicator; blank where the data have none."""
    row, known = value.observation, loc.dataset.codes.get(_PREDICATE, {})
    plain = row.response in PRIMARY or row.response in GRADED
    names = [f"{row.indicator}-{row.base}", row.indicator] if plain else []
    found = (known.get(each) for each in names or [f"{row.indicator}+{row.response}"])
    return next((each.label for each in found if each), "")


def _subject(loc: Localizer, values: Sequence[Value], *, dated: bool) -> str:
    """ "16% of innovations in Denmark and 23% in Iceland", "61% (municipal) and 41% (state) of organisations in Sweden"."""
    groups, shared = _groups(loc, values)
    base = loc.short("base", values[0].observation.base)
    first = loc.t("{figure} of {base} {place}")
    if _countries(values) == 1:
        figures = (
            list(courses.dated_figures(loc, values))
            if dated and _is_course(values)
            else [
                _with_group(loc, _figure(loc, value, dated=dated), group)
                for value, group in zip(values, groups, strict=True)
            ]
        )
        text = first.format(figure=loc.join(figures), base=base, place=_place(loc, values[0]))
        return _with_group(loc, text, shared)
    named = []
    for at, (value, group) in enumerate(zip(values, groups, strict=True)):
        pattern = loc.t("{figure} {place}") if at else first
        figure = _figure(loc, value, dated=dated)
        text = pattern.format(figure=figure, base=base, place=_place(loc, value))
        named.append(_with_group(loc, text, group))
    return _with_group(loc, loc.join(named), shared)


def _groups(loc: Localizer, values: Sequence[Value]) -> tuple[list[str], str]:
    """(of each figure the sector and the group of a split that others are not about, what all are about); blank for everybody."""
    rows = [value.observation for value in values]
    sectors = ["" if row.sector == ALL else _lower(loc.short("sector", row.sector)) for row in rows]
    splits = [loc.segment(row) if row.dimension else "" for row in rows]
    common = [names[0] if len(set(names)) == 1 else "" for names in (sectors, splits)]
    own = [
        [name for name, same in zip(names, common, strict=True) if name and not same]
        for names in zip(sectors, splits, strict=True)
    ]
    return [", ".join(names) for names in own], ", ".join(filter(None, common))


def _with_group(loc: Localizer, text: str, group: str) -> str:
    return loc.t("{who} ({group})").format(who=text, group=group) if group else text


def _figure(loc: Localizer, value: Value, *, dated: bool) -> str:
    row = value.observation
    return courses.dated_figure(loc, row, value.survey) if dated else courses.figure(loc, row)


def _place(loc: Localizer, value: Value) -> str:
    """ "in Denmark", as each language says it; of a country that the data have no such word for by a pattern."""
    country = value.respondents.country
    found = loc.dataset.codes.get(_PLACE, {}).get(country)
    return (
        found.label
        if found
        else loc.t("in {country}").format(country=loc.label("country", country))
    )


def _lower(text: str) -> str:
    """A name inside a sentence."""
    return text[:1].lower() + text[1:]
