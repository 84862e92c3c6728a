"""Where the panels of a grid stand: which fit beside each other, and the column of each.

A band is a line of panels that fit beside each other. On a wide canvas the names of the rows stand once at the left of a
band; on a narrow one they stand above the marks, and each panel has a band of its own. Where each row is of one sector, a band holds
shares of one thing, as answered by one kind of respondents: bands that leave room stand beside each other, and on a narrow canvas
the marks of a band stand row by row below each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from dashboard.charts.band_rows import runs
from dashboard.charts.bands import bands_of
from dashboard.charts.canvas import Canvas
from dashboard.charts.context import ChartContext
from dashboard.charts.headings import row_label
from dashboard.charts.labels import NAME
from dashboard.query import Measure, Panel, Section

NARROW, NARROW_SHEET = 680, 500
"""Pixels (at scale 1) of a page and of a picture below which row names move above the marks."""
PANEL_ROOM, PANEL_ROOM_SHEET = 235, 150
"""Pixels (at scale 1) a panel needs on a page, and in a picture, where its heading says less."""
GUTTER, GUTTER_SHEET = 22, 16
"""Pixels (at scale 1) between panels, and between those of bars and dots in a picture, and where each row is of one sector."""
ASIDE, ASIDE_SHEET = 44, 20
"""Pixels (at scale 1) between bands beside each other on a page and in a picture."""
_COLUMNS, _YIELD = 2, 0.8
"""Of bands of one panel; share of the names of rows in a picture that is left at least where such bands have room for two columns so."""
HEAD_ROWS = 4
"""Rows that take as much room as the heading of a band, about."""
HALF_TICK = 14
"""Pixels (at scale 1) that half of the tick label "100%" takes right of its tick."""
NAMES, NAMES_ALONE, FEWER_NAMES = 0.21, 0.32, (0.18, 0.145)
"""Share of the width of a page that the names of its rows take, and of one about a single country, whose panels stand alone; what they
may do with where their room is wanted."""
MOST_NAMES = 0.34
"""Share of the width of a picture that the names of its rows take at most, so that they are not broken."""
LEAST_SHARE = 0.7
"""Share of a panel that 0 to 100 percent take at least."""
BLOCK, BLOCK_SHEET, MOST_BLOCKS = 288, 250, 3
"""Pixels (at scale 1) of a page and of a picture that the panels of one indicator need beside others; most side by side."""
Lines = tuple[tuple[tuple[range, ...], ...], ...]
"""Below each other, each of one or two columns of bands."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the panels of a column stand: pixels of their left and right edge and of their 0 and 100 percent."""

    left: float
    right: float
    zero: float
    hundred: float
    labels: float
    """Pixel where the labels end at the latest."""

    @property
    def room(self) -> float:
        """Pixels from edge to edge."""
        return self.right - self.left

    def at(self, percent: float) -> float:
        """Pixel of a percentage."""
        return self.zero + (self.hundred - self.zero) * percent / 100


@dataclass(frozen=True, slots=True)
class Layout:
    """Which panels stand beside each other, and the pixels that a panel and the names of the rows may take."""

    bands: tuple[range, ...]
    names: float
    """0 where the names stand above the marks."""
    room: float
    beside: int = 0
    """Blocks side by side, each of the panels of one indicator below each other, of which each is a band; 0 without blocks."""
    bare: tuple[float, ...] = ()
    """Of each row the pixels at the left of its first panel into which its name may reach; none where all are 0."""
    name: float = NAME
    """Type of the names of the rows."""
    strong: bool = False
    """Whether the names of the rows are bold: each is a question of its own."""
    unnamed: bool = False
    """Whether the title says the name of the only row, which does not stand beside its marks."""
    gutter: float = GUTTER
    """Pixels (at scale 1) between panels."""
    sectors: bool = False
    """Whether each row says under its name which sector it is of, and has its marks on that line or below it."""
    lines: Lines = ()
    """Bands below each other in two columns, each with the names of its own rows, where each line has one or two; without such each
    band has a line."""
    only: frozenset[int] = frozenset()
    """Panels, each a band, of what one of the panels beside each other has alone."""
    stacked: bool = False
    """Whether the panels of a band stand in each other's place, their marks row by row below each other."""


def layout(
    context: ChartContext, panel_room: float = 0.0, *, blocks: bool = False, share: float = NAMES
) -> Layout:
    """The panels of a section in bands; each takes ``panel_room`` pixels at least, and ``PANEL_ROOM``.

    With ``blocks`` panels that are indicators stand in such, each with the rows that it has figures of. ``share`` is that of a page's
    width that the names of the rows take.
    """
    canvas, count = context.canvas, len(context.section.panels)
    slim = blocks and (context.in_picture or context.section.sectors_apart)
    apart = GUTTER_SHEET if slim else GUTTER
    factor, gutter = canvas.zoom.factor, canvas.px(apart)
    narrow, least = (NARROW_SHEET, PANEL_ROOM_SHEET) if context.in_picture else (NARROW, PANEL_ROOM)
    alike = _runs(context.section.panels)
    alone = tuple(range(at, at + 1) for at in range(count))
    if blocks and in_blocks(context.section):
        block = (BLOCK_SHEET if context.in_picture else BLOCK) * factor
        fitting = int((canvas.width + gutter) // (block + gutter))
        beside = max(1, min(fitting, MOST_BLOCKS, len(alike)))
        room = (canvas.width - gutter * (beside - 1)) / beside
        return Layout(alone, 0.0, room, beside, gutter=apart)
    sectors = context.section.sectors_apart and len(context.section.series) > 1
    if canvas.width < narrow * factor:
        if context.section.sectors_apart:
            bands = _bands(context.section, count)
            return Layout(bands, 0.0, canvas.width, sectors=sectors, stacked=True)
        return Layout(alone, 0.0, canvas.width, sectors=sectors)
    names = NAMES_ALONE if context.introduced else share
    names = min(max(canvas.width * names, 165 * factor), 280 * factor)
    if context.in_picture or share < NAMES:
        names = max(names, _longest_word(context))
    each = max(least * factor, panel_room + gutter)
    most = max(1, min(count, int((canvas.width - names) // each)))
    if blocks and context.in_picture:
        unbroken = min(_longest_name(context), canvas.width * context.unbroken)
        names = max(names, unbroken, _two_lines(context))
    bands = _bands(context.section, most)
    beside = max(map(len, bands), default=1)
    # Charts that share a scale are as wide as each other.
    paired = context.section.sectors_apart and not context.scale
    aside = canvas.px(ASIDE_SHEET if context.in_picture else ASIDE)
    if paired and context.in_picture and len(bands) > 1:
        fewer = _names_in_pairs(canvas.width, beside, gutter, aside)
        names = fewer if max(_longest_word(context), names * _YIELD) <= fewer < names else names
    room = (canvas.width - names - gutter * (beside - 1)) / beside
    found = Layout(bands, names, room, gutter=apart, sectors=sectors)
    return _paired(canvas, found, context.section, each, aside) if paired else found


def _names_in_pairs(width: float, beside: int, gutter: float, aside: float) -> float:
    """Pixels of the names of rows at most with which two bands of one panel have room ``aside`` each other where ``beside`` panels of a
    band share the ``width``; 0 where none have."""
    if beside <= _COLUMNS:
        return 0.0
    alone = width * (beside - _COLUMNS) + _COLUMNS * (beside - 1) * gutter - beside * aside
    return alone / (_COLUMNS * (beside - 1)) - 1


def _paired(canvas: Canvas, of: Layout, section: Section, least: float, aside: float) -> Layout:
    """The layout with bands of one panel that follow each other in two columns, as far as they have room there; where all are such,
    each has ``least`` pixels."""
    halved = (canvas.width - aside) / 2 - of.names
    if len(of.bands) > 1 and max(map(len, of.bands)) == 1 and halved >= least:
        of = replace(of, room=halved)
    if _COLUMNS * _wide(canvas, of, range(1)) + aside > canvas.width + 1:
        return of
    return replace(of, lines=in_lines(section, of.bands))


def in_lines(section: Section, bands: Sequence[range]) -> Lines:
    """The lines of bands of which those of one panel that follow each other stand in two columns."""
    lines = list[tuple[tuple[range, ...], ...]]()
    for single, members in groupby(bands, key=lambda band: len(band) == 1):
        found = tuple(members)
        lines += [_columns(section, found)] if single else [((band,),) for band in found]
    return tuple(lines)


def _columns(section: Section, bands: Sequence[range]) -> tuple[tuple[range, ...], ...]:
    """Bands in two columns that are as equally tall as their order allows, the first one read first."""
    tall = [0, *accumulate(rows_of(section, band) for band in bands)]
    first = min(range(1, len(bands) + 1), key=lambda at: max(tall[at], tall[-1] - tall[at]))
    return tuple(column for column in (tuple(bands[:first]), tuple(bands[first:])) if column)


def rows_of(section: Section, band: range) -> int:
    """Rows that a band of one panel takes, with its heading and the names of what they are about."""
    names = [row.header for row in section.rows if row.cells[band.start].values]
    return HEAD_ROWS + len(names) + len(set(names))


def _wide(canvas: Canvas, of: Layout, band: range) -> float:
    """Pixels of a band with the names of its rows."""
    return of.names + len(band) * (of.room + canvas.px(of.gutter)) - canvas.px(of.gutter)


def _runs(panels: Sequence[Panel]) -> list[int]:
    """How many panels of one name follow each other."""
    return [len(list(run)) for _, run in groupby(panel.header for panel in panels)]


def _bands(section: Section, most: int) -> tuple[range, ...]:
    """Bands of at most ``most`` panels; of rows of one sector each those of one kind of respondents and of shares of one thing."""
    if not section.sectors_apart:
        return bands_of(_runs(section.panels), most)
    return tuple(
        range(run.start + band.start, run.start + band.stop)
        for run in runs(section)
        for band in bands_of(_runs(section.panels[run.start : run.stop]), most)
    )


def _longest_name(context: ChartContext) -> float:
    """Pixels with which no name of a row is broken, at most ``MOST_NAMES`` of the width."""
    canvas, loc = context.canvas, context.loc
    section = context.section
    names = (canvas.text_width(row_label(loc, section, row), NAME) for row in section.rows)
    return min(max(names, default=0.0) + canvas.px(18), canvas.width * MOST_NAMES)


def _two_lines(context: ChartContext) -> float:
    """Pixels with which each name of a row has two lines at most, up to ``MOST_NAMES`` of the width."""
    canvas, loc = context.canvas, context.loc
    names = (_halved(canvas, loc.header(row.header)) for row in context.section.rows)
    return min(max(names, default=0.0) + canvas.px(18), canvas.width * MOST_NAMES)


def _halved(canvas: Canvas, name: str) -> float:
    """Pixels of the wider line of a name that is broken in two where that makes it least."""
    words = name.split(" ")
    lines = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, max(len(words), 2)))
    return min(max(canvas.text_width(line, NAME) for line in pair) for pair in lines)


def _longest_word(context: ChartContext) -> float:
    """Pixels with which no word of the name of a row is broken, at most ``MOST_NAMES`` of the width."""
    canvas, loc = context.canvas, context.loc
    section = context.section
    words = (word for row in section.rows for word in row_label(loc, section, row).split(" "))
    widest = max((canvas.text_width(word, NAME) for word in words), default=0.0)
    return min(widest + canvas.px(18), canvas.width * MOST_NAMES)


def strong(context: ChartContext, of: Layout) -> Layout:
    """The layout with the names of its rows in bold, where that breaks no word of them."""
    canvas, loc = context.canvas, context.loc
    room = (of.names or of.room) - canvas.px(12)
    section = context.section
    words = (word for row in section.rows for word in row_label(loc, section, row).split(" "))
    fits = all(canvas.text_width(word, of.name, bold=True) <= room for word in words)
    return replace(of, strong=fits)


def in_blocks(section: Section) -> bool:
    """Whether the panels are several indicators, each a block of its own where a chart has such."""
    headers = {panel.header for panel in section.panels}
    return len(headers) > 1 and all(isinstance(header, Measure) for header in headers)


def columns(
    context: ChartContext,
    of: Layout,
    percent_room: float,
    beside: float = 0.0,
    before: float = 0.0,
) -> tuple[Column, ...]:
    """The column of each panel of a layout, where 0 to 100 percent take ``percent_room`` pixels as far as that is possible.

    ``before`` are pixels at the left of each panel for the figures, ``beside`` such at the right that no label reaches into.
    """
    canvas, room = context.canvas, of.room
    wide = min(percent_room, room - before - after(canvas, beside))
    return tuple(
        Column(left, left + room, left + before, left + before + wide, left + room - beside)
        for left in _lefts(canvas, context.section, of)
    )


def _lefts(canvas: Canvas, section: Section, of: Layout) -> Iterator[float]:
    """Pixel of the left edge of each panel."""
    step = of.room + canvas.px(of.gutter)
    if of.stacked:
        return (0.0 for band in of.bands for _ in band)
    if of.beside:
        blocks = enumerate(blocks_of(section, of))
        return (at % of.beside * step for at, block in blocks for _ in block)
    second = canvas.width - _wide(canvas, of, range(1))
    aside = {band.start for line in of.lines for column in line[1:] for band in column}
    begins = ((band, second if band.start in aside else 0.0) for band in of.bands)
    return (of.names + begin + at * step for band, begin in begins for at in range(len(band)))


def after(canvas: Canvas, beside: float) -> float:
    """Pixels that a panel needs right of its 100 percent, over which the name of that tick stands; ``beside`` are those of n."""
    return max(canvas.px(HALF_TICK), beside)


def says_sectors(section: Section, of: Layout, band: range) -> bool:
    """Whether the rows of a band say their sector: not of a panel that has a single one, where each panel has a band and says so in its
    heading."""
    beside = max(map(len, of.bands), default=1) > 1
    return of.sectors and (beside or len(section.panels[band.start].series) > 1)


def lines_of(section: Section, of: Layout) -> list[list[list[range]]]:
    """The lines of a chart, each of blocks side by side; see ``blocks_of``."""
    if of.lines:
        return [[list(column) for column in line] for line in of.lines]
    blocks, side = blocks_of(section, of), of.beside or 1
    return [blocks[at : at + side] for at in range(0, len(blocks), side)]


def blocks_of(section: Section, of: Layout) -> list[list[range]]:
    """The bands that stand below each other under one name; without blocks each band alone."""
    if not of.beside:
        return [[band] for band in of.bands]
    runs = groupby(of.bands, key=lambda band: section.panels[band.start].header)
    return [list(run) for _, run in runs]
