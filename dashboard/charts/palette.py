"""Colours: each code has one, everywhere; once for a light ground and once for a dark one.

Countries have the hues. Sectors are one family, shades of slate, that of two sectors at once a warm grey; groups are ink and grey.
Which of them is meant stands at the marks, and dots have shapes.

Chosen so that every pair stays apart for readers with protan, deutan or tritan vision and each colour of a mark has at
least 3:1 against the ground; ``tests/test_palette.py`` measures both palettes. A country or sector without a colour of its
own is given one (``further_colours``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from dashboard.charts.colour import READ, SEEN, contrast, evenly, mixed
from dashboard.charts.further_colours import Shades, given
from dashboard.charts.roles import Role


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a drawing, each as #rrggbb."""

    ink: str
    quiet: str
    """Text that stands back."""
    faint: str
    """Outlines and broken lines that carry meaning."""
    rule: str
    grid: str
    lane: str
    """The line on which a dot sits: quiet, and stronger than the grid."""
    care: str
    """The edge of what is to be read with care."""
    ground: str
    raised: str
    """What lies over the ground: the label under the pointer."""
    sectors: Mapping[str, str]
    countries: Mapping[str, str]
    management: Mapping[str, str]
    """A country where its management answers, beside its workplaces: the same hue, further from the ground."""
    dots: str
    """Of all sectors, where shapes tell them."""
    spare: tuple[str, ...]
    """For countries that have no colour of their own."""
    spare_management: tuple[str, ...]
    """For the managements of such countries."""
    spare_sectors: tuple[str, ...]
    """For sectors that have no colour of their own."""
    segments: tuple[str, ...]
    ramp: tuple[str, str]
    """First and last step of an ordered split."""
    answers: Mapping[str, str]
    """In the order in which a scale stacks them."""
    heat: tuple[tuple[tuple[float, str], ...], ...]
    """Ramps, one for each thing that percentages are shares of: (share, colour), from 0 to 1; between two the colours are mixed.

    As many as ``roles.RAMPS``; one has no hue.
    """
    inks: tuple[str, str]
    """Text on a coloured ground; the first that can be read is taken: black or white can on every colour."""

    def colour(self, role: Role) -> str:
        """The colour of a role; empty where the role paints nothing."""
        return role.resolve(self)

    def country(self, code: str, known: Iterable[str], management: bool = False) -> str:
        """The colour of a country, or of its management, among all that the data knows."""
        held = {each: (own, self.management[each]) for each, own in self.countries.items()}
        spare = tuple(zip(self.spare, self.spare_management, strict=True))
        return self._given(held, spare, known, code)[management]

    def sector(self, code: str, known: Iterable[str]) -> str:
        """The colour of a sector among all that the data knows."""
        held = {each: (own,) for each, own in self.sectors.items()}
        return self._given(held, tuple((own,) for own in self.spare_sectors), known, code)[0]

    def _given(
        self,
        held: Mapping[str, Shades],
        spare: tuple[Shades, ...],
        known: Iterable[str],
        code: str,
    ) -> Shades:
        if code in held:
            return held[code]
        codes = tuple(dict.fromkeys((*known, code)))
        return given(tuple(held.items()), spare, codes, self.ground)[code]

    def step(self, at: int, count: int) -> str:
        """The colour of step ``at`` of the ``count`` (at least 2) of an ordered split."""
        return mixed(self.ramp[1], self.ramp[0], at / (count - 1))

    def heat_of(self, percent: float, ramp: int = 0) -> str:
        """The colour of a percentage on a ramp: one hue, from near the ground away from it."""
        steps = self.heat[ramp]
        for (low, first), (high, second) in pairwise(steps):
            if percent / 100 <= high:
                return mixed(second, first, (percent / 100 - low) / (high - low))
        return steps[-1][1]

    def light(self, name: str) -> str:
        """The tint that fills a mark whose figure is worded about, over or under."""
        return mixed(name, self.ground, 0.16)

    def toned(self, name: str) -> str:
        """The second tone of a colour, further from the ground."""
        return mixed(self.ink, name, 0.6)

    def ink_on(self, ground: str) -> str:
        """The first of the inks that has at least 4.5:1 on ``ground``; the last where none has."""
        return next((ink for ink in self.inks if contrast(ground, ink) >= READ), self.inks[-1])

    def outline(self, fill: str) -> str:
        """The outline a patch of ``fill`` needs to be seen; empty where it needs none."""
        return self.faint if contrast(fill, self.ground) < SEEN else ""


def _fixed(**colours: str) -> Mapping[str, str]:
    return MappingProxyType(colours)


LIGHT = Palette(
    ink="#1f2733",
    quiet="#586273",
    faint="#8a93a1",
    rule="#d9dee5",
    grid="#e8ebf0",
    lane="#b9c2ce",
    care="#8a5a00",
    ground="#ffffff",
    raised="#ffffff",
    sectors=_fixed(
        all="#0f1215",
        municipal="#586579",
        regional="#8795aa",
        municipal_regional="#8c785e",
        state="#2d394b",
    ),
    countries=_fixed(
        DK="#b61a38", NO="#396bbf", SE="#728c00", FI="#5b3a9a", IS="#04a395", NL="#ff4e64"
    ),
    management=_fixed(
        DK="#640e1f", NO="#1f3b69", SE="#3f4d00", FI="#322055", IS="#025a52", NL="#8c2b37"
    ),
    dots="#3d4a5d",
    spare=("#a85aff", "#c672d8"),
    spare_management=("#180030", "#7e6084"),
    spare_sectors=("#192535", "#424f61"),
    segments=("#101213", "#929496", "#4c4e50", "#7a7c7e", "#232426", "#636466", "#37383a"),
    ramp=("#929496", "#101213"),
    answers=_fixed(
        yes="#23408e",
        no="#c3cbd8",
        high="#23408e",
        some="#8fa6dd",
        first_of_its_kind="#5d2a73",
        inspired="#a777bd",
        copied="#dbc3e4",
        is_the_solution="#5c2d00",
        important_part="#b0702f",
        minor_part="#dfb98c",
        no_part="#d7dce5",
        dont_know="#eceff3",
    ),
    heat=(
        evenly(("#f3f6fc", "#c5d4f1", "#86a5e0", "#4468bd", "#1d3577")),
        evenly(("#faf5f1", "#e5cfbd", "#c79b75", "#9a5c1a", "#5c2d00")),
        evenly(("#f3f7f4", "#c4daca", "#82b292", "#317e51", "#004826")),
        evenly(("#f8f4f9", "#dfcce4", "#bd94c6", "#8c529a", "#52255c")),
        evenly(("#f5f5f6", "#d3d4d6", "#a5a7aa", "#6a6d72", "#303338")),
        evenly(("#faf3f3", "#fec7c6", "#f38d8d", "#ba4e53", "#73282d")),
    ),
    inks=("#ffffff", "#000000"),
)
"""On white: more is darker."""
DARK = Palette(
    ink="#e8ecf2",
    quiet="#a9b3c2",
    faint="#717c8c",
    rule="#39424f",
    grid="#2d3540",
    lane="#4d5868",
    care="#f0c067",
    ground="#14181f",
    raised="#1c222b",
    sectors=_fixed(
        all="#fbfcfc",
        municipal="#8391a5",
        regional="#5f656f",
        municipal_regional="#8b775c",
        state="#b7c5dc",
    ),
    countries=_fixed(
        DK="#dd3d5a", NO="#709ff1", SE="#a0b831", FI="#8a6ad3", IS="#48d7c8", NL="#e57b8b"
    ),
    management=_fixed(
        DK="#df94a2", NO="#bfd4f9", SE="#d8e4a7", FI="#c8b5f6", IS="#acf0e9", NL="#fdabb2"
    ),
    dots="#b9c2ce",
    spare=("#487812", "#964890"),
    spare_management=("#8ade2a", "#b478ae"),
    spare_sectors=("#dae0ea", "#a9aaad"),
    segments=("#fdffff", "#7b7d7f", "#adafb1", "#636567", "#e2e4e6", "#949598", "#c7c9cc"),
    ramp=("#636567", "#fdffff"),
    answers=_fixed(
        yes="#8fb0ff",
        no="#4a5362",
        high="#8fb0ff",
        some="#41609f",
        first_of_its_kind="#e3bdf2",
        inspired="#b079c6",
        copied="#6d4480",
        is_the_solution="#f3d6b4",
        important_part="#c98a4e",
        minor_part="#8d5314",
        no_part="#4a5362",
        dont_know="#2b323d",
    ),
    heat=(
        evenly(("#1f2b46", "#293e70", "#3b5fae", "#7fa0ea", "#d5e2ff")),
        evenly(("#3b2714", "#5b3713", "#8d5314", "#cb9565", "#f3decc")),
        evenly(("#1a3223", "#1f4c31", "#2a744a", "#75b28a", "#d2e9d9")),
        evenly(("#36243a", "#53315b", "#814a8d", "#bf8dca", "#eedaf2")),
        evenly(("#2c2f33", "#42454a", "#676b71", "#a6a9ae", "#e6e7ea")),
        evenly(("#481e22", "#6a272f", "#b13548", "#ef8089", "#fedadb")),
    ),
    inks=("#000000", "#ffffff"),
)
"""On near black: more is lighter."""


def of(dark: bool) -> Palette:
    """The palette of a ground."""
    return DARK if dark else LIGHT


ANSWERS = tuple(LIGHT.answers)
"""Answers with a colour of their own, in the order in which they are stacked."""
