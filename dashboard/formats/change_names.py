"""At which end of a line over the years its name stands on a slide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dashboard.charts.edition_lines import EditionLine, LinePanel


def named_at_first(panel: LinePanel) -> list[EditionLine]:
    """Lines whose first figure a break parts from the others, where several have names; with them those that end before the newest
    edition without a break, so that no figure beside a named one is taken for one of that line."""
    several = [line for line in panel.lines if line.steps and line.name]
    cut_off = [line for line in several if line.steps[0] and line.steps[0].broken]
    if len(panel.lines) == 1 or not cut_off:
        return []
    newest = max(line.values[-1][0] for line in panel.lines)
    ended = (line for line in several if newest - line.values[-1][0] >= 1)
    return [*cut_off, *(line for line in ended if _is_whole(line))]


def with_names_left(panel: LinePanel, named: Collection[int]) -> LinePanel:
    """A chart whose lines have no name at their end that have it at their first figure, one of those at the positions ``named``, unless
    a break parts the two."""

    def is_named(line: EditionLine) -> bool:
        return line.values[0][1].observation.position in named and _is_whole(line)

    lines = (replace(line, name="") if is_named(line) else line for line in panel.lines)
    return replace(panel, lines=tuple(lines))


def _is_whole(line: EditionLine) -> bool:
    """Whether no break parts its figures."""
    return not any(step and step.broken for step in line.steps)
