"""Changes over editions on slides, read back with python-pptx."""

from __future__ import annotations

from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.years import year_of
from dashboard.text import texts, verdicts
from tests.support.slides import (
    charts,
    is_xy,
    lines,
    made,
    marked,
    points,
)
from tests.support.views import loc, show


def test_a_figure_in_doubt_has_its_mark_over_the_years_too() -> None:
    slides = made(show("concept=innovative_workplaces&view=change")).slides
    assert "76% ?" in [line for slide in slides for line in lines(slide.shapes)]


def test_a_line_over_the_years_has_a_gap_at_each_break() -> None:
    shown = show("theme=collaboration&country=DK&view=change")
    (section,) = shown.sections
    broken = [step for step in section.edition_steps if step.broken]
    slides = made(shown).slides
    gaps = 0
    for slide in slides:
        for chart in charts(slide):
            assert is_xy(chart)
            for series in marked(chart):
                up = points(series, "c:yVal")
                gaps += len(range(max(up))) + 1 - len(up)
    # A way that passes over an edition is a dashed line of its own.
    assert gaps == sum(step.broken or bool(step.skipped) for step in section.edition_steps)
    assert broken
    signs = [text for slide in slides for text in lines(slide.shapes) if text.startswith("//")]
    assert signs.count("// not comparable") == len(slides)
    signs = [text for text in signs if text != "// not comparable"]
    told = [text for text in signs if "  " in text]
    assert len(signs) - len(told) == len(broken)
    for reason in (reason for step in broken for reason in texts.reasons_of_break(loc(), step)):
        assert any(f" {reason[:1].upper()}{reason[1:]}" in text for text in told)
    spoken = " ".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert all(texts.broken(loc(), step) in spoken for step in broken)


def test_a_line_that_alone_reaches_the_newest_edition_has_its_name_in_a_plot_as_wide_as_the_others() -> (
    None
):
    first, *_ = made(show("theme=collaboration&view=change")).slides
    wide = {shape.width // Pt(1) for shape in first.shapes if shape.has_chart}
    assert len([shape for shape in first.shapes if shape.has_chart]) == 2
    assert max(wide) - min(wide) <= 1


def test_plots_beside_each_other_on_a_slide_are_equally_wide() -> None:
    slides = made(show("theme=innovation&view=change")).slides
    beside = [[shape.width for shape in each.shapes if shape.has_chart] for each in slides]
    assert max(map(len, beside)) == 3
    for wide in beside:
        assert max(wide) - min(wide) <= Pt(1)


def test_years_stand_alike_on_every_slide_of_one_country() -> None:
    slides = made(show("theme=collaboration&view=change")).slides
    axes = [chart.category_axis for slide in slides for chart in charts(slide)]
    assert len(slides) == 3
    assert len({(axis.minimum_scale, axis.maximum_scale) for axis in axes}) == 1 < len(axes)


def test_only_what_passes_over_an_edition_is_dashed_over_the_years() -> None:
    shown = show("theme=innovation&view=change")
    (section,) = shown.sections
    drawn = [
        dash.get("val")
        for slide in made(shown).slides
        for group in slide.shapes
        if hasattr(group, "shapes") and group.name.startswith("Remarks: ")
        for dash in group._element.iter(qn("a:prstDash"))
    ]
    skipped = [step for step in section.edition_steps if step.skipped]
    assert drawn == ["dash"] * len(skipped) != []


def test_a_figure_in_doubt_has_the_shape_of_its_mark_in_the_key() -> None:
    (first, *_) = made(show("theme=collaboration&view=change")).slides
    (key,) = (shape for shape in first.shapes if shape.name == "Legend")
    shapes = [shape for shape in key.shapes if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
    assert shapes[0].auto_shape_type == MSO_SHAPE.OVAL
    drawn = {
        symbol.get("val")
        for chart in charts(first)
        for symbol in chart._chartSpace.iter(qn("c:symbol"))
    }
    assert drawn - {"none"} == {"circle"}


def test_the_last_figure_of_an_earlier_edition_stands_at_its_mark() -> None:
    def texts_at(shapes) -> dict[str, float]:
        """Text -> its right edge; the newest figure ends at its own mark."""
        found: dict[str, float] = {}
        for shape in shapes:
            if hasattr(shape, "shapes"):
                found |= texts_at(shape.shapes)
            elif shape.has_text_frame:
                found[" ".join(shape.text_frame.text.split())] = (shape.left + shape.width) / Pt(1)
        return found

    first, *_ = made(show("theme=collaboration&view=change")).slides
    at = texts_at(first.shapes)
    assert at["21% ?"] + 20 < at["16% All sectors"]


def test_a_break_stands_midway_between_the_editions_between_which_something_changed() -> None:
    first, *_ = made(show("theme=collaboration&view=change")).slides
    held = [each for shape in first.shapes if hasattr(shape, "shapes") for each in shape.shapes]
    middles: dict[str, list[float]] = {}
    for each in held:
        if each.has_text_frame:
            middle = (each.left + each.width / 2) / Pt(1)
            middles.setdefault(each.text_frame.text, []).append(middle)
    # Both charts have the same axis of years; the second has no figure of 2018–19.
    start, begin = sorted(middles["2013–14"])
    before, (after,) = min(middles["2015–16"]), middles["2018–19"]
    (sign,), (other,) = middles["//a"], middles["//b"]
    assert abs(sign - (before + after) / 2) < 3
    assert abs((other - begin) - (sign - start)) < 3


def test_no_level_line_passes_through_a_figure_that_has_another_place() -> None:
    first, *_ = made(show("theme=collaboration&view=change")).slides
    under = {
        "".join(each.text or "" for each in label.iter(qn("a:t"))): label.find(qn("c:dLblPos")).get(
            "val"
        )
        for label in charts(first)[0]._chartSpace.iter(qn("c:dLbl"))
        if label.find(qn("c:dLblPos")) is not None
    }
    # 69% has the line of 75% over it.
    assert under["69%"] == "b"
    assert under["79%"] == "t"


def test_the_key_of_a_change_shows_its_marks_as_they_stand() -> None:
    """An interval upright, an open diamond where only the management answered with doubt."""
    for slide in made(show("theme=innovation&view=change")).slides:
        key = next((each for each in slide.shapes if each.name == loc().t("Legend")), None)
        for shape in key.shapes if key else ():
            thin = shape.shape_type == MSO_SHAPE_TYPE.LINE and shape.line.width < Pt(4)
            if thin and not shape.line.dash_style:
                assert shape.height or shape.width <= Pt(6)
    (slide, *_) = made(show("country=NL&theme=innovation&view=change")).slides
    (key,) = (each for each in slide.shapes if each.name == loc().t("Legend"))
    assert "in doubt" in lines(key.shapes)
    marks = [
        shape.auto_shape_type
        for shape in key.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
    ]
    assert marks == [MSO_SHAPE.DIAMOND]


def test_where_lines_could_meet_a_chart_has_more_room() -> None:
    """Three charts stand side by side where each has one line, and no more than two where one has several."""
    beside = set()
    for slide in made(show("theme=innovation~collaboration&view=change")).slides:
        held = charts(slide)
        several = max(len(marked(chart)) for chart in held) > 1
        beside.add((several, len(held)))
    assert max(count for several, count in beside if several) == 2
    assert max(count for several, count in beside if not several) == 3


def test_every_entry_of_a_key_of_changes_has_a_sample() -> None:
    """Beside each text stands a mark, but at the sign of a break, which is one."""
    for slide in made(show("theme=innovation~collaboration&view=change")).slides:
        for key in (each for each in slide.shapes if each.name == "Legend"):
            said = [each for each in key.shapes if each.has_text_frame and each.text_frame.text]
            samples = [each for each in key.shapes if each not in said]
            for text in said:
                before = text.left - Pt(12), text.left
                assert text.text_frame.text.startswith("//") or any(
                    before[0] <= each.left + each.width <= before[1]
                    and text.top <= each.top + each.height / 2 <= text.top + text.height
                    for each in samples
                )


def test_a_slide_says_once_that_not_all_are_shares_of_the_same_thing() -> None:
    said = verdicts.shares_differ(loc())
    slides = made(show("theme=innovation&view=change")).slides
    times = [" ".join(lines(slide.shapes)).count(said) for slide in slides]
    assert max(times) == 1


def test_a_first_figure_that_a_break_parts_from_its_line_has_its_name_where_others_stand() -> None:
    first, *_ = made(show("theme=collaboration&view=change")).slides
    alone, several = charts(first)
    labels = [
        [
            "".join(each.text or "" for each in label.iter(qn("a:t")))
            for label in chart._chartSpace.iter(qn("c:dLbl"))
        ]
        for chart in (alone, several)
    ]
    assert "22% All sectors" in labels[1]
    # So that no figure beside it is taken for one of its line.
    assert "20% Municipal" in labels[1]
    assert not any("All sectors" in text for text in labels[0])


def test_each_side_of_a_break_has_a_level_stub() -> None:
    _, second, _ = made(show("theme=collaboration&view=change")).slides
    stubs = [
        each
        for shape in second.shapes
        if hasattr(shape, "shapes")
        for each in shape.shapes
        if each.shape_type == MSO_SHAPE_TYPE.LINE and not list(each._element.iter(qn("a:prstDash")))
    ]
    assert len(stubs) == 4
    assert all(each.height == 0 for each in stubs)


def test_a_key_says_that_marks_stand_side_by_side_where_they_do() -> None:
    told = []
    for query in ("theme=drivers&view=change&by=indicator", "theme=innovation&view=change"):
        shown = show(query)
        years = {year_of(value) for value in shown.sections[0].values}
        for slide in made(shown).slides:
            keys = (each for each in slide.shapes if each.name == loc().t("Legend"))
            said = [text for key in keys for text in lines(key.shapes)]
            held = [
                x
                for chart in charts(slide)
                for series in marked(chart)
                for x in points(series, "c:xVal").values()
            ]
            aside = any(all(abs(x - (year or 0)) > 0.001 for year in years) for x in held)
            assert ("marks side by side: figures of the same year" in said) == aside
            told.append(aside)
    assert {True, False} == {*told}
