"""The mark of figures that were made up to show the program: it stands wherever their country, edition or publisher is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from dashboard.dataset import Code, Dataset, Source, Survey
from dashboard.dataset.types import frozen

V = TypeVar("V")


def marked(dataset: Dataset, t: Callable[[str], str]) -> Dataset:
    """The dataset with synthetic surveys and their publications marked, and countries that have no other survey.

    Charts name country and publisher, files the publication of every figure, so none is without the mark. Where a country has other
    surveys too, the period of an edition has it (``editions``).
    """
    surveys = _made_up(dataset)
    if not surveys:
        return dataset
    mark = partial(marked_name, t)
    made_up = {dataset.surveys[key].source_id for key in surveys}
    countries = {dataset.surveys[key].country for key in surveys} - _real(dataset, surveys)
    return replace(
        dataset,
        surveys=_changed(dataset.surveys, surveys, lambda each: _survey(each, mark)),
        sources=_changed(dataset.sources, made_up, lambda each: _source(each, mark)),
        codes=frozen(
            {
                **dataset.codes,
                "country": _changed(
                    dataset.codes["country"], countries, lambda each: _country(each, mark)
                ),
            }
        ),
    )


def editions(dataset: Dataset) -> frozenset[str]:
    """Synthetic surveys of countries that have others too: the name of their country does not tell them apart."""
    surveys = _made_up(dataset)
    real = _real(dataset, surveys) if surveys else set()
    return frozenset(key for key in surveys if dataset.surveys[key].country in real)


def marked_name(t: Callable[[str], str], name: str) -> str:
    """A name with the mark."""
    return t("{name} (synthetic)").format(name=name)


def marked_in_part(t: Callable[[str], str], name: str) -> str:
    """What several surveys share, with the mark that some of them were made up."""
    return t("{name} (in part synthetic)").format(name=name)


def _made_up(dataset: Dataset) -> set[str]:
    return {key for key, each in dataset.imports.items() if each.synthetic}


def _real(dataset: Dataset, made_up: set[str]) -> set[str]:
    """The countries that have surveys of which none was made up."""
    return {each.country for key, each in dataset.surveys.items() if key not in made_up}


def _survey(survey: Survey, mark: Callable[[str], str]) -> Survey:
    return replace(survey, title=mark(survey.title))


def _source(source: Source, mark: Callable[[str], str]) -> Source:
    names = [name.strip() for name in source.publisher.split(";") if name.strip()]
    return replace(source, publisher="; ".join(map(mark, names)))


def _country(code: Code, mark: Callable[[str], str]) -> Code:
    return replace(code, label=mark(code.label), short=mark(code.short))


def _changed(held: Mapping[str, V], keys: set[str], change: Callable[[V], V]) -> Mapping[str, V]:
    return frozen({key: change(each) if key in keys else each for key, each in held.items()})
