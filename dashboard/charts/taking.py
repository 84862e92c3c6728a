"""Which figures of a dataset a type of chart may draw."""

from __future__ import annotations

import numpy as np

from dashboard.dataset import PRIMARY, Dataset
from dashboard.dataset.observations import Mask
from dashboard.query import DONT_KNOW, QUESTION


def primary_answers(dataset: Dataset) -> Mask:
    """The primary answer (yes / to a high degree); of questions with one answer of several each of them that is sure."""
    figures = dataset.observations
    sure, primary = ~figures.having("response", DONT_KNOW), figures.having("response", *PRIMARY)
    return np.where(_one_of_several(dataset), sure, primary)


def answers_together(dataset: Dataset) -> Mask:
    """Answers to questions with one answer of several, and those of which at least two are printed."""
    questions = dataset.observations.labels(*QUESTION)
    several: Mask = np.bincount(questions)[questions] > 1
    return several | _one_of_several(dataset)


def every_figure(dataset: Dataset) -> Mask:
    """All of them."""
    return np.ones(len(dataset.observations), dtype=bool)


def _one_of_several(dataset: Dataset) -> Mask:
    """Answers to questions of which each respondent gave one of several."""
    names = (name for name, indicator in dataset.indicators.items() if indicator.scale == "single")
    return dataset.observations.having("indicator", *names)
