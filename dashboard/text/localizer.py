"""Labels and numbers in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_decimal_symbol

from dashboard.comparability import COMPILATION, unit
from dashboard.dataset import (
    Break,
    Change,
    Dataset,
    Observation,
    PeriodKind,
    PublishedTest,
    Qualifier,
    Survey,
    in_language,
)
from dashboard.dataset.translations import code_of, stated_period
from dashboard.query import (
    Base,
    Comparison,
    Header,
    Measure,
    Population,
    Respondents,
    SmallBase,
    Stratum,
    Value,
)
from dashboard.text import locales
from dashboard.text.catalogues import catalogue
from dashboard.text.synthetic import editions, marked, marked_in_part, marked_name

_LOCALES = {"en": "en_GB"}
"""Language -> locale of its numbers, lists and dates, where another than the language's own is meant."""
_NUMBERS_KEPT = 4096
"""Numbers that are kept as they are written: a chart writes the same few again and again."""


@lru_cache(maxsize=_NUMBERS_KEPT, typed=True)
def _number(value: float, locale: Locale) -> str:
    return format_decimal(value, locale=locale).replace("-", "−")


@lru_cache(maxsize=_NUMBERS_KEPT, typed=True)
def _percent(value: float, locale: Locale) -> str:
    rounded = Decimal(str(round(value, 1))) / 100
    return format_percent(rounded, locale=locale, decimal_quantization=False)


class Localizer:
    """Every small text a reader sees: labels of codes, numbers, names of panels, rows and series.

    Longer texts (titles, notes, messages) are functions over a Localizer in the modules beside this one. Sentences go
    through ``t``, so that a catalogue can translate them; numbers and lists follow the locale's own rules.
    """

    def __init__(self, dataset: Dataset, language: str = "en") -> None:
        self.language = language
        """Language tag, as ``<html lang>`` and addresses have it."""
        self.source = dataset
        """The data with its labels in English."""
        texts = catalogue(language)
        self.t, self.plural = texts.gettext, texts.ngettext
        self.dataset = marked(in_language(dataset, language), self.t)
        """The data with its labels in this language; what was made up is marked."""
        self._made_up = editions(dataset)
        self.locale = locales.locale(_LOCALES.get(language, language))
        self._breaks = {found.break_id: found.description for found in self.dataset.breaks}
        self._reasons = {found.change_id: found.reason for found in self.dataset.changes}
        self._statements = {code_of(test): test.statement for test in self.dataset.published_tests}

    @property
    def decimal_comma(self) -> bool:
        """Whether numbers are written with a comma before their tenths."""
        return get_decimal_symbol(self.locale) == ","

    def number(self, value: float) -> str:
        """A number with the locale's separators, and with a minus sign where some locales put a hyphen."""
        return _number(value, self.locale)

    def percent(self, value: float) -> str:
        """A percentage (0-100) with the locale's sign and spacing, and one decimal where it is not whole."""
        return _percent(value, self.locale)

    def figure(self, value: float, qualifier: Qualifier) -> str:
        """A percentage as its source words it: "about 40%", "over 70%"."""
        text = self.percent(value)
        patterns: dict[Qualifier, str] = {
            "exact": "{value}",
            "about": self.t("about {value}"),
            "over": self.t("over {value}"),
            "under": self.t("under {value}"),
        }
        return patterns[qualifier].format(value=text)

    def value(self, value: Value) -> str:
        """The figure of a mark."""
        return self.figure(value.observation.value, value.observation.qualifier)

    def join(self, texts: Iterable[str]) -> str:
        """A list in words: "a, b and c"."""
        return format_list(list(texts), locale=self.locale)

    def either(self, texts: Iterable[str]) -> str:
        """Alternatives in words: "a, b or c"."""
        return format_list(list(texts), style="or", locale=self.locale)

    def label(self, list_name: str, code: str) -> str:
        """Label of a code."""
        return self.dataset.label(list_name, code)

    def short(self, list_name: str, code: str) -> str:
        """Short label of a code."""
        return self.dataset.short(list_name, code)

    def lower(self, list_name: str, code: str) -> str:
        """Label of a code for use inside a sentence."""
        text = self.label(list_name, code)
        return text[:1].lower() + text[1:]

    def period(self, survey: Survey) -> str:
        """Reference period: years joined by a dash; "two years to 2018" where only the survey's year is known; marked where made up."""
        return self._marked(survey, self._period(survey))

    def _marked(self, survey: Survey, period: str) -> str:
        """A period, with the mark of a survey that was made up in a country that has others too."""
        return marked_name(self.t, period) if survey.survey_id in self._made_up else period

    def _period(self, survey: Survey) -> str:
        first, last = survey.period_start, survey.period_end
        if survey.period_kind == "years":
            return str(last) if first == last else f"{first}–{last}"
        if survey.period_kind == "stated":
            return stated_period(self.dataset, survey, self.language)
        patterns: dict[PeriodKind, str] = {
            "two_years_to": self.t("two years to {year}"),
            # Editions without a stated period are told apart by the year of the survey where that is known.
            "survey_year": self.t("surveyed {year}"),
            "unknown": self.t("period not stated"),
        }
        return patterns[survey.period_kind].format(year=last)

    def compilation(self, survey_id: str = "") -> str:
        """What a sentence calls a compilation: the one of a survey, else all there are; blank where there is none."""
        surveys = self.dataset.surveys
        named = (
            [surveys[survey_id]]
            if survey_id in surveys
            else [each for each in surveys.values() if not survey_id and each.kind == COMPILATION]
        )
        return self.join(dict.fromkeys(each.short_title or each.title for each in named))

    def years(self, survey: Survey) -> str:
        """Reference period beside those of other surveys: first and last year wherever these are known, else as it is told."""
        return self._marked(survey, self._years(survey))

    def _years(self, survey: Survey) -> str:
        first, last = survey.period_start, survey.period_end
        known = survey.period_kind == "two_years_to" and first
        return f"{first}–{last}" if known else self._period(survey)

    def short_period(self, survey: Survey) -> str:
        """Reference period for narrow places: 2018–19."""
        return self._marked(survey, self._short_period(survey))

    def _short_period(self, survey: Survey) -> str:
        period = self._years(survey)
        first, dash, last = period.partition("–")
        return f"{first}–{last[2:]}" if dash and first[:2] == last[:2] else period

    def tick(self, survey: Survey, *, brief: bool = False) -> str:
        """Reference period on an axis of years: 2018–19, the year alone where only that is known; ``brief`` ’18–19."""
        known = survey.period_kind == "two_years_to" and survey.period_start
        if survey.period_kind != "years" and survey.period_end and not known:
            return self._marked(survey, str(survey.period_end))
        period = self._short_period(survey)
        shortened = brief and len(period) == len("2018–19")
        return self._marked(survey, f"’{period[2:]}" if shortened else period)

    def span(self, surveys: Iterable[Survey]) -> str:
        """The reference period that surveys share, else from the first year to the last; blank where none is known. Marked where one
        of them was made up."""
        found = list(surveys)
        periods = {self.years(survey) for survey in found}
        if len(periods) == 1:
            return periods.pop()
        ends = [(each.period_start, each.period_end) for each in found]
        years = [year for each in ends for year in each if year]
        first, last = min(years, default=0), max(years, default=0)
        span = "" if not years else str(first) if first == last else f"{first}–{last}"
        made_up = self._made_up.intersection(each.survey_id for each in found)
        return marked_in_part(self.t, span) if made_up and span else span

    def broken(self, found: Break) -> str:
        """What changed at a break: a View, which knows no language, carries the record in English."""
        return self._breaks.get(found.break_id, found.description)

    def corrected(self, found: Change) -> str:
        """Why something was corrected."""
        return self._reasons.get(found.change_id, found.reason)

    def definition(self, row: Observation) -> str:
        """What the survey of a figure counts as an innovation, in a few words."""
        found = self.dataset.definitions.get(self.dataset.surveys[row.survey_id].definition)
        return found.label if found else self.t("not known")

    def unit_of(self, row: Observation) -> str:
        """Who a figure is about, inside a sentence: "municipal workplaces", "agencies"; the sector where no word is given."""
        found = self.dataset.codes.get("unit", {}).get(f"{unit(row)}-{row.sector}")
        return found.label if found else self.lower("sector", row.sector)

    def segment(self, row: Observation) -> str:
        """The group of a split that a figure is about, inside a sentence."""
        return self.lower_population(Population(row.sector, row.dimension, row.segment))

    def unit_and_segment(self, row: Observation) -> str:
        """Who a figure is about, with its group where it is one of a split: "agencies (broad innovators)"."""
        who = self.unit_of(row)
        return (
            self.t("{who} ({group})").format(who=who, group=self.segment(row))
            if row.dimension
            else who
        )

    def where(self, row: Observation) -> str:
        """Country and who a figure is about, as a heading: "Sweden, agencies"."""
        if row.kind == COMPILATION:
            return f"{self.respondents(Respondents(row.country, row.level, compilation=True))}, {self.unit_of(row)}"
        return f"{self.label('country', row.country)}, {self.unit_and_segment(row)}"

    def status(self, row: Observation) -> str:
        """How a figure was read, and what is in doubt: "Inferred; in doubt: which year it is from"."""
        status = self.label("status", row.status)
        return (
            self.t("{status}; in doubt: {doubt}").format(
                status=status, doubt=self.label("doubt", row.doubt)
            )
            if row.doubt
            else status
        )

    def answering(self) -> str:
        """That the upper step of a graded question is counted, for a heading."""
        return self.t("answering “{answer}”").format(answer=self.lower("response", "high"))

    def statement(self, test: PublishedTest) -> str:
        """What a publication says of a difference."""
        return self._statements.get(code_of(test), test.statement)

    def count_of(self, one: str, many: str, count: int) -> str:
        """A number with its noun: ``one`` and ``many`` hold ``{count}``."""
        return self.plural(one, many, count).format(count=self.number(count))

    def share(self, base: str, short: bool = False) -> str:
        """What a percentage is a percentage of: "% of innovations"."""
        return self.t("% of {base}").format(
            base=self.short("base", base) if short else self.label("base", base)
        )

    def n(self, n: int) -> str:
        """Number of answers: "n 1,222"."""
        return self.t("n {n}").format(n=self.number(n))

    def answers(self, n: int | None, most: int | None) -> str:
        """Number of answers in words: "n 1,222", or that it is not published and the most that it can be, where that is known."""
        if n is not None:
            return self.n(n)
        if most is None:
            return self.t("n not published")
        return self.t("n not published, at most {n}").format(n=self.number(most))

    def at_most(self, n: int) -> str:
        """The most that a number can be which is not published, in a table or chart: "≤ 1,222"."""
        return f"≤ {self.number(n)}"

    def n_of(self, n: int, few: SmallBase) -> str:
        """Number of answers of a figure with the sign of a small base."""
        return f"{self.number(n)} {self.small_base(few)}".rstrip()

    @staticmethod
    def small_base(few: SmallBase) -> str:
        """The sign that marks a small base."""
        signs: dict[SmallBase, str] = {"": "", "few": "†", "very_few": "††"}
        return signs[few]

    def respondents(self, respondents: Respondents) -> str:
        """Country and kind of respondent: "Sweden, workplaces"."""
        if respondents.compilation:
            return self.t("{country}, in {compilation}").format(
                country=self.label("country", respondents.country),
                compilation=self._compilation_of(respondents),
            )
        name = f"{self.label('country', respondents.country)}, {self.lower('level', respondents.level)}"
        if respondents.survey_id:
            return f"{name} {self.period(self.dataset.surveys[respondents.survey_id])}"
        return name

    def _compilation_of(self, respondents: Respondents) -> str:
        """The compilations in which respondents stand."""
        if respondents.survey_id:
            return self.compilation(respondents.survey_id)
        whose = (respondents.country, respondents.level, COMPILATION)
        surveys = self.dataset.surveys_of.get(whose, ())
        return self.join(dict.fromkeys(self.compilation(each.survey_id) for each in surveys))

    def population(self, population: Population) -> str:
        """A sector, or a segment of it."""
        if population.dimension:
            return self.label(f"segment:{population.dimension}", population.segment)
        return self.label("sector", population.sector)

    def measure(self, measure: Measure) -> str:
        """An indicator, with its answer where the row is about one answer."""
        indicator = self.dataset.indicators[measure.indicator].label
        if not measure.response:
            return indicator
        return self.t("{question}: {answer}").format(
            question=indicator, answer=self.lower("response", measure.response)
        )

    def header(self, header: Header) -> str:
        """Name of a panel, row or series."""
        if isinstance(header, Stratum):
            population = self.lower_population(header.population)
            return f"{self.respondents(header.respondents)}, {population}"
        if isinstance(header, Respondents):
            return self.respondents(header)
        if isinstance(header, Population):
            return self.population(header)
        if isinstance(header, Base):
            return self.share(header.base)
        if isinstance(header, Comparison):
            among = [self.header(header.among)] if header.among else []
            return ", ".join([self.measure(header.measure), *among])
        return self.measure(header)

    def inline_name(self, header: Header) -> str:
        """Name of a series inside a sentence, without commas of its own where it may stand in a list."""
        if isinstance(header, Respondents) and not header.compilation and not header.survey_id:
            return f"{self.label('country', header.country)} ({self.lower('level', header.level)})"
        return (
            self.lower_population(header) if isinstance(header, Population) else self.header(header)
        )

    def lower_population(self, population: Population) -> str:
        """A sector or segment inside a longer name."""
        text = self.population(population)
        return text[:1].lower() + text[1:]
