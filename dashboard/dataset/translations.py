"""The same data with its labels, definitions and statements in another language."""

from __future__ import annotations

from dataclasses import replace

from dashboard.dataset.types import (
    Break,
    Change,
    Code,
    Dataset,
    Definition,
    Indicator,
    PublishedTest,
    Question,
    Survey,
    Translation,
    frozen,
)


def code_of(test: PublishedTest) -> str:
    """The name under which a published test is translated."""
    return "~".join((test.survey_id, test.indicator, test.sector_a, test.sector_b))


def stated_period(dataset: Dataset, survey: Survey, language: str) -> str:
    """A reference period in the words of its publication, or as they are translated; the survey itself keeps the original."""
    translation = dataset.translations.get(language, {}).get(("survey", survey.survey_id))
    return (translation and translation.description) or survey.reference_period


def in_language(dataset: Dataset, language: str) -> Dataset:
    """The dataset as a reader of ``language`` meets it; what is not translated stays English. Figures are shared."""
    texts = dataset.translations.get(language)
    if texts is None:
        return dataset
    codes = {
        name: frozen(
            {code: _code(found, texts.get((name, code))) for code, found in members.items()}
        )
        for name, members in dataset.codes.items()
    }
    return replace(
        dataset,
        codes=frozen(codes),
        indicators=frozen(
            {
                name: _indicator(found, texts.get(("concept", name)))
                for name, found in dataset.indicators.items()
            }
        ),
        definitions=frozen(
            {
                name: _definition(found, texts.get(("definition", name)))
                for name, found in dataset.definitions.items()
            }
        ),
        changes=tuple(
            _change(found, texts.get(("change", found.change_id))) for found in dataset.changes
        ),
        surveys=frozen(
            {
                name: _survey(found, texts.get(("survey", name)))
                for name, found in dataset.surveys.items()
            }
        ),
        questions=tuple(
            _question(found, texts.get(("question", found.question_id)))
            for found in dataset.questions
        ),
        breaks=tuple(
            _break(found, texts.get(("break", found.break_id))) for found in dataset.breaks
        ),
        published_tests=tuple(
            _test(found, texts.get(("published_test", code_of(found))))
            for found in dataset.published_tests
        ),
    )


def _code(found: Code, translation: Translation | None) -> Code:
    if translation is None:
        return found
    return replace(
        found,
        label=translation.label,
        short=translation.short or translation.label,
        description=translation.description or found.description,
    )


def _indicator(found: Indicator, translation: Translation | None) -> Indicator:
    return (
        replace(found, label=translation.label, definition=translation.description)
        if translation
        else found
    )


def _definition(found: Definition, translation: Translation | None) -> Definition:
    return (
        replace(found, label=translation.label, definition=translation.description)
        if translation
        else found
    )


def _change(found: Change, translation: Translation | None) -> Change:
    return replace(found, reason=translation.description) if translation else found


def _survey(found: Survey, translation: Translation | None) -> Survey:
    return (
        replace(found, short_title=translation.label or found.short_title) if translation else found
    )


def _question(found: Question, translation: Translation | None) -> Question:
    if translation is None:
        return found
    return replace(
        found,
        title=translation.label,
        text=translation.description,
        finding=translation.short or found.finding,
    )


def _break(found: Break, translation: Translation | None) -> Break:
    return replace(found, description=translation.description) if translation else found


def _test(found: PublishedTest, translation: Translation | None) -> PublishedTest:
    return replace(found, statement=translation.description) if translation else found
