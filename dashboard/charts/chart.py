"""What a type of chart is to the rest of the site: one class, of which a registry holds one instance."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, Literal

from dashboard.charts import reading, slots
from dashboard.charts.band_rows import dashed
from dashboard.charts.context import ChartContext, Scale
from dashboard.charts.drawing import Symbol
from dashboard.charts.roles import Role
from dashboard.charts.series import series_role
from dashboard.charts.slots import SlideKind, Slot, SlotContext
from dashboard.charts.taking import primary_answers
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask
from dashboard.query import Cell, Header, Panel, Section
from dashboard.query.clear_steps import clear_steps
from dashboard.selection import Selection
from dashboard.selection.chart_types import ChartType
from dashboard.text import Localizer, missing, verdicts
from dashboard.text.key import Entry, Sign, Signs, entries, no_figure
from dashboard.text.wording import Form

ABOVE_SMALLEST, ABOVE_PHONE, BROAD = 328, 401, 816
"""Pixels of a chart from which on an entry of its key may hold; assets/keys.css has the same."""
_ROOM = {0: "", ABOVE_SMALLEST: "small", ABOVE_PHONE: "roomy", BROAD: "broad"}


def least_of(width: float) -> int:
    """From how many pixels on an entry of a key may hold that drawings for ``width`` and for all that are wider need."""
    return max((each for each in (ABOVE_SMALLEST, ABOVE_PHONE, BROAD) if each <= width), default=0)


@dataclass(frozen=True, slots=True)
class Sample:
    """What a series looks like, and its name; without a symbol it is a bar."""

    colour: Role
    name: str
    symbol: Symbol | None = None


class Chart(ChartType):
    """A type of chart; what it does not say otherwise is that of bars."""

    is_table: ClassVar[bool] = False
    """Whether the page shows the table in its place, and only pictures are drawn."""
    signs_small_bases: ClassVar[bool] = True
    """Whether a small base has its sign beside the figure."""
    draws_intervals: ClassVar[bool] = False
    draws_doubts: ClassVar[bool] = True
    """Whether a figure in doubt, or worded about, over or under, looks different."""
    outlines: ClassVar[bool] = True
    """Whether what is not exact is outlined; else it has a sign alone."""
    opens_doubts: ClassVar[bool] = False
    """Whether what is in doubt is an open mark, as what is not exact is: not every mark has its figure with a question mark."""
    wording: ClassVar[Form] = "signs"
    """How about, over and under are written."""
    draws_dashes: ClassVar[bool] = False
    """Whether a dash stands where a row has no figure of a panel."""
    sample: ClassVar[Literal["bar", "dot", "tile"]] = "bar"
    """What the key under the chart shows such a figure as."""
    key_leads: ClassVar[bool] = False
    """Whether the key stands over the chart, which is too long for one under it."""
    keeps_wholes: ClassVar[bool] = False
    """Whether rows with a figure of all sectors stay longest in a picture: sectors are columns."""
    puts_editions_together: ClassVar[bool] = False
    """Whether an indicator has one row, each figure with its period where a country has several."""
    dense_for_more: ClassVar[bool] = False
    """Whether the type of a picture is as small as that of its foot where more figures have room so."""
    on_slides: ClassVar[SlideKind] = "bars"
    """What its figures are on a slide: native bars, dots or stacks in a grid of panels, dots joined line by line, lines over the
    years, or the cells of a table."""

    def takes(self, dataset: Dataset) -> Mask:
        """The primary answers."""
        return primary_answers(dataset)

    @abstractmethod
    def draw(self, context: ChartContext, y: float) -> float:
        """Draw legend and panels of a section that has panels, from ``y`` on; returns the y below."""

    def scale(self, context: ChartContext) -> Scale | None:
        """What its figures and 0 to 100 percent take; None where charts share no scale."""
        return None

    def reading(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
        *,
        worded: bool = True,
    ) -> str:
        """How marks that look different are to be read, those that are not exact as far as they are ``worded``; only what occurs in the
        section."""
        return reading.note(
            loc,
            section,
            thresholds,
            reading.Marks(
                hatches=self.sample == "bar",
                one_answer=not self.stacks_answers,
                worded=self.outlines and worded,
                small_bases=self.signs_small_bases,
                opens=self.opens_doubts,
                intervals=self.draws_intervals and selection.intervals,
            ),
            self.note_on_marks(loc, section),
        )

    def key(
        self,
        loc: Localizer,
        section: Section,
        selection: Selection,
        thresholds: SmallBaseThresholds,
    ) -> tuple[Entry, ...]:
        """What the marks mean that occur in the section and that nobody would guess."""
        signs = Signs(
            intervals=self.draws_intervals and selection.intervals,
            reach=self.mark_reach(section),
            narrow_reach=self.narrow_mark_reach(section),
            doubts=self.draws_doubts,
            worded=self.wording,
            few=self.signs_small_bases,
            withheld=self._draws_letters(section),
            diamonds=self.draws_diamonds(section),
            dashes=self.draws_dashes and self.has_dashes(section),
            any_sector=self.dashes_whole_places(section),
            skipped=any(step.skipped and not step.broken for step in section.edition_steps),
            clear=bool(clear_steps(section)),
            broken=any(step.broken for step in section.edition_steps),
            aside=self.draws_aside(loc, section, selection),
        )
        return entries(loc, section, thresholds, signs)

    def draws_aside(self, loc: Localizer, section: Section, selection: Selection) -> bool:
        """Whether marks of one year stand side by side on a page, where one would cover the other."""
        return False

    def mark_reach(self, section: Section) -> float:
        """Percentage points that a mark covers beside its figure, where the panels are as wide as can be."""
        return 0.0

    def narrow_mark_reach(self, section: Section) -> float:
        """The same where the panels are as narrow as can be, where the key tells of it."""
        return 0.0

    def has_dashes(self, section: Section, *, withheld: bool = False) -> bool:
        """Whether a row that is not of one panel only has no figure of a panel, and no other row of its name has one there;
        ``withheld``: one that is withheld, so that a letter stands there and no dash."""
        return any(row.cells[at].is_withheld() == withheld for row, at in dashed(section))

    def dashes_whole_places(self, section: Section) -> bool:
        """Whether a dash says that no sector of an indicator has a figure: a row of one sector has none beside figures of another."""
        return False

    def shapes(self, loc: Localizer, section: Section) -> tuple[Sample, ...]:
        """A sample of each sector or group, where the series are such and several occur; none where no mark tells them."""
        return ()

    def sample_shape(self, section: Section, sign: Sign) -> Symbol | None:
        """The shape that all figures have which a sign of the key explains; None where they have several or no shape."""
        return None

    def sample_classes(self, section: Section, entry: Entry) -> str:
        """Classes of the sample of a sign, which assets/keys.css draws."""
        shape = self.sample_shape(section, entry.sign)
        wide = "slim" if entry.slim else _ROOM[entry.least]
        look = "open" if self.opens_doubts and entry.sign == "doubt" else ""
        names = ("sample", entry.sign, self.sample, look, shape, wide)
        return " ".join(name for name in names if name)

    def sample_colour(self, section: Section, sign: Sign) -> Role | None:
        """The colour of the sample of a sign; None for ink."""
        return None

    def draws_diamonds(self, section: Section) -> bool:
        """Whether diamonds tell what the management answered."""
        return False

    def diamonds(self, loc: Localizer, section: Section) -> str:
        """What diamonds mean; blank where there are none."""
        return loc.t("Diamonds: answered by management.") if self.draws_diamonds(section) else ""

    def note_on_marks(self, loc: Localizer, section: Section) -> str:
        """What only this type says of its marks; blank for nothing."""
        return ""

    def note_in_picture(self, loc: Localizer, section: Section, *, signs: bool) -> str:
        """What a picture must say of its marks beside that: what a dash is, how many figures are withheld, and where nothing else tells
        what ``signs`` of figures are that are not exact; blank for nothing."""
        dashed = self.draws_dashes and self.has_dashes(section)
        any_sector = self.dashes_whole_places(section)
        nothing = f"—: {no_figure(loc, any_sector=any_sector)}." if dashed else ""
        letters = self._draws_letters(section)
        said = (nothing, missing.withheld(loc, section, letters=letters))
        return " ".join(filter(None, said))

    def _draws_letters(self, section: Section) -> bool:
        """Whether a letter stands in the place of a figure, since it is withheld."""
        return self.draws_dashes and self.has_dashes(section, withheld=True)

    def caution(self, loc: Localizer, section: Section) -> str:
        """What to take care of in all of it; blank for nothing."""
        return verdicts.constructed(loc, section)

    def short_caution(self, loc: Localizer, section: Section) -> str:
        """The same in fewer words, for a picture that has no room for more; blank where there are none."""
        return ""

    def note_on_surveys(self, loc: Localizer, section: Section) -> str:
        """What must be known of the surveys behind it; blank for nothing."""
        return ""

    # --- On a slide with native charts ---

    def slots(self, context: SlotContext, panel: Panel, cell: Cell) -> list[Slot]:
        """The slots of a cell that has figures, where a slide has slots."""
        return slots.values(context, cell)

    def slide_legend(
        self, loc: Localizer, section: Section, used: Collection[Header]
    ) -> list[tuple[Role, str]]:
        """(colour, name) of everything a colour stands for on a slide that shows the series ``used``."""
        entries = (
            (series_role(section, header), slots.series_name(loc, section, header))
            for header in section.series
            if header in used
        )
        return list(dict.fromkeys(entries))

    def slide_reading(
        self,
        loc: Localizer,
        section: Section,
        thresholds: SmallBaseThresholds,
        *,
        worded: bool = True,
    ) -> str:
        """How the marks of a slide are to be read; not ``worded`` where a key says which are not exact."""
        marks = reading.Marks(
            hatches=self.sample == "bar",
            one_answer=not self.stacks_answers,
            outlined=self.on_slides != "cells",
            worded=worded,
        )
        return reading.note(loc, section, thresholds, marks)

    def note_on_slide(self, loc: Localizer, section: Section) -> str:
        """What must be said of the marks of a slide beside that; blank for nothing."""
        return ""
