"""What a parameter of the address is, and what a filter is beside: everything that any part of the site asks of one.

Texts for readers are marked with ``gettext_noop`` and translated where they are shown.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Literal

from dashboard.dataset import Dataset
from dashboard.dataset.observations import Mask, Observations
from dashboard.messages import gettext_noop
from dashboard.selection.model import Selection, Vocabulary

Value = tuple[str, ...] | str | bool
"""What a field of a Selection holds: of kind many, one or flag."""


@dataclass(frozen=True, slots=True)
class Control:
    """Where a reader sets a parameter on the page."""

    order: int
    """Order on the page, from the top."""
    legend: str
    """Heading; controls next to each other with the same heading stand under it together."""
    id: str = ""
    """Id of the component; blank where it is the name of the parameter."""
    all_or_none: bool = False
    """Whether links choose everything or nothing."""
    reset: str = ""
    """Text of a link that chooses nothing, shown where something is chosen."""
    search: str = ""
    """Placeholder of a search among the choices; blank where all of them are listed."""
    place: Literal["row", "toggle", "more", "chart"] = "more"
    """Whether it opens from a button of its own in the row of filters, is itself such a button, stands with others behind
    the button that opens more, or switches the type of chart."""
    short: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Choice -> its name where there is little room; the usual name where it is not here."""
    everything: str = gettext_noop("all {count}")
    """What its button says where every choice is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of the address, with the part of a Selection that it fills."""

    name: str
    kind: Literal["many", "one", "flag"]
    choices: Callable[[Vocabulary], tuple[str, ...]]
    """Values it may take in an address, in reading order; of a flag its two words."""
    field: str = ""
    """Field of Selection; blank where the value is kept in ``Selection.further``."""
    default: Callable[[Vocabulary], Value] | None = None
    """Value of a first visit; None for the default of the field."""
    on: str = ""
    """Of a flag: the word for true."""
    off: str = ""
    """Of a flag: the word for false."""
    form: str = ""
    """Regular expression of a value, where values are too many to be listed; ``choices`` then are examples."""
    shown_form: str = ""
    """The same for a reader."""
    most: int = 0
    """Values that it takes at most; 0 for any number."""
    may_be_empty: bool = False
    """Whether nothing may be chosen."""
    alone: tuple[str, ...] = ()
    """Values that cannot be combined with others; a control of its own offers them, and to choose the others one by one."""
    opened: Callable[[Selection, Dataset], tuple[str, ...]] | None = None
    """Of one with values that stand alone: what is ticked when a reader begins to choose one by one; None for nothing."""
    meant: Callable[[str], str] = str
    """What a text that is none of its choices stands for; the same text where that is nothing."""
    labels: str = ""
    """List of codes in the data whose labels name its choices, ``indicator`` or ``survey``."""
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Choice -> its name, where no list of the data has it; blank is the choice of nothing, ``chosen`` that of one by one."""
    control: Control | None = None
    follow: Callable[[Selection, Selection, Vocabulary], Selection] | None = None
    """(before, after, vocabulary) -> what else follows when a reader changes its control; None where nothing does."""

    @property
    def control_on_page(self) -> Control:
        """Its control; raises LookupError where the page has none for it."""
        if self.control is None:
            raise LookupError(f"the page has no control for {self.name}")
        return self.control

    def of(self, selection: Selection) -> Any:
        """Its value in a selection; raises KeyError where one without a field was never given."""
        if self.field:
            return getattr(selection, self.field)
        return dict(selection.further)[self.name]

    def put(self, selection: Selection, value: Value) -> Selection:
        """The selection with this value of it and everything else as it is."""
        if self.field:
            changed: dict[str, Any] = {self.field: value}
            return replace(selection, **changed)
        return replace(
            selection, further=tuple((dict(selection.further) | {self.name: value}).items())
        )

    def usual(self, vocabulary: Vocabulary) -> Value:
        """Its value on a first visit; raises KeyError where neither it nor its field has a default."""
        return self.default(vocabulary) if self.default else _DEFAULTS[self.field]

    def allows(self, value: str, vocabulary: Vocabulary) -> bool:
        """Whether an address may give it a value."""
        if self.form:
            return re.fullmatch(self.form, value) is not None
        return value in self.choices(vocabulary)

    def allowed(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """What a message says may be given."""
        return (self.shown_form,) if self.form else self.choices(vocabulary)

    def offered(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The choices a reader sees: of one value also none; of many those that can be combined; of a flag the word for true."""
        if self.kind == "flag":
            return (self.on,)
        blank = ("",) if self.kind == "one" and self.may_be_empty else ()
        return *blank, *(each for each in self.choices(vocabulary) if each not in self.alone)

    def word(self, value: Value) -> str:
        """One value as a word of the address; blank for none."""
        if self.kind != "flag":
            return str(value)
        return self.on if value else self.off

    def words(self, value: Any) -> tuple[str, ...]:
        """Any value as the words of the address."""
        return value if self.kind == "many" else (self.word(value),)

    def usable(self, value: Value, vocabulary: Vocabulary) -> bool:
        """Whether it may have the value: whatever is unknown only falls away where nothing may be chosen."""
        return self.kind != "one" or self.may_be_empty or value in self.choices(vocabulary)

    def normal(self, value: Any, vocabulary: Vocabulary) -> Value:
        """The value in the order of the vocabulary, without repetitions and without what the vocabulary does not know.

        One value that must be something is left as it is: whoever draws it says that it is unknown.
        """
        if self.form:
            known = dict.fromkeys(each for each in value if self.allows(each, vocabulary))
            return tuple(known)[: self.most or None]
        if self.kind == "many":
            if len(value) == 1 and value[0] in self.alone:
                return (value[0],)
            chosen = set(value)
            choices = self.choices(vocabulary)
            return tuple(each for each in choices if each in chosen and each not in self.alone)
        if self.kind == "one" and not self.usual(vocabulary):
            return value if value in self.choices(vocabulary) else ""
        return bool(value) if self.kind == "flag" else str(value)


@dataclass(frozen=True, slots=True)
class Subtitle:
    """What the subtitle of a picture says of a filter."""

    order: int
    """Order in the subtitle."""
    text: Callable[[Any, Collection[str]], str]
    """(value, the codes of its list in the data) -> the text, blank for nothing to say; its placeholder, whatever it is
    called, stands for the chosen values."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a filter that empties a view is lifted."""

    order: int
    """Order among the ways out: what is lifted with the least loss comes first."""
    sentence: str
    button: str
    relaxed: Callable[[Selection, Vocabulary], Selection] | None = None
    """The selection without the filter; None where it takes its usual value."""
    nothing: str = ""
    """What to do where nothing is chosen, so that no figure is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Parameter):
    """A parameter that decides which figures are shown."""

    column: str = ""
    """Column of the figures that holds its choices; blank where none does."""
    keeps: Mapping[str, Callable[[Observations], Mask]] = dataclasses.field(default_factory=dict)
    """Further choices: the figures that each keeps."""
    empty_keeps_all: bool = False
    """Whether nothing chosen means everything."""
    lifts: Callable[[Selection, str, Vocabulary], tuple[str, ...]] = lambda *_: ()
    """(before, choice, vocabulary) -> other filters that a choice lifts where they would empty it (see ``follow``): they are left
    aside when its figures are counted."""
    narrows: bool = True
    """Whether a reader who has set it is told that a filter is active."""
    subtitle: Subtitle | None = None
    way_out: WayOut | None = None

    @property
    def tests_figures(self) -> bool:
        """Whether it can tell of each figure by itself if it is kept."""
        return bool(self.column or self.keeps)

    def relaxed(self, selection: Selection, vocabulary: Vocabulary) -> Selection:
        """The selection without the filter."""
        if self.way_out and self.way_out.relaxed:
            return self.way_out.relaxed(selection, vocabulary)
        return self.put(selection, self.usual(vocabulary))


_DEFAULTS: Mapping[str, Any] = {
    each.name: each.default for each in fields(Selection) if each.default is not MISSING
}
