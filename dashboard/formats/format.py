"""What a file format is: everything that routes, descriptions, buttons and the archive need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dashboard.formats.parameters import Extra
from dashboard.query import Section, View
from dashboard.text import Localizer

T = TypeVar("T")
COSTLY = (
    (429, "Too many new files have been asked for from this address; see Retry-After."),
    (503, "Too many files are being made; see Retry-After."),
)
"""Answers, with their meaning in English, at every address whose files are costly to make."""


class Work:
    """How a file is made beside others: to the end and at once, unless a site says otherwise."""

    def go_on(self) -> None:
        """Raise whatever ends the work, where nobody waits for it any more."""

    def in_turn(self, make: Callable[[], T]) -> T:
        """One part that is costly to make."""
        return make()


ALONE = Work()


@dataclass(frozen=True, slots=True)
class Order:
    """What a file is made from. Every format is given the same, so that adding one changes no caller."""

    view: View
    loc: Localizer
    address: str
    """Full address of the view."""
    picture: Callable[[Section], bytes]
    """Draws one theme as PNG."""
    formats: tuple[Format, ...] = ()
    """Every registered format, for a file that holds others."""
    extras: Mapping[str, str] = field(default_factory=dict)
    """Values of the format's own parameters."""
    work: Work = ALONE


@dataclass(frozen=True, slots=True)
class Step:
    """How far a file is that is made part by part: ``done`` of ``total`` parts, and the part that is made next.

    The last step has ``done == total``, no name, and the finished ``content``; every other has no content.
    """

    done: int
    total: int
    name: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Streamed:
    """How a file that takes long tells its reader how far it is."""

    path: str
    """Address that answers with the steps."""
    steps: Callable[[Order], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another form of a file, offered before the usual one where a decimal comma is written."""

    label: str
    """Its link, marked with ``gettext_noop``."""
    query: str
    """What stands behind the query of the view, such as ``decimal=comma``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. Texts for readers are marked with ``gettext_noop`` and translated where they are shown."""

    name: str
    """Ending of its files."""
    path: str
    media_type: str
    summary: str
    """What it holds, in English: the description at /api."""
    make: Callable[[Order], bytes]
    """The same order gives the same bytes."""
    label: str = ""
    """Its link below the charts, and in the menu under each; blank for none."""
    in_toolbar: int = 0
    """Position of that link among the others, from the left."""
    theme_label: str = ""
    """What it is called in the menu under a chart; blank where that is the label."""
    with_pictures: bool = False
    """Whether the menu of pictures under a chart offers it too."""
    in_archive: str = ""
    """Its line in the archive's README; blank where the archive does not hold it."""
    in_structured_data: bool = False
    """Whether search engines are told of it as the data of a view (JSON-LD)."""
    for_programs: bool = False
    """Whether it is shown rather than saved, and open to scripts of other sites."""
    weight: Callable[[View], int] | None = None
    """How much of the limit per client its making takes, where a small picture takes one; None where it costs next to nothing."""
    in_parts: bool = False
    """Whether its parts take turns by themselves, so that others are made in between."""
    compressed: bool = False
    """Whether an archive would only waste time compressing it."""
    with_decimal_comma: Variant | None = None
    extras: tuple[Extra, ...] = ()
    statuses: tuple[tuple[int, str], ...] = ()
    """Answers at its address beside the usual ones, with their meaning in English."""
    streamed: Streamed | None = None
