"""A section of the View as a drawing: for the page, and as a picture of a given size with title and sources."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from math import inf

from dashboard.charts import low_rows, registry, thin, to_show, told
from dashboard.charts.canvas import Canvas, TooTall, Zoom
from dashboard.charts.context import ChartContext, Scale
from dashboard.charts.cut import Cutter
from dashboard.charts.drawing import Drawing
from dashboard.charts.edition_sheets import high_enough
from dashboard.charts.frame import Frame
from dashboard.charts.made import Made
from dashboard.charts.sheet import SHEETS, Sheet, screen
from dashboard.query import Panel, Row, Section, View
from dashboard.text import Localizer, missing, pictures
from dashboard.text.file_names import picture_name

SCREEN = "screen"
"""Name of the size that is as wide as the chart on the page and as tall as needed."""
NARROWEST, USUAL, WIDEST = 280.0, 960.0, 2400.0
"""Pixels of the chart of a page: the least, those where nobody says how wide it is, the most."""
_SPARE = 8
"""Pixels (at scale 1) of the ground below a chart that a foot does not need."""
_AIR = (1.0, 6.0)
"""Times the usual ground between rows that a picture has at least and at most."""
_CLOSE = (0.8, 6.0)
"""The same of a chart whose rectangles or stacks part its rows."""
_CLOSER = 0.75
"""Of the least ground, what is left where the foot then has a line for what outlines are."""
_ROOMY = 2.0, 0.7
"""A chart grows that with so many times the usual ground between its rows fills less than this share of its sheet."""
_COMPARED = 1.0, 1.0
"""The same of comparisons, whose few lines would stand far apart: larger type before ground."""
_HOPELESS = 2.5
"""Times the height of a sheet from which on no shorter words and no denser type make everything fit: type becomes a tenth smaller
at most, and so at most half as many lines."""
_JOINED, _LOW, _GROWS = (0.62, 3.0), 0.3, (0.96, 1.25)
"""The same of a change over editions: its plots are that much lower or higher; how low where a foot explains nothing; how low, and how
high before the sheet ends, where that grows."""
_EVEN = 4.0, 3.0, 2.0
"""Lines of type up to which all rows of a table are equally high, those that are tried first first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: its drawing, a file name, and what of the section it draws."""

    drawing: Drawing
    name: str
    section: Section
    density: float = 1.0
    """Its resolution, in times of 96 pixels to the inch."""


def drawing(
    view: View,
    section: Section,
    loc: Localizer,
    width: float,
    *,
    introduced: bool = False,
    scale: Scale | None = None,
) -> Drawing:
    """The chart of a section for the page, ``width`` CSS pixels wide and as tall as it needs to be.

    ``introduced``: the page says whose figures these are, and from which surveys. ``scale``: see ``shared_scale``.
    """
    canvas, section = Canvas(width), to_show.on_page(loc, view, section)
    context = ChartContext(
        canvas,
        section,
        loc,
        view.selection,
        introduced=introduced,
        scale=scale,
        leads=to_show.leads(loc, view, section),
    )
    return canvas.drawing(_body(context, 0.0))


def _body(context: ChartContext, y: float) -> float:
    """Legend and panels; returns the y below."""
    canvas, section = context.canvas, context.section
    if not section.panels:
        why = missing.single_editions(context.loc, section)
        return canvas.block(0, y, why, canvas.width, 12) + canvas.px(8)
    return registry.chart_of(context.selection).draw(context, y)


def picture(
    view: View,
    section: Section,
    loc: Localizer,
    address: str,
    size: str = "slide",
    width: float = USUAL,
) -> Picture:
    """A picture of a size (a name of ``SHEETS``, or screen) in the type of that size; ``width`` is that of the page's chart.

    What does not fit is left out and counted (see ``cut``). Only where one row and panel are too much it is taller than its sheet.
    """
    sheet = screen(width) if size == SCREEN else SHEETS[size]
    chart = registry.chart_of(view.selection)
    section = to_show.as_drawn(view, section)
    found = pictures.of_theme(loc, view, section)
    draw = _Drawn(Frame(view, section, loc, address, sheet, found))
    name = picture_name(view, section, size)
    if not sheet.height:
        return Picture(draw(section), name, section)
    cutter = to_show.cutter(loc.dataset, view, section, sheet, pictures.named(loc, view, section))
    whole = to_show.whole(cutter, view, section, sheet)
    roomy = _COMPARED if chart.on_lines else _ROOMY
    on_sheet = _OnSheet(
        partial(draw, outlined=chart.joins_editions),
        sheet,
        chart.joins_editions,
        roomy,
        dense_for_more=chart.dense_for_more,
    )
    if to_show.parts_may_go(cutter, view, whole) and not on_sheet.has_room(whole):
        whole = cutter.wholes_and_partners(whole)
    fitting = partial(on_sheet.fitting, cutter)
    made, shown = fitting(whole)
    if cutter.names(shown) < cutter.names(whole):
        # What the title names stays before sectors beside it.
        other, left = fitting(to_show.of_title(cutter, whole))
        if cutter.names(left) > cutter.names(shown):
            made, shown = other, left
    fewer = to_show.of_several(cutter, whole) if to_show.chooses(chart, sheet) else None
    if fewer:
        other, left = fitting(fewer)
        if to_show.is_richer(cutter, whole, left, shown):
            made, shown = other, left
    if to_show.parts_may_go(cutter, view, whole):
        made, shown = low_rows.wider(cutter, whole, (made, shown), fitting)
    if to_show.thin_may_go(cutter, view):
        made, shown = thin.fuller(cutter, whole, (made, shown), fitting)
    return Picture(made(), name, shown, sheet.density)


@dataclass(frozen=True, slots=True)
class _OnSheet:
    """A chart on a sheet of its own height."""

    draw: Callable[..., Drawing]
    sheet: Sheet
    joins_editions: bool
    roomy: tuple[float, float]
    """Times the usual ground between rows of a chart larger than usual, and the share of the sheet's height that it may take."""
    dense_for_more: bool
    low: float = 0.0
    """Times their usual height that plots of a change over editions have at least on a sheet that grows; 0 where they are high."""

    def fitting(self, cutter: Cutter, whole: Section) -> Made:
        """What draws as much of a section as has room, and what that is.

        What stands below a chart is said shortly before any figure gives way, and type becomes dense where that keeps
        everything, or of a chart that says so a figure; one that leaves room grows.
        """
        if self.joins_editions:
            made, shown = self._over_years(cutter, whole)
            return (lambda: made), shown
        draw = partial(self.draw, even=0.0) if self.dense_for_more else self.draw
        tall = draw(whole, air=self._air[0]).height
        if tall > self._tallest:
            draw = partial(draw, brief=True)
        hopeless = tall > self._tallest * _HOPELESS
        shown = self._cut(draw, cutter, whole, hopeless=hopeless)
        if shown != whole and self.sheet.dense < self.sheet.factor:
            dense = partial(draw, factor=self.sheet.dense)
            if not hopeless and self._fits(dense, whole):
                return partial(self._evened, dense, whole), whole
            if self.dense_for_more or cutter.names(shown) < cutter.names(whole):
                more = self._cut(dense, cutter, whole, hopeless=hopeless)
                if self._is_better(draw, cutter, more, shown):
                    return partial(self._evened, dense, more), more
        air, filled = self.roomy
        for factor in self.sheet.grown:
            larger = partial(draw, factor=factor)
            if larger(shown, air=air).height <= self.sheet.height * filled:
                return partial(self._evened, larger, shown), shown
        return partial(self._evened, draw, shown), shown

    def _evened(self, draw: Callable[..., Drawing], shown: Section) -> Drawing:
        """What is drawn of a section as tall as its sheet, with rows as equally high as has room."""
        tried = (partial(draw, even=lines) for lines in _EVEN if self.dense_for_more)
        even = next((each for each in tried if self._fits(each, shown)), draw)
        return self._aired(even, shown)

    def _over_years(self, cutter: Cutter, whole: Section) -> tuple[Drawing, Section]:
        """The same of a change over editions: on a sheet that grows plots are high before there are more of them, and low before a
        country has none."""
        made, shown = self._untangled(cutter, whole)
        countries = told.countries(shown.values)
        if self.sheet.tallest and countries < told.countries(whole.values):
            for low in (_JOINED[0], _LOW):
                lower = replace(self, low=low)._untangled(cutter, whole)
                if told.countries(lower[1].values) > countries:
                    return lower
        return made, shown

    def _untangled(self, cutter: Cutter, whole: Section) -> tuple[Drawing, Section]:
        """The same of a change over editions, without the lines whose breaks lie on another."""
        made, shown = self._small_panels(cutter, whole)
        while gone := made.crowded - set(cutter.named):
            whole = cutter.without_figures(whole, gone)
            made, shown = self._small_panels(cutter, whole)
        return made, shown

    def _is_better(
        self, draw: Callable[..., Drawing], cutter: Cutter, more: Section, shown: Section
    ) -> bool:
        """Whether what dense type has room for is better than what is shown: it has more of what the title names, the first
        indicator, more figures where charts are dense for such, or the same on the sheet and not taller."""
        named, before = cutter.names(more), cutter.names(shown)
        if not self.dense_for_more or named < before:
            return named > before
        leads = cutter.leads(more.values) > cutter.leads(shown.values)
        too_tall = more == shown and not self._fits(draw, shown)
        return leads or too_tall or len(more.values) > len(shown.values)

    def _small_panels(self, cutter: Cutter, whole: Section) -> tuple[Drawing, Section]:
        """The same of a change over editions: its panels are small before one gives way, and one gives way before what is said of
        breaks does; that is said shortly where plots would be low."""
        sheet = self.sheet
        factors = sorted({sheet.factor, sheet.dense}, reverse=True)
        sizes = [partial(self.draw, factor=factor) for factor in factors]
        shown = self._cut(sizes[-1], cutter, whole)
        if not sheet.explains or not self._fits(sizes[-1], shown):
            sizes = [*sizes, partial(sizes[-1], brief=True)]
            shown = self._cut(sizes[-1], cutter, whole)
        draw = next((draw for draw in sizes if self._fits(draw, shown)), sizes[-1])
        short = partial(sizes[-1], brief=True)
        made, preview = self._aired(draw, shown), not sheet.explains
        return high_enough(made, lambda: self._aired(short, shown), preview=preview), shown

    def _cut(
        self,
        draw: Callable[..., Drawing],
        cutter: Cutter,
        whole: Section,
        *,
        hopeless: bool = False,
    ) -> Section:
        """As much of a section as fits; ``hopeless`` where that is known not to be all of it."""

        def fits(shown: Section) -> bool:
            return not (hopeless and shown == whole) and self._fits(draw, shown)

        return cutter.fitting(whole, fits, joins_editions=self.joins_editions)

    def has_room(self, whole: Section) -> bool:
        """Whether all of a section fits as it is usually drawn."""
        return self._fits(self.draw, whole)

    def _fits(self, draw: Callable[..., Drawing], shown: Section) -> bool:
        try:
            return draw(shown, air=self._air[0], most=self._tallest).height <= self._tallest
        except TooTall:
            return False

    @property
    def _tallest(self) -> int:
        return self.sheet.tallest or self.sheet.height

    @property
    def _air(self) -> tuple[float, float]:
        if self.joins_editions:
            # A small picture has no room for as high plots.
            least = _GROWS[0] if self.sheet.tallest else _JOINED[0]
            return (self.low or least) if self.sheet.explains else _LOW, _JOINED[1]
        return _CLOSE if self.dense_for_more else _AIR

    def _aired(self, draw: Callable[..., Drawing], section: Section) -> Drawing:
        """The drawing as tall as its sheet, the room that is left between its rows as far as that does good; what outlines are has a
        line of its own where no row gives way for it."""
        low, high = self._air
        outlined = partial(draw, outlined=True)
        tried = () if self.joins_editions else (low, low * _CLOSER)
        fits = (each for each in tried if outlined(section, air=each).height <= self._tallest)
        if close := next(fits, 0.0):
            draw, low = outlined, close
        usual = _GROWS[1] if self.joins_editions and self.sheet.tallest else 1.0
        tall = min(max(draw(section, air=usual).height, self.sheet.height), self._tallest)
        least = draw(section, air=low).height
        more = draw(section, air=high).height - least
        # Heights are whole pixels.
        share = min(max(tall - least - 1, 0) / more, 1.0) if more else 0.0
        if self.joins_editions and 0 < share < 1:
            # Plots grow from where their labels have room, not from the least air on.
            shares = [step / 400 for step in range(400)]
            heights = cache(lambda share: draw(section, air=low + (high - low) * share).height)
            at = bisect_right(shares, tall, key=heights) - 1
            share = next((each for each in shares[at::-1] if heights(each) <= tall), 0.0)
        return draw(section, air=low + (high - low) * share, least=tall)


class _Drawn:
    """Lays sections out in a frame, and keeps each drawing: on the way to what fits the same is tried several times."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._made: dict[object, tuple[Section, Drawing | None]] = {}

    def __call__(
        self,
        section: Section,
        air: float = 1.0,
        least: float = 0.0,
        *,
        brief: bool = False,
        even: float = _EVEN[0],
        factor: float = 0.0,
        most: float = inf,
        outlined: bool = True,
    ) -> Drawing:
        """The section as ``_framed`` draws it, or raises as it does; ``most`` is the same whenever it is given."""
        lines: list[Row | Panel] = [*section.rows, *section.panels]
        key = (
            *((each.header, each.line) for each in lines),
            air,
            least,
            brief,
            even,
            factor,
            outlined,
        )
        held = self._made.get(key)
        if held and held[0] == section:
            if held[1]:
                return held[1]
            if most < inf:
                raise TooTall
        made: Drawing | None = None
        try:
            made = _framed(
                self._frame,
                section,
                air,
                least,
                brief=brief,
                even=even,
                factor=factor,
                most=most,
                outlined=outlined,
            )
        finally:
            self._made[key] = section, made
        return made


def _framed(
    frame: Frame,
    section: Section,
    air: float = 1.0,
    least: float = 0.0,
    *,
    brief: bool = False,
    even: float = _EVEN[0],
    factor: float = 0.0,
    most: float = inf,
    outlined: bool = True,
) -> Drawing:
    """Title, chart and foot, as tall as they need to be, at least ``least``: the foot stands at the bottom. ``outlined`` as of a frame.

    Raises TooTall as soon as the chart alone is taller than ``most``.
    """
    sheet = frame.sheet
    zoom = Zoom(factor or sheet.factor, air)
    canvas = Canvas(sheet.width - 2 * sheet.edge, zoom, left=sheet.edge, most=most)
    (y, title, said), selection = frame.head(canvas, section), frame.view.selection
    context = ChartContext(
        canvas,
        section,
        frame.loc,
        selection,
        introduced=frame.is_titled(section),
        in_picture=True,
        brief=brief,
        even=even,
        fixed=bool(sheet.height),
        unbroken=sheet.unbroken,
        title=said,
    )
    y = _body(context, y)
    # Charts leave room for a next one; what is said of breaks is text as the foot is, and stands clear of it.
    along = registry.chart_of(selection).joins_editions
    y -= 0.0 if along else canvas.px(_SPARE)
    if y > most:
        raise TooTall
    brief = brief and along
    foot = partial(frame.foot, canvas, y, section, title, least)
    return canvas.drawing(foot(brief=brief, outlined=outlined), sheet.width)
