"""Cards of unlike figures, of every figure, and the dialog that holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dashboard.comparability import verdict
from dashboard.dataset import Observation
from dashboard.query import View
from tests.support import views
from tests.support.cards import AGENCIES, COLLABORATION, COUNTED, ORDER, TERMS, facts, made, opened
from tests.support.components import components, said
from tests.support.figures import figure
from tests.support.views import show

WORDED = [*TERMS[:3], "As worded", *TERMS[3:]]
"""The terms of a figure that its source gives in words only."""


def test_two_kinds_of_workplaces_of_one_survey_are_comparable() -> None:
    found = made(show(COLLABORATION), figure("se-2021-workplace", "regional", "collab_any"))
    assert {each.kind for each in found.comparisons} == set(ORDER)
    (first, *_) = found.comparisons
    assert first.other == "42% – Sweden, municipal workplaces, 2019–2020"
    assert first.sentence.startswith("A larger gap than chance alone would give (9 points")


def test_what_the_publication_says_stands_in_the_card() -> None:
    found = made(
        show("concept=collab_companies&country=DK&edition=dk-2015"),
        figure("dk-2015", "state", "collab_companies"),
    )
    by_kind = {each.other: each for each in found.comparisons}
    municipal = by_kind["20% – Denmark, municipal workplaces, 2013–2014"]
    assert municipal.kind == "yes"
    assert municipal.sentence.startswith("Different, as published.")
    assert "more often than municipal ones" in municipal.sentence
    assert (
        "No significant difference, as published."
        in by_kind["31% – Denmark, regional workplaces, 2013–2014"].sentence
    )
    assert by_kind["22% – Denmark, workplaces, 2013–2014"].kind == "no"


def test_a_worded_figure() -> None:
    found = made(show("theme=strategy"), figure("dk-2015-central", "municipal", "strategy_written"))
    said = facts(found)
    assert list(said)[: len(WORDED)] == WORDED
    assert found.figure == "about 50%"
    assert said["95% interval"] == "none: the source gives no exact figure"
    assert said["As worded"].startswith("about")
    assert said["Answers behind it (n)"] == "not published"


def test_an_inferred_figure() -> None:
    row = figure("dk-2015", "regional", "promoted_technology")
    found = made(show("concept=promoted_technology&country=DK"), row)
    said = facts(found)
    assert said["How the number was matched to its label"].startswith("Inferred")
    assert said["What is in doubt"].startswith("which label the number belongs to. ")
    assert said["Note"] == row.note
    assert all(
        "At least one is in doubt: which label the number belongs to." in each.sentence
        for each in found.comparisons
    )
    assert found.comparisons


def test_what_is_in_doubt_is_said_of_each_inferred_figure_by_itself() -> None:
    """Not every inferred figure is read from an ambiguous chart."""
    said = facts(made(show(""), figure("dk-2017", "municipal", "promoted_citizens")))
    assert (
        said["What is in doubt"]
        == "which year it is from. Value and label are clear; the page does not say from which edition they are."
    )
    assert "chart" not in said["How the number was matched to its label"]
    assert "What is in doubt" not in facts(made(show(""), figure("dk-2015", "all", "collab_any")))


def test_a_figure_without_n() -> None:
    said = facts(made(show(""), figure("dk-2015", "municipal", "collab_companies")))
    assert (said["Answers behind it (n)"], said["95% interval"]) == (
        "not published",
        "none: n is not published",
    )
    said = facts(made(show(""), figure("dk-2015", "all", "collab_any")))
    assert said["Answers behind it (n)"] == "not published, at most 1,093"
    assert said["Approximate 95% interval"] == (
        "76% to 81%, probably wider (reckoned with the most that n can be)"
    )
    assert "or wider" not in said["Approximate 95% interval"]


def test_very_few_answers_say_what_one_weighs() -> None:
    said = facts(
        made(show(""), figure("se-2021-central", "regional", "driver_legislation", "high"))
    )
    assert said["Answers behind it (n)"] == "11 (very few: one answer weighs 9.1 points)"
    said = facts(
        made(show(""), figure("se-2021-central", "municipal", "driver_legislation", "high"))
    )
    assert said["Answers behind it (n)"] == "69 (few: one answer weighs 1.4 points)"


def test_a_figure_that_the_view_does_not_show_has_a_card_without_comparisons() -> None:
    assert made(show("theme=drivers"), figure(*AGENCIES)).comparisons == ()
    assert made(show("theme=collaboration&country=DK"), figure(*AGENCIES)).comparisons == ()
    assert made(show("theme=none"), figure(*AGENCIES)).facts


def every_view() -> Iterator[View]:
    """Views that together show every figure."""
    known = views.vocabulary()
    themes = "theme=" + "~".join(known.themes) + "&more=" + "~".join(known.themes)
    for split in ("", *(f"&split={dimension}" for dimension in known.dimensions)):
        yield show(f"{themes}&view=table&edition=all{split}")
    yield show(
        f"{themes}&view=table&edition="
        + "~".join(survey for survey in known.surveys if survey.startswith("nordic"))
    )


def test_every_figure_has_a_card_without_gaps() -> None:
    seen = set()
    dataset = views.index().dataset
    for shown in every_view():
        for section in shown.sections:
            for value in section.values:
                row = value.observation
                seen.add(row.position)
                found = made(shown, row)
                assert [fact.term for fact in found.facts] == terms_of(row)
                for text in (
                    found.title,
                    found.subtitle,
                    found.figure,
                    found.share,
                    found.apa,
                ):
                    assert_plain(text)
                for fact in found.facts:
                    assert_plain(f"{fact.text}{fact.quoted}")
                assert found.bibtex
                assert not re.search(r"\blines? \d", found.apa + found.bibtex), (
                    "lines of a copy that nobody else has"
                )
                beside = [
                    each.observation
                    for each in section.values
                    if each.measure == value.measure and each.observation.position != row.position
                ]
                assert sorted(each.kind for each in found.comparisons) == sorted(
                    verdict(dataset, row, other, shown.thresholds).kind for other in beside
                )
                assert all(
                    each.sentence and each.other and "{" not in each.sentence
                    for each in found.comparisons
                )
    assert seen == set(range(len(views.published())))
    assert len(seen) == 597


def terms_of(row: Observation) -> list[str]:
    """The terms that the card of a figure has, from the tables themselves."""
    printed = views.published()[row.position]
    everybody = row.survey_id == "se-2021-central" or (row.survey_id, row.sector) == (
        "se-2021-workplace",
        "state",
    )
    terms = WORDED if row.qualifier != "exact" else COUNTED if everybody and printed["n"] else TERMS
    known = views.index().evidence[row.position].interval
    if known:
        name = "Possible range" if known.kind == "possible" else "Approximate 95% interval"
        terms = [name if "interval" in each else each for each in terms]
    if views.index().dataset.sources[printed["source_id"]].language == "en":
        terms = [term.removesuffix(" (translated)") for term in terms]
    return (
        terms
        + (["What is in doubt"] if printed["doubt"] else [])
        + (["Note"] if printed["note"] else [])
    )


def assert_plain(text: str) -> None:
    assert text.strip(), "blank"
    assert not set("{}") & set(text), text


@pytest.mark.parametrize("position", [-1, 597, 10**9, None, "353", "x", 353.0, [353], {}])
def test_an_unknown_position_opens_nothing(position: object) -> None:
    assert opened(position) is None


def test_links_of_the_dialog_lead_to_the_survey_and_the_source() -> None:
    row = figure("dk-2023", "all", "collab_any")
    _, body = opened(row.position)
    hrefs = [
        each.href
        for each in components(body)
        if type(each).__name__ == "A" and not hasattr(each, "data-beside")
    ]
    source = views.index().dataset.sources[row.source_id].url
    # The source stands at the top, and in its place among the facts.
    assert hrefs == [source, "/sources#dk-2023", source]


def test_what_is_there_in_english_only_is_marked_as_english() -> None:
    row = figure(*AGENCIES)
    _, body = opened(row.position)
    marked = [(each.lang, said(each, " ")) for each in components(body) if hasattr(each, "lang")]
    survey = views.index().dataset.surveys[row.survey_id]
    assert marked == [
        ("en", row.locator),
        ("en", survey.population),
        ("en", row.locator),
        ("en", row.label_in_source),
        ("en", row.note),
    ]
