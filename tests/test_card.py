"""The card of a figure: its head, its facts, its comparisons."""

from __future__ import annotations

import pytest

from dashboard.dataset import Change
from dashboard.text import verdicts
from dashboard.text.card import Card, card
from tests.support import views
from tests.support.cards import (
    ADDRESS,
    AGENCIES,
    COLLABORATION,
    COUNTED,
    DAY,
    ORDER,
    facts,
    made,
    opened,
)
from tests.support.components import components, said
from tests.support.figures import figure
from tests.support.views import show


@pytest.fixture(scope="module")
def agencies() -> Card:
    return made(show(COLLABORATION), figure(*AGENCIES))


def test_the_head_of_a_card(agencies: Card) -> None:
    assert (agencies.title, agencies.figure, agencies.share) == (
        "Partner outside the workplace",
        "65%",
        "of organisations",
    )
    assert agencies.subtitle == "Sweden, agencies"


def test_the_facts_of_a_card(agencies: Card) -> None:
    said = facts(agencies)
    assert list(said) == [*COUNTED, "Note"]
    assert said["Answers behind it (n)"] == "164"
    assert said["Approximate 95% interval"] == "57% to 72%"
    assert (
        said["A percentage of"]
        == "organisations. All organisations that answered are counted, innovative or not."
    )
    assert said["Answer counted"] == "Yes"
    assert said["Reference period"] == "2019–2020"
    assert "164 agencies" in said["Who answered"]
    assert (
        "Figure and label matched by their order in the source, which does not print them together"
        in said["How the number was matched to its label"]
    )
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
    assert said["Possible range"] == (
        "47% to 82%, whatever those who did not answer would say (everybody was asked)"
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


def test_the_dialog_holds_the_whole_card(agencies: Card) -> None:
    title, body = opened(figure(*AGENCIES).position)
    text = said(body, " ")
    assert title == agencies.title
    for fact in agencies.facts:
        assert fact.term in text
        assert fact.text in text
        assert fact.quoted in text
    for each in agencies.comparisons:
        assert each.other in said(body)
        assert each.sentence in said(body)
    headings = [said(each, " ") for each in components(body) if type(each).__name__ == "H4"]
    assert headings == [verdicts.verdict_title(views.loc(), kind) for kind in ("care", "no")]
    assert agencies.caveat in text
    copies = [
        getattr(each, "data-text")
        for each in components(body)
        if type(each).__name__ == "Button" and hasattr(each, "data-text")
    ]
    assert copies[0] == agencies.quote
    assert len(copies) == 3
    assert copies[2].startswith("@misc{vinnova-2022-slides,")
    assert all(
        "https://example.org/?theme=collaboration&" in each.replace("\\", "") for each in copies[1:]
    )


def test_a_card_says_first_what_is_quoted_then_source_and_address_and_folds_the_rest(
    agencies: Card,
) -> None:
    _, body = opened(figure(*AGENCIES).position)
    kinds = [type(each).__name__ for each in body]
    assert kinds.index("Blockquote") < kinds.index("Details")
    assert set(kinds[kinds.index("Details") :]) == {"Details"}
    folded = [each for each in body if type(each).__name__ == "Details"]
    assert [said(each.children[0], " ") for each in folded] == [
        "About this figure",
        "Comparable with what? (2 of 3)",
        "Cite this figure",
    ]
    # Unfolded where other figures of the row are shares of something else.
    assert [each.open for each in folded] == [False, True, False]
    shown = said([each for each in body if each not in folded])
    for text in (agencies.quote, agencies.source, agencies.locator):
        assert text in shown
    [address] = [
        getattr(each, "data-address") for each in components(body) if hasattr(each, "data-address")
    ]
    assert address == f"/?{COLLABORATION}&figure=se-2021-workplace:state:collab_any"


def test_a_figure_that_no_other_may_stand_beside_says_so_in_the_count_and_stays_folded() -> None:
    norway = figure("no-municipal-2018", "municipal_regional", "promoted_employees")
    _, body = opened(norway.position, "theme=drivers")
    beside = body[-2]
    assert said(beside.children[0], " ") == "Comparable with what? (0 of 4)"
    assert not beside.open
    # Nothing is tested: no words on tests.
    assert not made(show("theme=drivers"), norway).caveat
    assert not [each for each in components(beside) if getattr(each, "className", "") == "fine"]


def test_each_comparison_leads_to_the_two_side_by_side(agencies: Card) -> None:
    _, body = opened(figure(*AGENCIES).position)
    links = [each for each in components(body) if hasattr(each, "data-beside")]
    assert [each.href for each in links] == [
        f"/?{COLLABORATION}&figure=se-2021-workplace:state:collab_any~{each.name}"
        for each in agencies.comparisons
    ]
