"""The mark of figures that were made up to show the program: it stands wherever their country or publisher is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from dashboard.dataset import Code, Dataset, Source, Survey
from dashboard.dataset.types import frozen

V = TypeVar("V")


def marked(dataset: Dataset, t: Callable[[str], str]) -> Dataset:
    """The dataset with synthetic surveys and their publications marked, and countries that have no other survey.

    Charts name country and publisher, files the publication of every figure, so none is without the mark.
    """
    surveys = {key for key, each in dataset.imports.items() if each.synthetic}
    if not surveys:
        return dataset

    def mark(name: str) -> str:
        return t("{name} (synthetic)").format(name=name)

    made_up = {dataset.surveys[key].source_id for key in surveys}
    real = {each.country for key, each in dataset.surveys.items() if key not in surveys}
    countries = {dataset.surveys[key].country for key in surveys} - real
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


def _survey(survey: Survey, mark: Callable[[str], str]) -> Survey:
    return replace(survey, title=mark(survey.title))


def _source(source: Source, mark: Callable[[str], str]) -> Source:
    names = [name.strip() for name in source.publisher.split(";") if name.strip()]
    return replace(source, publisher="; ".join(map(mark, names)))


def _country(code: Code, mark: Callable[[str], str]) -> Code:
    return replace(code, label=mark(code.label), short=mark(code.short))


def _changed(held: Mapping[str, V], keys: set[str], change: Callable[[V], V]) -> Mapping[str, V]:
    return frozen({key: change(each) if key in keys else each for key, each in held.items()})
