"""Templates to HTML: what every page has, and how templates write figures, times and quoted texts."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import CodeType

import jinja2
from babel import Locale
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from dashboard.content.urls import PageUrls
from dashboard.dataset import Survey
from dashboard.selection import LANGUAGES
from dashboard.text import Localizer, choices, locales, verdicts
from dashboard.text.search import MAX_LETTERS
from dashboard.text.texts import PRODUCT, unbroken

TEMPLATES = Path(__file__).parent / "templates"
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENGLISH = locales.locale("en_GB")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled for the first language, for all others: the same objects, which are half a megabyte."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket where its template is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


@lru_cache(maxsize=len(LANGUAGES))
def _environment(loc: Localizer) -> jinja2.Environment:
    """The templates with what they may call, in the language of ``loc``."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The method is one that the extension gives to the environment.
    environment.install_gettext_callables(loc.t, loc.plural, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "figure": lambda row: loc.figure(row.value, row.qualifier),
        "percent": loc.percent,
        "n": loc.n,
        "number": loc.number,
        "limits": lambda interval: verdicts.span(loc, *interval),
        "points": lambda value: loc.number(round(value)),
        "period": lambda survey: loc.period(
            survey if isinstance(survey, Survey) else loc.dataset.surveys[survey.survey_id]
        ),
        "unbroken": unbroken,
        "p": lambda value: (
            loc.t("less than {p}").format(p=loc.number(0.001))
            if value < 0.001
            else loc.number(round(value, 3))
        ),
        "sectors": lambda codes: loc.join(loc.lower("sector", code) for code in codes),
        "stretch": lambda text: period_in_words(loc, text),
        "quoted": lambda text: quoted(loc, text),
        "outside": lambda url: url if url.startswith(("https://", "http://")) else "",
        "language": lambda code: loc.locale.languages.get(code, code),
    }
    return environment


def render(template: str, loc: Localizer, links: PageUrls, **context: object) -> str:
    """The page of a template, which gets ``context`` beside what every page has."""
    return (
        _environment(loc)
        .get_template(template)
        .render(
            loc=loc,
            dataset=loc.dataset,
            t=loc.t,
            links=links,
            letters=MAX_LETTERS,
            product=loc.t(PRODUCT),
            languages=choices.languages(),
            colour_schemes=choices.colour_schemes(loc),
            **context,
        )
    )


def quoted(loc: Localizer, text: str) -> str:
    """A text of the data that is there in English only, marked as such for readers of another language."""
    return (
        text
        if loc.language == "en" or not text
        else Markup('<span lang="en">{}</span>').format(text)
    )


def period_in_words(loc: Localizer, text: str) -> str:
    """A time as a reader writes it: years joined by a dash, ISO dates and stretches of them in words, the rest as it is."""
    if found := _YEARS.fullmatch(text):
        return f"{found[1]}–{found[2]}"
    first, slash, last = text.partition("/")
    if not all(part == "" or _ISO.fullmatch(part) for part in (first, last)) or not text:
        worded = _DATE.sub(lambda found: _day(_ENGLISH, found[0]), text)
        return quoted(loc, worded) if any(map(str.isalpha, worded)) else worded
    days = [_day(loc.locale, part) for part in (first, last)]
    if not slash:
        return days[0]
    if not first:
        return loc.t("until {day}").format(day=days[1])
    return (
        loc.t("{first} to {last}").format(first=days[0], last=days[1])
        if last
        else loc.t("from {day}").format(day=days[0])
    )


def _day(locale: Locale, text: str) -> str:
    if not text:
        return ""
    if text.count("-") == 1:
        return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=locale)
    return format_date(date.fromisoformat(text), "long", locale=locale)
