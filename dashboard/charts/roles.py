"""What the colours of a drawing mean: frozen values that a palette turns into colours.

A drawing holds roles and no colours, so that one drawing serves a light and a dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.charts.palette import Palette


class Role:
    """What a colour means."""

    __slots__ = ()

    def resolve(self, palette: Palette) -> str:
        """The colour of this role in a palette; empty where nothing is painted."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Plain(Role):
    """A colour that a palette holds under a name of its own: ink, ground ..."""

    name: str

    def resolve(self, palette: Palette) -> str:
        """The colour under this name."""
        found: str = getattr(palette, self.name)
        return found


@dataclass(frozen=True, slots=True)
class Country(Role):
    """A country, or its management; ``among`` are all that the data knows, which a new one finds its colour by."""

    code: str
    among: tuple[str, ...]
    management: bool = False

    def resolve(self, palette: Palette) -> str:
        """The country's own colour, else a spare one."""
        return palette.country(self.code, self.among, self.management)


@dataclass(frozen=True, slots=True)
class Sector(Role):
    """A sector; ``among`` as in Country."""

    code: str
    among: tuple[str, ...]

    def resolve(self, palette: Palette) -> str:
        """The sector's own colour, else a spare one."""
        return palette.sector(self.code, self.among)


@dataclass(frozen=True, slots=True)
class Segment(Role):
    """A part of an unordered split, by its index among the others."""

    at: int

    def resolve(self, palette: Palette) -> str:
        """A colour of the split; they come again where there are more parts than colours."""
        return palette.segments[self.at % len(palette.segments)]


@dataclass(frozen=True, slots=True)
class Step(Role):
    """Step ``at`` of the ``count`` (at least 2) of an ordered split."""

    at: int
    count: int

    def resolve(self, palette: Palette) -> str:
        """A mixture of the first and the last step."""
        return palette.step(self.at, self.count)


@dataclass(frozen=True, slots=True)
class Answer(Role):
    """An answer of a question."""

    code: str

    def resolve(self, palette: Palette) -> str:
        """The answer's colour."""
        return palette.answers[self.code]


RAMPS = 6
"""Ramps that a palette has."""


@dataclass(frozen=True, slots=True)
class Heat(Role):
    """A percentage, 0 to 100, shown by its colour."""

    percent: float
    ramp: int = 0
    """That of the base (see ``ramps``)."""

    def resolve(self, palette: Palette) -> str:
        """The further from the ground, the more; the ground where there is no such ramp, since none means two things."""
        return palette.heat_of(self.percent, self.ramp) if self.ramp < RAMPS else palette.ground


@dataclass(frozen=True, slots=True)
class Tint(Role):
    """The tint of another role, which fills a mark whose figure is worded about, over or under."""

    role: Role

    def resolve(self, palette: Palette) -> str:
        """The colour mixed with much ground."""
        return palette.light(self.role.resolve(palette))


@dataclass(frozen=True, slots=True)
class Toned(Role):
    """A second tone of another role, for a part of what that stands for."""

    role: Role

    def resolve(self, palette: Palette) -> str:
        """The colour mixed with much ink."""
        return palette.toned(self.role.resolve(palette))


@dataclass(frozen=True, slots=True)
class InkOn(Role):
    """Text that stands on another role."""

    role: Role

    def resolve(self, palette: Palette) -> str:
        """The first of the inks that can be read there."""
        return palette.ink_on(self.role.resolve(palette))


@dataclass(frozen=True, slots=True)
class Outline(Role):
    """The outline of a patch of another role."""

    role: Role

    def resolve(self, palette: Palette) -> str:
        """Empty where the patch is seen without one."""
        return palette.outline(self.role.resolve(palette))


DOTS = Plain("dots")
"""Dots of sectors."""
INK, QUIET, FAINT = Plain("ink"), Plain("quiet"), Plain("faint")
RULE, GRID = Plain("rule"), Plain("grid")
LANE = Plain("lane")
"""The line from 0 to 100 percent on which a dot sits."""
CARE = Plain("care")
"""What is to be read with care."""
GROUND, RAISED = Plain("ground"), Plain("raised")


def is_total(role: Role) -> bool:
    """Whether a colour means all sectors together."""
    return isinstance(role, Sector) and role.code == "all"
