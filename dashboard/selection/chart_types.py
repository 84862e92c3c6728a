"""Types of charts, as far as an address and a query must know them; how one is drawn is known to ``dashboard.charts``.

``dashboard.charts`` registers the types when it is imported; whoever reads addresses imports it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar

from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask
from dashboard.selection.model import Selection, Sort


class ChartType(ABC):
    """What a type of chart decides before anything is drawn."""

    name: ClassVar[str]
    """As it stands in an address."""
    label: ClassVar[str]
    """Its name for readers, marked with ``gettext_noop``."""
    joins_editions: ClassVar[bool] = False
    """Whether each line joins the editions of one country and sector: it needs all of them, and each indicator is a panel."""
    on_lines: ClassVar[bool] = False
    """Whether each row is a line of figures that may all be compared."""
    compares: ClassVar[bool] = False
    """Whether it shows comparisons alone: lines of several figures, those that were published together too."""
    sorts: ClassVar[tuple[Sort, ...]] = ("published",)
    """Ways in which its rows can be sorted, the usual one first."""
    stacks_answers: ClassVar[bool] = False
    """Whether the answers to one question of one group are one mark."""

    parts_bases: ClassVar[bool] = False
    """Whether what respondents say of shares of different things has a panel for each."""
    parts_sectors: ClassVar[bool] = False
    """Whether an indicator has a row for each sector, where the panels are respondents."""

    def arranged(self, selection: Selection) -> ChartType:
        """What draws a selection of this type: itself, or what stands for it in one arrangement."""
        return self

    @abstractmethod
    def takes(self, dataset: Dataset) -> Mask:
        """The figures of a dataset that a chart of this type may draw."""


REGISTERED: dict[str, ChartType] = {}
"""Name -> type, in the order in which the filter offers them."""


def register(*types: ChartType) -> None:
    """Make types known; raises ValueError for a name that is taken."""
    for each in types:
        if each.name in REGISTERED:
            raise ValueError(f"two types of chart are called {each.name}")
        REGISTERED[each.name] = each


def chart_names() -> tuple[str, ...]:
    """The names that an address may use; raises LookupError where none is registered, as dashboard.charts does when imported."""
    if not REGISTERED:
        raise LookupError("no type of chart is registered: import dashboard.charts")
    return tuple(REGISTERED)


def chart_type(name: str) -> ChartType:
    """The type of a name; raises ValueError, which says what is allowed, for an unknown one."""
    if name not in REGISTERED:
        raise ValueError(f"no chart of this type: {name}; possible are: {', '.join(chart_names())}")
    return REGISTERED[name]


def chart_of(selection: Selection) -> ChartType:
    """What draws a selection; raises ValueError as ``chart_type`` does."""
    return chart_type(selection.chart).arranged(selection)


class _Labels(Mapping[str, str]):
    """Name -> label of every type that is registered by now."""

    def __getitem__(self, name: str) -> str:
        return REGISTERED[name].label

    def __iter__(self) -> Iterator[str]:
        return iter(REGISTERED)

    def __len__(self) -> int:
        return len(REGISTERED)


LABELS: Mapping[str, str] = _Labels()
