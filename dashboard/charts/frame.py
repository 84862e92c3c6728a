"""What stands around the chart of a picture: above it title and unit, below it what to take care of and where it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from dashboard.charts import care, omissions, registry
from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.roles import CARE, INK, QUIET, Role
from dashboard.charts.sheet import Sheet
from dashboard.charts.text import headed, width, wrap
from dashboard.query import Respondents, Section, View
from dashboard.text import Localizer, comparisons, key, lead, pictures, statements, texts, verdicts
from dashboard.text.statements import Statement

_LINES, _CAUTION = 2, (2, 3)
"""Lines of a unit and of most titles; of what to take care of, the more where marks would stay unexplained."""
_FIGURE, _PERIOD = re.compile(r" (?=\(?\d)"), re.compile(r" (?=\(\d|%)")
"""What stands before a figure or its period, which begin no line of a title; where that takes too many lines, before a period."""
_ALIKE = "interval", "range", "covered", "wall", "worded"
"""Signs of a key that every picture explains in the same words."""
_EDGE = 4
"""Pixels of the amber edge of what must be taken care of."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a picture of a section, which may show less than all of it."""

    view: View
    whole: Section
    loc: Localizer
    address: str
    """Full address of the view."""
    sheet: Sheet
    told: Statement
    """What the theme of the section finds."""

    def head(self, canvas: Canvas, section: Section) -> tuple[float, str, str]:
        """Draw title and unit; returns the y at which the chart begins, the title, and what both say."""
        sheet, loc = self.sheet, self.loc
        y = sheet.edge * 0.6
        title = self._title(section, canvas.width)
        for line in title:
            y = _block(canvas, y, line, sheet.title, bold=True)
        unit = lead.unit(loc, self.view, section, of_all=True)
        countries = {each.country for each in section.all_respondents}
        if len(countries) == 1:
            name = loc.label("country", *countries)
            unit = unit if name in " ".join([*title, unit]) else f"{unit} · {name}"
        if self.is_titled(section) or self._has_parts_alike(section):
            # The chart has no heading that could say it, or would say it over each of its panels.
            unit = texts.joined(unit, *_population(loc, section))
        unit = self._about(section, " ".join(title), unit, canvas.width)
        if unit:
            y = _block(canvas, y + sheet.unit * 0.2, unit, sheet.unit, QUIET)
        said = " ".join([*title, unit]).replace("\u00a0", " ")
        return y + sheet.unit * 0.8, " ".join(title), said

    def _about(self, section: Section, title: str, unit: str, room: float) -> str:
        """The line under the ``title``, which begins with what the picture is about where the title says one of its indicators."""
        loc = self.loc
        if question := self._question(section, title):
            asked = texts.joined(question, unit)
            # Who answered and when stands over the bars as well.
            short = texts.joined(question, unit.split(", ")[0])
            least = len(wrap(unit, self.sheet.unit, room))
            return asked if len(wrap(asked, self.sheet.unit, room)) <= least else short
        if not pictures.says_one(loc, self.view, section, title, self.told):
            # What the title leaves out of its row.
            longer = texts.joined(unit, pictures.beside(loc, self.view, section))
            return longer if len(wrap(longer, self.sheet.unit, room)) <= _LINES else unit
        begun = (
            pictures.of_countries(loc, self.view, section),
            loc.label("theme", section.theme),
        )
        fitting = (texts.joined(each, unit) for each in begun)
        # On a preview or a narrow sheet a row is worth more than a second line.
        roomy = self.sheet.explains and self.sheet.heading <= _LINES
        most = _LINES if roomy else len(wrap(unit, self.sheet.unit, room))
        return next(
            (each for each in fitting if len(wrap(each, self.sheet.unit, room)) <= most), unit
        )

    def _question(self, section: Section, title: str) -> str:
        """The only question of a preview whose bars are stacks of its answers, so that they take the width; blank where the
        ``title`` is its name, and where groups of respondents have a bar each: captions over them would be too high."""
        stacks = registry.chart_of(self.view.selection).stacks_answers
        alone = len(section.rows) == 1 == len({value.population for value in section.values})
        if self.sheet.explains or not stacks or not alone:
            return ""
        name = self.loc.header(section.rows[0].header)
        return "" if name in title.replace("\u00a0", " ") else name

    def is_titled(self, section: Section) -> bool:
        """Whether the title says what the only panel of a change over editions shows."""
        alone = len(section.panels) == len({value.measure for value in section.values}) == 1
        return alone and bool(pictures.course(self.loc, self.view, section))

    def _has_parts_alike(self, section: Section) -> bool:
        """Whether a change over editions shows several indicators of one country, all of one sector."""
        joined = registry.chart_of(self.view.selection).joins_editions
        alone = len(section.panels) == 1 and isinstance(section.panels[0].header, Respondents)
        several = len({value.measure for value in section.values}) > 1
        return joined and alone and several and len({v.population for v in section.values}) == 1

    def foot(
        self,
        canvas: Canvas,
        y: float,
        section: Section,
        title: str,
        least: float,
        *,
        brief: bool = False,
        outlined: bool = True,
    ) -> float:
        """Draw what stands below a chart with a ``title`` that ends at ``y``, at the bottom of a picture ``least`` pixels high; returns
        its height. ``brief``: of breaks the chart says that the address tells more; ``outlined`` as of ``_caution``."""
        sheet, room = self.sheet, canvas.width
        warning = self._warning(section, title)
        indent = 3 * _EDGE if warning else 0
        addressed = brief and any(step.broken for step in section.edition_steps)
        drawn = omissions.drawn(self.whole, section)
        left = pictures.left_out(self.loc, drawn, addressed=addressed)
        told = warning, section, left, canvas, room - indent
        caution = self._caution(*told, outlined=outlined)
        origin = self._origin(section, room, more=bool(left))
        gap = sheet.foot * 0.4 if caution else 0.0
        tall = gap + LEADING * (len(caution) * sheet.caution + len(origin) * sheet.foot)
        y = max(y, least - tall - sheet.edge * 0.5)
        below = y
        for line in caution:
            below = _block(canvas, below, line, sheet.caution, x=indent)
        if warning:
            canvas.box(0, y + 1, _EDGE, below - 1, CARE)
        below += gap
        for line in origin:
            below = _block(canvas, below, line, sheet.foot, QUIET)
        return below + sheet.edge * 0.5

    def _title(self, section: Section, room: float) -> list[str]:
        """What the page has as its heading, in fewer words or what the picture is about where that takes too many lines."""
        size, titles = self.sheet.title, pictures.titles(self.loc, self.view, section, self.told)
        tied = [each for title in titles for each in _tied(title)]
        stated = pictures.is_stated(self.loc, self.view, section, self.told)
        most_lines = _LINES if stated else self.sheet.heading
        for most, each in product(range(_LINES, most_lines + 1), tied):
            lines = headed(each, size, room)
            # No figure is broken in two.
            if len(lines) <= most and all(
                width(word, size, bold=True) <= room for word in each.split(" ")
            ):
                return lines
        about = pictures.of_countries(self.loc, self.view, section)
        return headed(about, size, room, lines=self.sheet.heading)

    def _warning(self, section: Section, title: str) -> str:
        """What to take care of under a ``title``; blank for nothing."""
        chart = registry.chart_of(self.view.selection)
        unlike = care.unlike(self.loc, chart, section)
        told = comparisons.in_picture if chart.on_lines else chart.caution
        own = told(self.loc, section)
        found = pictures.stated(self.loc, self.view, section, self.told)
        holds = "" if chart.on_lines else statements.holds(self.loc, found, section, title)
        return " ".join(filter(None, (unlike, holds, own)))

    def _alone(self) -> str:
        """How many figures stand on no line of a comparison; blank elsewhere and for none."""
        compares = registry.chart_of(self.view.selection).compares
        return comparisons.off_lines(self.loc, self.whole) if compares else ""

    def _caution(
        self,
        warning: str,
        section: Section,
        left: str,
        canvas: Canvas,
        room: float,
        *,
        outlined: bool,
    ) -> list[str]:
        """The lines of the first text: what to take care of, what is ``left`` out, how all marks on the ``canvas`` are to be read;
        not ``outlined``: without what outlines are beside figures that say it in words, where that takes a further line."""
        lines = self._told(warning, section, left, canvas, room)
        if outlined or all(value.observation.qualifier == "exact" for value in section.values):
            return lines
        fewer = self._told(warning, section, left, canvas, room, outlined=False)
        return fewer if len(fewer) < len(lines) else lines

    def _told(
        self,
        warning: str,
        section: Section,
        left: str,
        canvas: Canvas,
        room: float,
        *,
        outlined: bool = True,
    ) -> list[str]:
        """The same, ``outlined`` with what outlines are wherever it can be said; the first in fewer words where there is no room."""
        drawn = replace(self.view.selection, intervals=canvas.has_intervals)
        chart, thresholds = registry.chart_of(drawn), self.view.thresholds
        # Where marks cover intervals, the key says so.
        keyed = self.view.selection if chart.mark_reach(section) else drawn
        entries = chart.key(self.loc, section, keyed, thresholds)
        if not drawn.intervals:
            entries = pictures.covered(self.loc, section, entries)
        if not canvas.has_walls:
            entries = tuple(each for each in entries if each.sign != "wall")
        only_inexact = chart.sample != "tile" and not chart.opens_doubts
        hatches = chart.sample == "bar"
        # An outline that stands for two things explains neither.
        in_doubt = any(each.sign == "doubt" for each in entries)
        in_words = chart.sample == "tile" and in_doubt and not canvas.has_signs
        in_words |= chart.opens_doubts and chart.wording == "words"
        in_words |= not (outlined or canvas.has_signs or chart.stacks_answers)
        kinds = {
            "only_inexact": only_inexact,
            "hatches": hatches,
            "in_words": in_words,
            "in_signs": canvas.has_signs,
        }
        marks = pictures.marks(self.loc, section, entries, **kinds)
        differ = texts.bases_differ(self.loc, section)
        signed = verdicts.apart_in_brief(self.loc, section)
        unlike = signed or (verdicts.shares_differ(self.loc) if differ else warning)
        short = chart.short_caution(self.loc, section) or unlike
        bare = replace(drawn, intervals=False)
        reading = chart.reading(self.loc, section, bare, thresholds, worded=False)
        # What lines and outlines are is said alike on every sheet.
        across = [each for each in entries if each.sign in _ALIKE]
        reading = f"{reading} {pictures.marks(self.loc, section, across, **kinds)}"
        thick = key.thick(self.loc) if canvas.has_thick else ""
        own = chart.note_in_picture(self.loc, section, signs=canvas.has_signs)
        bounds = f"{key.bounds(self.loc)}." if canvas.has_bounds else ""
        own = " ".join(filter(None, (own, thick, bounds)))
        shapes = chart.note_on_marks(self.loc, section) if chart.draws_diamonds(section) else ""
        marks = " ".join(filter(None, (marks, own, shapes)))
        alone = self._alone()
        few, most = _CAUTION
        fuller = ((warning, alone, left, f"{reading.strip()} {own}".strip()),)
        full = (warning, alone, left, marks), (warning, left, marks)
        brief = ((short, left, marks),)
        # Reasons for care take more lines before they give way, most where a sheet grows.
        cautious = chart.on_lines or self.sheet.tallest
        allowance = range(most, (self.sheet.reasons if cautious else most) + 1)
        reasons = ((allowed, each) for each in full for allowed in allowance)
        # A preview of stacks has room for one line before it has none for its theme's first indicator.
        low = () if self.sheet.explains or not chart.stacks_answers else (*full, *brief)
        tried = (
            *((1, each) for each in low),
            *((few, each) for each in fuller if self.sheet.explains),
            *reasons,
            *product(_CAUTION, brief),
        )
        for allowed, parts in tried:
            lines = wrap(" ".join(filter(None, parts)), self.sheet.caution, room)
            if len(lines) <= allowed:
                return lines
        return wrap(" ".join(filter(None, (short, left, marks))), self.sheet.caution, room)

    def _origin(self, section: Section, room: float, *, more: bool) -> list[str]:
        """The lines of the second text: publishers as far as there is room, site, release and address, where ``more`` stands."""
        loc, size = self.loc, self.sheet.foot
        whole = self.address.partition("://")[2].removesuffix("/")
        page = whole.partition("?")[0].removesuffix("/")
        site = texts.imprint(loc, self.view, "").rstrip(" ·")
        names = pictures.publishers(loc, section)
        counts, addresses = range(len(names), 0, -1), dict.fromkeys((whole, page))
        # The query gives way before a publisher does, but not where more stands at the address.
        tried = [(count, each) for count in counts for each in addresses]
        if more:
            tried = [(count, each) for each in addresses for count in counts]
        for most, address in tried:
            sources, imprint = (
                pictures.sources(loc, names, most),
                texts.imprint(loc, self.view, address),
            )
            for first, *rest in (
                (f"{sources} {imprint}",),
                (sources, imprint),
                (f"{sources} {site}", address),
                (sources, site, address),
            ):
                lines = [*(wrap(first, size, room) if rest else [first]), *rest]
                if len(lines) <= self.sheet.origin and all(
                    width(line, size) <= room for line in lines
                ):
                    return lines
        sources = pictures.sources(loc, names, 1)
        return [
            line for part in (sources, page) for line in wrap(part, size, room, lines=1) if line
        ]


def _tied(title: str) -> tuple[str, str]:
    """A title no line of which begins with a figure or its period, and where that takes too many lines, none with a period."""
    return _FIGURE.sub("\u00a0", title), _PERIOD.sub("\u00a0", title.replace("\u00a0", " "))


def _population(loc: Localizer, section: Section) -> list[str]:
    """The one population that all figures are about."""
    found = dict.fromkeys(loc.header(value.population) for value in section.values)
    return list(found) if len(found) == 1 else []


def _block(
    canvas: Canvas,
    y: float,
    content: str,
    size: float,
    colour: Role = INK,
    *,
    x: float = 0.0,
    bold: bool = False,
) -> float:
    """Text of at most two lines ``size`` pixels high, whose top is at ``y``; returns the y below."""
    scaled = size / canvas.zoom.factor
    return canvas.block(x, y, content, canvas.width - x, scaled, colour, bold, _LINES)
