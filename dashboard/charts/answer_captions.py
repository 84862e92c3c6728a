"""The caption of a stack: whose answers it holds, and behind that in bold what these are shares of, where that differs."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.canvas import LEADING, Canvas
from dashboard.charts.drawing import Run
from dashboard.charts.labels import NOTE
from dashboard.charts.roles import QUIET
from dashboard.charts.text import wrap


@dataclass(frozen=True, slots=True)
class Caption:
    """Its two parts; blank where there is nothing to say."""

    name: str
    base: str

    def wide(self, canvas: Canvas) -> float:
        """Pixels in one line."""
        return canvas.runs_width(self._whole, NOTE)

    def high(self, canvas: Canvas, room: float) -> float:
        """Pixels in lines that are ``room`` pixels wide."""
        return len(self._lines(canvas, room)) * canvas.px(NOTE * LEADING)

    def draw(self, canvas: Canvas, x: float, y: float, room: float) -> None:
        """Write it from ``y`` on."""
        step = canvas.px(NOTE * LEADING)
        for at, runs in enumerate(self._lines(canvas, room)):
            canvas.runs(x, y + (at + 0.5) * step, runs, NOTE)

    @property
    def _whole(self) -> tuple[Run, ...]:
        return tuple(
            part
            for part in (
                Run(f"{self.name} · " if self.base and self.name else self.name),
                _strong(self.base),
            )
            if part.text
        )

    def _lines(self, canvas: Canvas, room: float) -> list[tuple[Run, ...]]:
        """All of it in one line, else broken between words, else its parts below each other."""
        if self._whole and canvas.runs_width(self._whole, NOTE) <= room:
            return [self._whole]
        size, begun = canvas.px(NOTE), f"{self.name} · "
        first, *rest = wrap(f"{begun}{self.base}", size, room, bold=True)
        if self.name and self.base and first.startswith(begun):
            lines = [(Run(begun), _strong(first.removeprefix(begun)))]
            return [*lines, *((_strong(line),) for line in rest)]
        names = [(Run(line),) for line in wrap(self.name, size, room)]
        return [*names, *((_strong(line),) for line in wrap(self.base, size, room, bold=True))]


def _strong(text: str) -> Run:
    return Run(text, bold=True, colour=QUIET)
