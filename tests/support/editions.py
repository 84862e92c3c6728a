"""Changes over editions that are looked at, and how wide."""

from __future__ import annotations

SCREENS = (288, 336, 720, 1232)
LOOKED_AT = (
    "view=change",
    "theme=collaboration~innovation&country=DK&sector=all&view=change",
    "concept=innovative_workplaces&view=change",
    "theme=innovation~diffusion~strategy&view=change&more=innovation",
    "theme=effects&country=DK~NL&view=change",
)
WIDTHS = (288, 336, 600, 720, 1232)
