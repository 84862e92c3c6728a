"""How what a reader types is compared with names, synonyms and definitions."""

from __future__ import annotations

import pytest

from dashboard.text.matching import Entry, Finder, forms, marked, nearly


def finder(*labels: str, text: str = "") -> Finder[str]:
    return Finder(Entry(label, [label], texts=[text]) for label in labels)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("hojere", "Højere kvalitet"),
        ("hoejere", "Højere kvalitet"),
        ("HØJERE KVALITET", "Højere kvalitet"),
        ("Hoejere", "Hojere kvalitet"),
        ("foretag", "Privata företag"),
        ("foeretag", "Privata företag"),
        ("saasto", "Säästöt"),
        ("okad", "Ökad kvalitet"),
        ("æ", "Æ"),
        ("kvalitet højere", "Højere kvalitet"),
    ],
)
def test_case_and_accents_make_no_difference(typed, label):
    assert finder("Something else", label)(typed) == (label,)


def test_letters_are_folded_in_both_ways():
    assert set(forms("århus")) == {"arhus", "aarhus"}
    assert finder("Aarhus")("Århus") == ("Aarhus",)


def test_a_text_is_searched_by_whole_words_a_name_by_their_beginnings():
    assert finder("Employees", text="They maintain what staff did")("AI") == ()
    assert finder("Employees", text="Uses AI daily")("ai") == ("Employees",)
    assert finder("Employees", text="They maintain what staff did")("maint") == ()
    assert finder("Employees")("empl") == ("Employees",)
    assert finder("Aim")("ai") == ("Aim",)  # The beginning of the whole name.
    assert finder("The aim")("ai") == ()


def test_the_order_is_whole_name_then_synonym_then_words_then_text_then_errors():
    ranked = Finder(
        [
            Entry("text", ["Other"], texts=["all of quality"]),
            Entry("foreign word", ["Other"], foreign=["quality mark"]),
            Entry("word", ["Higher quality"]),
            Entry("foreign", ["Other"], foreign=["quality"]),
            Entry("synonym", ["Other"], ["quality"]),
            Entry("first word", ["Quality of work"]),
            Entry("name", ["Quality"]),
        ]
    )
    order = ("name", "first word", "synonym", "foreign", "word", "foreign word", "text")
    assert ranked("quality") == order
    assert ranked("qualitty") == ("word", "synonym", "first word", "name")


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("qualty", "quality", True),
        ("qualitty", "quality", True),
        ("quolity", "quality", True),
        ("qaulity", "quality", True),
        ("qality", "quality", True),
        ("quolaty", "quality", False),
        ("time", "timo", False),
        ("quality", "qualities", False),
    ],
)
def test_one_error_in_a_long_word_is_forgiven(typed, word, expected):
    assert nearly(typed, word) is expected


def test_every_word_must_fit_but_small_ones():
    of_quality = finder("Higher quality")
    assert of_quality("is the quality higher") == ("Higher quality",)
    assert of_quality("lower quality") == ()
    assert of_quality("is the") == ()
    assert finder("With whom?")("with") == ("With whom?",)
    for nothing in ("", "  ", "?!", "…"):
        assert of_quality(nothing) == ()


@pytest.mark.parametrize(
    ("typed", "text", "parts"),
    [
        ("citizen", "Citizens’ influence", [("Citizens", True), ("’ influence", False)]),
        ("the hojere", "Den højere", [("Den ", False), ("højere", True)]),
        ("inovation", "An innovation", [("An ", False), ("innovation", True)]),
        ("ai", "Aim: AI", [("Aim: ", False), ("AI", True)]),
        ("", "AI", [("AI", False)]),
    ],
)
def test_the_words_that_fit_are_marked(typed, text, parts):
    assert list(marked(typed, text)) == parts
