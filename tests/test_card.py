"""The card of a figure: everything there is to say about it, and what it may be compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from dashboard import handlers
from dashboard.comparability import verdict
from dashboard.dataset import Change, Observation
from dashboard.query import View
from dashboard.text import verdicts
from dashboard.text.card import Card, card
from tests.support import views
from tests.support.components import components, said
from tests.support.figures import figure
from tests.support.views import show

DAY = date(2026, 11, 21)
ADDRESS = "https://example.org/?theme=collaboration&country=DK~SE"
COLLABORATION = "theme=collaboration&country=DK~SE"
TERMS = [
    "What was asked", "Answer counted", "A percentage of", "Answers behind it (n)", "95% interval", "Reference period",
    "Who answered", "Response rate", "Survey", "Source", "Place in the source", "Label in the source (translated)",
    "How value and label were joined",
]  # fmt: skip
WORDED = [*TERMS[:3], "As worded", *TERMS[3:]]
"""The terms of a figure that its source gives in words only."""
COUNTED = [*TERMS[:5], "Everybody was asked", *TERMS[5:]]
"""The terms of a figure of a survey that asked everybody."""
ORDER = ["yes", "care", "no"]


def made(shown: View, row: Observation) -> Card:
    return card(views.loc(), shown, views.index().evidence[row.position], row, DAY, ADDRESS)


def facts(found: Card) -> dict[str, str]:
    return {fact.term: f"{fact.text} {fact.quoted}".strip() for fact in found.facts}


AGENCIES = ("se-2021-workplace", "state", "collab_any")


@pytest.fixture(scope="module")
def agencies() -> Card:
    return made(show(COLLABORATION), figure(*AGENCIES))


def test_the_head_of_a_card(agencies: Card) -> None:
    assert (agencies.title, agencies.figure, agencies.share) == (
        "Collaborated with anyone outside the workplace",
        "65%",
        "of organisations",
    )
    assert agencies.subtitle == "Sweden, agencies"


def test_the_facts_of_a_card(agencies: Card) -> None:
    said = facts(agencies)
    assert list(said) == [*COUNTED, "Note"]
    assert said["Answers behind it (n)"] == "164"
    assert said["95% interval"] == "57% to 72%"
    assert (
        said["A percentage of"]
        == "organisations. All organisations that answered are counted, innovative or not."
    )
    assert said["Answer counted"] == "Yes"
    assert said["Reference period"] == "2019–2020"
    assert "164 agencies" in said["Who answered"]
    assert "Assigned by reading order" in said["How value and label were joined"]
    assert said["Note"] == views.published()[figure(*AGENCIES).position]["note"]


def test_source_and_place_lead_to_where_the_figure_stands(agencies: Card) -> None:
    said = facts(agencies)
    assert (
        said["Source"]
        == "Vinnova; SCB; Ramboll: Innovation i offentlig sektor 2019-2020 (seminar slides) (2022-05-19)"
    )
    assert said["Place in the source"].startswith("slide Samarbete (1/2)")
    (survey,) = (fact for fact in agencies.facts if fact.term == "Survey")
    assert survey.url == "/sources#se-2021-workplace"


def test_the_response_rate_of_agencies_is_not_that_of_the_workplace_sample(agencies: Card) -> None:
    """The 29 % are the sample of workplaces; the 164 agencies are those of the census of managements, of which 81 % answered."""
    central = made(
        show("concept=systematic_innovation_work&country=SE"),
        figure("se-2021-central", "state", "systematic_innovation_work"),
    )
    assert facts(central)["Response rate"] == "81% in this sector"
    assert facts(agencies)["Response rate"] == "81% in this sector (survey of managements)"


def test_response_rates_where_only_the_survey_has_one_or_none() -> None:
    shown = show("")
    assert (
        facts(made(shown, figure("se-2021-workplace", "municipal", "collab_any")))["Response rate"]
        == "29% of the whole survey"
    )
    assert (
        facts(made(shown, figure("no-municipal-2018", "municipal", "role_citizens")))[
            "Response rate"
        ]
        == "not published"
    )


def test_comparisons_stand_by_verdict_with_their_sentences(agencies: Card) -> None:
    assert {each.kind for each in agencies.comparisons} == {"care", "no"}
    order = [ORDER.index(each.kind) for each in agencies.comparisons]
    assert order == sorted(order)
    by_other = {each.other: each for each in agencies.comparisons}
    municipal = by_other["42% – Sweden, municipal workplaces, 2019–2020"]
    assert municipal.kind == "care"
    assert municipal.sentence.startswith(
        "A larger gap than chance alone would give (23 points, 95% interval 15 to 30)."
    )
    assert "A whole agency or other organisation is larger than one workplace" in municipal.sentence
    assert "nearly the same" not in municipal.sentence
    assert "51% – Sweden, regional workplaces, 2019–2020" in by_other
    danish = by_other["69% – Denmark, workplaces, 2021–2023"]
    assert danish.kind == "no"
    assert "One is a share of organisations, the other a share of innovations." in danish.sentence
    assert len(by_other) == 3
    assert "approximate" in agencies.caveat


def test_the_counts_of_a_census_and_what_is_possible() -> None:
    """14 of 20 regions answered, 11 of them work systematically with innovation and 8 of these name their users.

    So at most 17 work systematically, and between 8 and 14 of the 17 would name them.
    """
    said = facts(made(show(""), figure("se-2021-central", "regional", "driver_users", "high")))
    assert said["Everybody was asked"].startswith(
        "8 of 11 answers, of 14 who answered; 20 were asked. "
        "Whatever those who did not answer would say, the share lies between 47% and 82%. "
        "95% interval if those who did not answer resemble those who did: "
    )
    assert said["95% interval"].startswith(
        "none, since everybody was asked: 47% to 82% is possible"
    )
    said = facts(
        made(show(""), figure("se-2021-central", "regional", "systematic_innovation_work"))
    )
    assert "11 of 14 answers, of 14 who answered; 20 were asked." in said["Everybody was asked"]
    assert "between 55% and 85%" in said["Everybody was asked"]


def test_a_count_that_is_not_printed_is_the_nearest_and_the_number_asked_is_a_range(
    agencies: Card,
) -> None:
    """65 % of 164 answers are 106 or, nearer, 107; 164 answers are 81 % of 202 or 203 agencies asked."""
    assert [count for count in range(165) if round(100 * count / 164) == 65] == [106, 107]
    assert [asked for asked in range(164, 300) if round(100 * 164 / asked) == 81] == [202, 203]
    assert facts(agencies)["Everybody was asked"] == (
        "107 of 164 answers, of 164 who answered; 202 to 203 were asked. "
        "Whatever those who did not answer would say, the share lies between 53% and 72%. "
        "95% interval if those who did not answer resemble those who did: 62% to 68%."
    )


def test_a_sample_is_no_census() -> None:
    for key in (
        ("se-2021-workplace", "municipal", "collab_any"),
        ("dk-2015", "all", "innovative_workplaces"),
    ):
        assert "Everybody was asked" not in facts(made(show(""), figure(*key)))


def test_what_counts_as_an_innovation_is_told_by_the_survey_itself() -> None:
    question = "Introduced at least one innovation in the reference period. What counts as one is defined by each survey."
    danish = facts(made(show(""), figure("dk-2015", "all", "innovative_workplaces")))[
        "What was asked"
    ]
    assert danish.startswith(
        f"{question} In this survey: At least one new or substantially changed product, service, process or"
    )
    assert "way of communicating" in danish
    swedish = facts(made(show(""), figure("se-2021-workplace", "state", "innovative_workplaces")))[
        "What was asked"
    ]
    assert swedish.startswith(f"{question} In this survey: Product and process innovations")
    assert "communicating" not in swedish
    finnish = facts(
        made(show(""), figure("fi-municipal-2022", "municipal", "innovative_workplaces"))
    )["What was asked"]
    assert finnish == f"{question} How this survey defines an innovation is not known."
    other = facts(made(show(""), figure("se-2021-workplace", "state", "collab_any")))[
        "What was asked"
    ]
    assert "In this survey" not in other


def test_a_label_is_called_translated_unless_the_source_is_english() -> None:
    sources = views.index().dataset.sources
    rows = {
        sources[row.source_id].language == "en": row for row in views.index().dataset.observations
    }
    for english, row in rows.items():
        said = facts(made(show(""), row))
        assert (
            said["Label in the source" if english else "Label in the source (translated)"]
            == row.label_in_source
        )
        assert ("Label in the source" in said) == english


def test_what_has_been_corrected_since_stands_first() -> None:
    """Of a change of columns also what stood there; of an added record the reason alone."""
    changes = [
        Change(
            "one",
            "2026.2",
            "observations.csv",
            (),
            ("value", "n"),
            ("75", "1600"),
            ("74", ""),
            "Misread.",
        ),
        Change("two", "2026.3", "breaks.csv", (), (), (), (), "A break was recorded."),
    ]
    row = figure(*AGENCIES)
    found = card(
        views.loc(),
        show(""),
        views.index().evidence[row.position],
        row,
        DAY,
        ADDRESS,
        "?lang=da",
        changes,
    )
    assert [(fact.term, fact.text, fact.url, fact.quoted) for fact in found.facts[:2]] == [
        ("Corrected in release 2026.2", "Misread.", "/changes?lang=da", "(75 → 74; 1600 → –)"),
        ("Corrected in release 2026.3", "A break was recorded.", "/changes?lang=da", ""),
    ]
    assert [fact.term for fact in found.facts[2:]] == [*COUNTED, "Note"]


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
    assert said["How value and label were joined"].startswith("Inferred")
    assert said["What is in doubt"].startswith("the order of the chart. ")
    assert said["Note"] == row.note
    assert all(
        "At least one is in doubt: the order of the chart." in each.sentence
        for each in found.comparisons
    )
    assert found.comparisons


def test_what_is_in_doubt_is_said_of_each_inferred_figure_by_itself() -> None:
    """Not every inferred figure is read from an ambiguous chart."""
    said = facts(made(show(""), figure("dk-2017", "municipal", "promoted_citizens")))
    assert (
        said["What is in doubt"]
        == "the edition. Value and label are clear; the page does not say from which edition they are."
    )
    assert "chart" not in said["How value and label were joined"]
    assert "What is in doubt" not in facts(made(show(""), figure("dk-2015", "all", "collab_any")))


def test_a_figure_without_n() -> None:
    said = facts(made(show(""), figure("dk-2015", "municipal", "collab_companies")))
    assert (said["Answers behind it (n)"], said["95% interval"]) == (
        "not published",
        "none: n is not published",
    )
    said = facts(made(show(""), figure("dk-2015", "all", "collab_any")))
    assert said["Answers behind it (n)"] == "not published"
    assert said["95% interval"].startswith(
        "about 76% to 81%, probably wider (n is not published; reckoned with the most that it can be, "
    )
    assert "or wider" not in said["95% interval"]


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
                    found.caveat,
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


def opened(position: object, query: str = COLLABORATION) -> tuple[str, list] | None:
    return handlers.card(views.context(query, public_url="https://example.org"), position)


@pytest.mark.parametrize("position", [-1, 597, 10**9, None, "353", "x", 353.0, [353], {}])
def test_an_unknown_position_opens_nothing(position: object) -> None:
    assert opened(position) is None


def test_the_dialog_holds_the_whole_card(agencies: Card) -> None:
    title, body = opened(figure(*AGENCIES).position)
    text = said(body, " ")
    assert title == agencies.title
    for fact in agencies.facts:
        assert fact.term in text
        assert fact.text in text
        assert fact.quoted in text
    for each in agencies.comparisons:
        assert each.other in text
        assert each.sentence in text
    headings = [said(each, " ") for each in components(body) if type(each).__name__ == "H4"]
    assert headings == [verdicts.verdict_title(views.loc(), kind) for kind in ("care", "no")]
    assert agencies.caveat in text
    copies = [
        getattr(each, "data-text") for each in components(body) if type(each).__name__ == "Button"
    ]
    assert len(copies) == 2
    assert copies[1].startswith("@misc{vinnova-2022-slides,")
    assert all(
        "https://example.org/?theme=collaboration&" in each.replace("\\", "") for each in copies
    )


def test_links_of_the_dialog_lead_to_the_survey_and_the_source() -> None:
    row = figure("dk-2023", "all", "collab_any")
    _, body = opened(row.position)
    hrefs = [each.href for each in components(body) if type(each).__name__ == "A"]
    assert hrefs == ["/sources#dk-2023", views.index().dataset.sources[row.source_id].url]


def test_what_is_there_in_english_only_is_marked_as_english() -> None:
    row = figure(*AGENCIES)
    _, body = opened(row.position)
    marked = [(each.lang, said(each, " ")) for each in components(body) if hasattr(each, "lang")]
    survey = views.index().dataset.surveys[row.survey_id]
    assert marked == [
        ("en", survey.population),
        ("en", row.locator),
        ("en", row.label_in_source),
        ("en", row.note),
    ]
