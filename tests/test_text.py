"""Texts on a sheet fit their room and read as they were written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.text import balanced, parted, width, wrap


# A dot between two parts ends no line: see below.
@given(
    st.text(st.characters(exclude_characters="·"), max_size=120),
    st.floats(8, 30),
    st.floats(40, 600),
    st.booleans(),
)
def test_wrapped_lines_fit_their_room_and_lose_nothing(text, size, room, bold):
    lines = wrap(text, size, room, bold)
    assert all(width(line, size, bold) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_the_sign_of_few_answers_is_as_wide_as_a_digit():
    """As the typefaces of the stack have it: 0.556."""
    assert 2 * 0.556 <= width("††", 1) <= 2 * 0.6


def test_a_no_break_space_holds_its_words_together():
    assert wrap("about 79\u00a0% of them", 10, width("about 79", 10)) == [
        "about",
        "79\u00a0% of",
        "them",
    ]


@given(st.text(max_size=200), st.floats(8, 30), st.floats(40, 600), st.integers(1, 4))
def test_a_text_cut_to_some_lines_fits_and_says_that_it_goes_on(text, size, room, lines):
    cut, whole = wrap(text, size, room, lines=lines), wrap(text, size, room)
    assert len(cut) == min(lines, len(whole))
    assert all(width(line, size) <= room for line in cut)
    assert cut == whole if len(whole) <= lines else cut[-1].endswith("…")


def test_a_dot_between_two_parts_ends_and_begins_no_line():
    assert wrap("Denmark: 2021–23 · Norway: 2016–17", 12, 120) == [
        "Denmark: 2021–23",
        "Norway: 2016–17",
    ]
    assert wrap("Denmark · Norway", 12, 200) == ["Denmark · Norway"]


def test_what_percentages_are_of_keeps_together_where_that_takes_no_more_lines():
    share = "Denmark 2018–19: % of innovations"
    room = width(f"{share} ·", 12)
    text = "Denmark 2018–19: %\u00a0of innovations\u00a0· Iceland 2016–18: %\u00a0of workplaces"
    assert len(wrap(text, 12, room)) == 2
    assert [line.replace("\u00a0", " ") for line in parted(text, 12, room)] == [
        share,
        "Iceland 2016–18: % of workplaces",
    ]
    assert parted("one · two", 12, 200) == ["one · two"]


def test_lines_of_about_one_length_break_no_word() -> None:
    name = "Kunskapsinstitutioner (samarbete)"
    room = width(name, 15, bold=True) - 1
    assert balanced(name, 15, room, bold=True) == name.split(" ")
    assert balanced("a lone orphan at an end", 10, width("a lone orphan at an", 10)) == [
        "a lone orphan",
        "at an end",
    ]
