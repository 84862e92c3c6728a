"""Which figures of a dataset a type of chart may draw."""

from __future__ import annotations

from collections import Counter

from dashboard.dataset import PRIMARY, Dataset
from dashboard.query import UNSURE, question_of


def primary_answers(dataset: Dataset) -> list[bool]:
    """The primary answer (yes / to a high degree); of questions with one answer of several each of them that is sure."""
    return [
        row.response != UNSURE
        if dataset.concepts[row.concept].scale == "single"
        else row.response in PRIMARY
        for row in dataset.observations
    ]


def answers_together(dataset: Dataset) -> list[bool]:
    """Answers to questions with one answer of several, and those of which at least two are printed."""
    answers = Counter(question_of(row) for row in dataset.observations)
    return [
        answers[question_of(row)] > 1 or dataset.concepts[row.concept].scale == "single"
        for row in dataset.observations
    ]


def every_figure(dataset: Dataset) -> list[bool]:
    """All of them."""
    return [True] * len(dataset.observations)
